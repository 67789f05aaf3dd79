package io.qilin.ops.logging.logback;

import io.qilin.ops.logging.KnownSecrets;

/** How much of a text is kept. */
final class HeldText {
  /** What a line shows of one text, in characters. */
  static final int SHOWN = 16 << 10;

  /**
   * What is kept beyond that until it was masked, so that a secret that begins in what is shown is there whole: as long as the
   * longest one that can be known.
   */
  static final int MARGIN = KnownSecrets.LONGEST;

  private HeldText() {}

  /** The beginning that is kept until the text is masked. */
  static String cut(String text) {
    return cut(text, SHOWN + MARGIN);
  }

  /** The first characters; a pair of surrogates stays whole. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  /** Without the margin, in which half a secret may stand: for what was cut before it was masked. */
  static String trimmed(String masked) {
    return cut(masked, Math.max(1, Math.min(SHOWN, masked.length() - MARGIN)));
  }
}
