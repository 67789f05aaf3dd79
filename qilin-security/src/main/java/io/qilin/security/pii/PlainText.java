package io.qilin.security.pii;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A text as {@link Alphabet} reads it, and where its code units stood. Without invisible characters nothing is moved. */
final class PlainText {
  /** This many invisible characters in a row hide nothing any more: they part what stands on both sides. */
  private static final int MOST_INVISIBLE = 32;

  static final char BREAK = '\u200b';

  final char[] chars;
  final int length;
  private final CharSequence original;
  private final int @Nullable [] places;

  private PlainText(char[] chars, int length, CharSequence original, int @Nullable [] places) {
    this.chars = chars;
    this.length = length;
    this.original = original;
    this.places = places;
  }

  static PlainText of(String text) {
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      char plain = Alphabet.plain(chars[i]);
      if (plain == 0 || Character.isHighSurrogate(plain)) {
        return moved(text, chars, i);
      }
      chars[i] = plain;
    }
    return new PlainText(chars, chars.length, text, null);
  }

  private static PlainText moved(String text, char[] chars, int from) {
    int[] places = new int[chars.length + 1];
    for (int i = 0; i < from; i++) {
      places[i] = i;
    }
    int to = from;
    int invisible = 0;
    for (int i = from; i < chars.length; i++) {
      char raw = text.charAt(i);
      char plain = Alphabet.plain(raw);
      places[to] = i;
      if (plain == 0) {
        invisible++;
        if (invisible == MOST_INVISIBLE) {
          chars[to++] = BREAK;
        }
        continue;
      }
      invisible = 0;
      if (Character.isHighSurrogate(raw) && i + 1 < chars.length) {
        char low = text.charAt(i + 1);
        int digit = Character.isLowSurrogate(low)
            ? Character.digit(Character.toCodePoint(raw, low), 10)
            : -1;
        if (digit >= 0) {
          plain = (char) ('0' + digit);
          i++;
        }
      }
      chars[to++] = plain;
    }
    places[to] = chars.length;
    return new PlainText(chars, to, text, Arrays.copyOf(places, to + 1));
  }

  /** Where the code unit at {@code index} of the plain text stands in the original. */
  int place(int index) {
    return places == null ? index : places[index];
  }

  /** The first code unit of the plain text that stands at or after a place of the original. */
  int index(int place) {
    if (places == null) {
      return place;
    }
    int found = Arrays.binarySearch(places, place);
    return found >= 0 ? found : -found - 1;
  }

  /** Where the original goes on after the code unit before {@code index}: without the invisible ones that follow it. */
  int endPlace(int index) {
    if (places == null) {
      return index;
    }
    int last = places[index - 1];
    boolean pair = Character.isHighSurrogate(original.charAt(last))
        && last + 1 < original.length()
        && Character.isLowSurrogate(original.charAt(last + 1));
    return last + (pair ? 2 : 1);
  }

  /** How a piece of the original is written; what is a number may be formatted. */
  PiiForm form(int start, int end, PiiType type) {
    boolean formatted = false;
    boolean wide = false;
    int digits = 0;
    for (int i = start; i < end; i++) {
      char raw = original.charAt(i);
      char plain = Alphabet.plain(raw);
      if (plain == 0) {
        return PiiForm.ZERO_WIDTH;
      }
      boolean mark = plain == ' '
          || plain == '-'
          || plain == '('
          || plain == ')'
          || plain == '+'
          || plain == '.';
      formatted |= mark;
      wide |= !mark && (plain != raw || Character.isSurrogate(raw));
      digits += Alphabet.digit(plain) ? 1 : 0;
    }
    if (wide) {
      return PiiForm.FULL_WIDTH;
    }
    formatted |= type == PiiType.CN_MOBILE && digits > 11;
    return formatted && type.number() ? PiiForm.FORMATTED : PiiForm.PLAIN;
  }
}
