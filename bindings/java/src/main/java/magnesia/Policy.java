package magnesia;

import java.time.LocalDate;

/**
 * How to judge.
 *
 * @param authority whose limit counts; "strictest": the lowest of all that apply
 * @param asOf the day of the assessment, to be printed; null: none
 * @param historySettles a complete history may settle a measurement, for the people that the knowledge names
 * @param recordIsComplete the caller states that lists which may lack something are in truth complete
 */
public record Policy(String authority, LocalDate asOf, boolean historySettles, boolean recordIsComplete) {
  /** The default: limits of us-nasem, no day, and nothing settled or closed. */
  public Policy() {
    this("us-nasem", null, false, false);
  }

  /** The same with the limits of another authority. */
  public Policy withAuthority(String other) {
    return new Policy(other, asOf, historySettles, recordIsComplete);
  }

  /** The same on another day. */
  public Policy withAsOf(LocalDate day) {
    return new Policy(authority, day, historySettles, recordIsComplete);
  }
}
