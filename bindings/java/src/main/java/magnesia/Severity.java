package magnesia;

/** How bad something is, mildest first. */
public enum Severity {
  NONE,
  MINOR,
  MODERATE,
  MAJOR,
  CONTRAINDICATED;

  /** As in documents: "none", "minor", "moderate", "major", "contraindicated". */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
