package magnesia;

/** Everything clinical that Magnesia says. Never changes. Takes some milliseconds to load: once, for all checkers. */
public final class Knowledge extends Native.Owner {
  private Knowledge(long handle) {
    super(handle, Native::freeKnowledge);
  }

  /**
   * The first pack with the others laid over it; none: what is built in.
   *
   * @throws MagnesiaException every fault of every pack
   */
  public static Knowledge load(Pack... packs) throws MagnesiaException {
    byte[][][] parts = new byte[packs.length][][];
    for (int i = 0; i < packs.length; ++i) {
      parts[i] = packs[i].parts;
    }
    return new Knowledge(Native.knowledge(parts));
  }
}
