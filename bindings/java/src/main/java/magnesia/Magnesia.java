package magnesia;

import java.nio.charset.StandardCharsets;

/** May this person take this magnesium, how much elemental magnesium is it, and when in the day should it be taken? */
public final class Magnesia {
  private Magnesia() {}

  /** The version of the library. */
  public static String version() {
    return new String(Native.version(), StandardCharsets.UTF_8);
  }
}
