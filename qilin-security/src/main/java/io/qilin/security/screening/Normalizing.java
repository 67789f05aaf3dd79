package io.qilin.security.screening;

import java.text.Normalizer;

/**
 * Brings a text into the form that rules are written for: percent encoding undone at most twice, look-alikes of ASCII
 * folded (full-width forms by NFKC), characters without width left out, entities of HTML undone. Every step is linear, and
 * no step makes a text more than 18 times longer (the most that NFKC does).
 */
final class Normalizing {
  static final int ROUNDS = 2;

  private Normalizing() {}

  /** The text in the form for rules. */
  static String of(String raw) {
    String text = raw;
    for (int round = 0; round < ROUNDS; round++) {
      text = PercentDecoder.decode(text);
    }
    return EntityDecoder.decode(fold(EntityDecoder.decode(fold(text))));
  }

  /** Whether the text is still encoded after the rounds that are undone. */
  static boolean tooManyRounds(String raw) {
    String text = raw;
    for (int round = 0; round < ROUNDS; round++) {
      text = PercentDecoder.decode(text);
    }
    return !text.equals(raw)
        && PercentDecoder.encoded(text)
        && PercentDecoder.encoded(PercentDecoder.decode(raw));
  }

  private static String fold(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) < 128) {
      at++;
    }
    if (at == text.length()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    boolean compatible = true;
    int lastClosing = Math.max(text.lastIndexOf('\u00be'), text.lastIndexOf('>'));
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (withoutWidth(c)) {
        continue;
      }
      if (c == '\u00bc' && lastClosing > i) {
        // What is left of "<" when a page is read as seven bits: the eighth is cut off.
        out.append('<');
      } else if (c == '\u00be') {
        out.append('>');
      } else {
        compatible &= !compatibility(c);
        out.append(c);
      }
    }
    return compatible ? out.toString() : Normalizer.normalize(out, Normalizer.Form.NFKC);
  }

  /** Whether NFKC may bring ASCII out of the character; ideographs and syllables stay as they are. */
  private static boolean compatibility(char c) {
    return (c >= 0x2000 && c < 0x3400)
        || (c >= 0xd800 && c < 0xe000)
        || (c >= 0xfb00 && c < 0xfb10)
        || c >= 0xfe00
        || c == 0x17f;
  }

  private static boolean withoutWidth(char c) {
    return (c >= '\u200b' && c <= '\u200f')
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2060' && c <= '\u2064')
        || c == '\ufeff'
        || c == '\u00ad';
  }
}
