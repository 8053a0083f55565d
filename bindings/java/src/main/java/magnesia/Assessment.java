package magnesia;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** May this person take this magnesium? */
public final class Assessment extends Answer {
  private final int verdict;
  private final String clearance;

  Assessment(long handle) throws MagnesiaException {
    super(handle);
    verdict = with(Native::verdict);
    byte[] statement = with(Native::clearance);
    clearance = statement == null ? null : new String(statement, StandardCharsets.UTF_8);
  }

  /** The severity that what is known already forces. */
  public Severity atLeast() {
    return Severity.values()[verdict & 15];
  }

  /** The worst that what is unknown could bring. */
  public Severity atMost() {
    return Severity.values()[verdict >> 4 & 15];
  }

  /** The two are equal, and nothing went unrecognised. */
  public boolean decided() {
    return verdict >> 8 != 0;
  }

  /** The statement that no concern was found, where the assessment says so: nothing else does. */
  public Optional<String> clearance() {
    return Optional.ofNullable(clearance);
  }
}
