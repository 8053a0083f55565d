package magnesia;

import java.nio.charset.StandardCharsets;

/** What was answered: a plan, elemental magnesium, or an {@link Assessment}. Never changes. */
public class Answer extends Native.Owner {
  Answer(long handle) {
    super(handle, Native::freeAnswer);
  }

  /**
   * In UTF-8.
   *
   * @throws MagnesiaException this answer has no such form
   */
  public byte[] write(Format format) throws MagnesiaException {
    return with(answer -> Native.write(answer, format.number));
  }

  /** The same as text. */
  public String to(Format format) throws MagnesiaException {
    return new String(write(format), StandardCharsets.UTF_8);
  }
}
