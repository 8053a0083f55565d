package magnesia;

/** What an answer is written as. */
public enum Format {
  /** On one line; docs/contract.md. */
  JSON(1),
  /** For a terminal of 80 columns. */
  TEXT(2),
  /** A page that needs nothing else: of an assessment or a plan. */
  HTML(3),
  /** A picture of the day: of a plan. */
  SVG(4),
  /** A calendar that begins on the policy's day, which must be given: of a plan. */
  ICS(5),
  /** FHIR R4: a Bundle of an assessment or a plan. */
  FHIR(6);

  final int number;

  Format(int number) {
    this.number = number;
  }
}
