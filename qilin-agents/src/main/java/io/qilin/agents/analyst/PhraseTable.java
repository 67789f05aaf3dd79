package io.qilin.agents.analyst;

import io.qilin.api.error.QilinException;
import java.util.Arrays;

/**
 * Phrases with a code each, found in a text from left to right, the longest first. A look-up at one
 * place costs at most {@link #LONGEST} steps, whatever the text. A phrase that begins or ends with a
 * Latin letter is found at the edge of a word only. Immutable once built.
 */
final class PhraseTable {
  static final int NONE = -1;
  private static final int LONGEST = 32;
  private static final int CODE_BITS = 16;

  private int[] keys = new int[1 << 12];
  private int[] next = new int[1 << 12];
  private int[] codes = new int[1 << 8];
  private final long[] first = new long[1 << 10];
  private int nodes = 1;

  PhraseTable() {
    Arrays.fill(codes, NONE);
  }

  /**
   * Adds a phrase.
   *
   * @param phrase as {@link PlainText} would write it
   * @throws QilinException INVALID_ARGUMENT for an empty or long one, or one that has another code
   */
  PhraseTable add(String phrase, int code) {
    if (phrase.isEmpty() || phrase.length() > LONGEST || code < 0 || code >= 1 << CODE_BITS) {
      throw QilinException.invalid(
          "a phrase has 1 to " + LONGEST + " characters, was " + QilinException.quote(phrase));
    }
    first[phrase.charAt(0) >> 6] |= 1L << phrase.charAt(0);
    int node = 0;
    for (int k = 0; k < phrase.length(); k++) {
      node = child(node, phrase.charAt(k));
    }
    if (codes[node] != NONE && codes[node] != code) {
      throw QilinException.invalid(
          "the phrase " + QilinException.quote(phrase) + " is there with another code");
    }
    codes[node] = code;
    return this;
  }

  private int child(int node, char c) {
    int found = step(node, c);
    if (found != 0) {
      return found;
    }
    if (2 * nodes > keys.length) {
      grow();
    }
    int made = nodes++;
    if (made == codes.length) {
      codes = Arrays.copyOf(codes, 2 * made);
      Arrays.fill(codes, made, codes.length, NONE);
    }
    put(key(node, c), made);
    return made;
  }

  private void put(int key, int child) {
    int at = slot(key);
    while (next[at] != 0) {
      at = (at + 1) & (keys.length - 1);
    }
    keys[at] = key;
    next[at] = child;
  }

  private void grow() {
    int[] oldKeys = keys;
    int[] oldNext = next;
    keys = new int[2 * oldKeys.length];
    next = new int[2 * oldKeys.length];
    for (int k = 0; k < oldKeys.length; k++) {
      if (oldNext[k] != 0) {
        put(oldKeys[k], oldNext[k]);
      }
    }
  }

  private static int key(int node, char c) {
    return (node << 16) | c;
  }

  private int slot(int key) {
    int mixed = key * 0x9E3779B9;
    return (mixed ^ (mixed >>> 15)) & (keys.length - 1);
  }

  private int step(int node, char c) {
    int key = key(node, c);
    int at = slot(key);
    while (next[at] != 0 && keys[at] != key) {
      at = (at + 1) & (keys.length - 1);
    }
    return next[at];
  }

  /**
   * The longest phrase that begins at a place.
   *
   * @return its {@linkplain #length length} and {@linkplain #code code} in one number, or {@link
   *     #NONE}
   */
  int longest(PlainText text, int at) {
    char c = text.at(at);
    if ((first[c >> 6] & (1L << c)) == 0 || (latin(c) && at > 0 && latin(text.at(at - 1)))) {
      return NONE;
    }
    int best = NONE;
    int node = 0;
    int end = Math.min(text.length(), at + LONGEST);
    for (int k = at; k < end; k++) {
      node = step(node, text.at(k));
      if (node == 0) {
        break;
      }
      boolean whole = !latin(text.at(k)) || k + 1 == text.length() || !latin(text.at(k + 1));
      best = codes[node] != NONE && whole ? ((k + 1 - at) << CODE_BITS) | codes[node] : best;
    }
    return best;
  }

  static int length(int found) {
    return found >> CODE_BITS;
  }

  static int code(int found) {
    return found & ((1 << CODE_BITS) - 1);
  }

  private static boolean latin(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}
