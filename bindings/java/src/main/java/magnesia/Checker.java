package magnesia;

import java.time.LocalDate;

/** Knowledge and policy, ready to be asked. Never changes; any number of threads may ask at once. */
public final class Checker extends Native.Owner {
  /** With the knowledge that is built in, and the default policy. */
  public Checker() throws MagnesiaException {
    this(null, new Policy());
  }

  /**
   * @param knowledge null: what is built in
   * @throws MagnesiaException the knowledge has no such authority
   */
  public Checker(Knowledge knowledge, Policy policy) throws MagnesiaException {
    super(made(knowledge, policy), Native::freeChecker);
  }

  private static long made(Knowledge knowledge, Policy policy) throws MagnesiaException {
    LocalDate day = policy.asOf() == null ? LocalDate.EPOCH : policy.asOf();
    Native.Owner.Use<Long> make = of -> Native.checker(of, Native.utf8(policy.authority()), policy.asOf() != null, day.getYear(),
        day.getMonthValue(), day.getDayOfMonth(), policy.historySettles(), policy.recordIsComplete());
    return knowledge == null ? make.of(0) : knowledge.with(make);
  }

  /**
   * May this person take this magnesium?
   *
   * @param document a request (docs/contract.md)
   * @throws MagnesiaException every fault of the document
   */
  public Assessment assess(String document) throws MagnesiaException {
    return assess(Native.utf8(document));
  }

  /** The same of UTF-8. */
  public Assessment assess(byte[] document) throws MagnesiaException {
    return new Assessment(with(checker -> Native.assess(checker, document)));
  }

  /**
   * When in the day?
   *
   * @throws MagnesiaException what is wrong with the document
   */
  public Answer plan(String document) throws MagnesiaException {
    return plan(Native.utf8(document));
  }

  /** The same of UTF-8. */
  public Answer plan(byte[] document) throws MagnesiaException {
    return new Answer(with(checker -> Native.plan(checker, document)));
  }

  /** How much magnesium is one dose? Of a label's text, or of the name of a product that the knowledge has. */
  public Answer elemental(String label) throws MagnesiaException {
    return elemental(Native.utf8(label));
  }

  /** The same of UTF-8. */
  public Answer elemental(byte[] label) throws MagnesiaException {
    return new Answer(with(checker -> Native.elemental(checker, label)));
  }
}
