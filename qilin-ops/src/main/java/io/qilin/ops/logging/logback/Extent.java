package io.qilin.ops.logging.logback;

/**
 * How long something was before anything was left out.
 *
 * @param length in UTF-16 characters
 * @param cut whether something was left out
 */
record Extent(long length, boolean cut) {
  /** Of nothing. */
  static final Extent NONE = new Extent(0, false);

  /** Of a text, of which a line shows no more than {@link HeldText#SHOWN}. */
  static Extent of(String text) {
    return new Extent(text.length(), text.length() > HeldText.SHOWN);
  }

  /** With something more left out. */
  Extent cutIf(boolean more) {
    return more && !cut ? new Extent(length, true) : this;
  }

  /** The longer of what is there and what was before, cut if either was. */
  Extent orLonger(Extent before) {
    return new Extent(Math.max(length, before.length), cut || before.cut);
  }

  /** Of two together. */
  Extent plus(Extent other) {
    return new Extent(length + other.length, cut || other.cut);
  }
}
