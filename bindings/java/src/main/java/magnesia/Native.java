package magnesia;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.LongConsumer;

/** The library, and what keeps its handles. A handle is freed when nobody can reach its owner any more, so it is never used after. */
final class Native {
  private static final Cleaner CLEANER = Cleaner.create();

  static {
    String file = System.getProperty("magnesia.library");
    if (file == null) {
      System.loadLibrary("magnesia_jni");
    } else {
      System.load(java.nio.file.Path.of(file).toAbsolutePath().toString());
    }
  }

  private Native() {}

  /** Owns a handle. Whoever uses it does so by {@link #with}. */
  abstract static class Owner {
    private final long handle;

    Owner(long handle, LongConsumer free) {
      this.handle = handle;
      CLEANER.register(this, () -> free.accept(handle));  // which must not hold this
    }

    interface Use<T> {
      T of(long handle) throws MagnesiaException;
    }

    final <T> T with(Use<T> use) throws MagnesiaException {
      try {
        return use.of(handle);
      } finally {
        Reference.reachabilityFence(this);
      }
    }
  }

  /** UTF-8. Half of a surrogate pair has none: that is an IllegalArgumentException, where getBytes would lose it. */
  static byte[] utf8(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException malformed) {
      throw new IllegalArgumentException("found half of a surrogate pair, expected both halves", malformed);
    }
  }

  static native byte[] version();

  /** A pack: {} is what is built in, {path} a path, {name, json} text. None at all: what is built in. */
  static native long knowledge(byte[][][] packs) throws MagnesiaException;

  /** knowledge 0: what is built in; year 0: no day. */
  static native long checker(long knowledge, byte[] authority, boolean dated, int year, int month, int day, boolean historySettles,
                             boolean recordIsComplete) throws MagnesiaException;

  static native long assess(long checker, byte[] document) throws MagnesiaException;

  static native long plan(long checker, byte[] document) throws MagnesiaException;

  static native long elemental(long checker, byte[] label) throws MagnesiaException;

  static native byte[] write(long answer, int format) throws MagnesiaException;

  /** at_least + 16 * at_most + 256 * decided. */
  static native int verdict(long answer) throws MagnesiaException;

  /** Null: the assessment does not say so. */
  static native byte[] clearance(long answer) throws MagnesiaException;

  static native void freeKnowledge(long knowledge);

  static native void freeChecker(long checker);

  static native void freeAnswer(long answer);
}
