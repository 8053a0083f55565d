package magnesia;

import java.nio.file.Path;

/** Documents of knowledge. */
public final class Pack {
  final byte[][] parts;

  private Pack(String... parts) {
    this.parts = new byte[parts.length][];
    for (int i = 0; i < parts.length; ++i) {
      this.parts[i] = Native.utf8(parts[i]);
    }
  }

  /** What the library was built with. */
  public static Pack embedded() {
    return new Pack();
  }

  /** A folder of documents, or one file that holds a whole pack. */
  public static Pack path(Path path) {
    return new Pack(path.toString());
  }

  /** One document that holds a whole pack, as JSON; the name stands for it in messages. */
  public static Pack text(String name, String json) {
    return new Pack(name, json);
  }
}
