package io.qilin.data.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The different texts of a column of a batch, each with a number; one that came before makes no new object. */
final class WordIndex {
  private final List<String> raw = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private int[] slots = new int[64];

  WordIndex() {
    Arrays.fill(slots, -1);
  }

  /** The texts as they were meant, by number. */
  List<String> words() {
    return words;
  }

  /** The number of the text that stands in {@code text[from, to)} as {@link TextCell#encode} prints it. */
  int number(char[] text, int from, int to) {
    int slot = hash(text, from, to) & (slots.length - 1);
    for (int word = slots[slot]; word >= 0; word = slots[slot]) {
      if (same(raw.get(word), text, from, to)) {
        return word;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    int word = words.size();
    String cell = new String(text, from, to - from);
    raw.add(cell);
    words.add(cell.indexOf('\'') < 0 ? cell : TextCell.decode(cell));
    slots[slot] = word;
    if (2 * words.size() > slots.length) {
      grow();
    }
    return word;
  }

  private static boolean same(String word, char[] text, int from, int to) {
    if (word.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (word.charAt(i - from) != text[i]) {
        return false;
      }
    }
    return true;
  }

  private static int hash(char[] text, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = (hash ^ text[i]) * 0x01000193;
    }
    return hash ^ (hash >>> 15);
  }

  private void grow() {
    slots = new int[2 * slots.length];
    Arrays.fill(slots, -1);
    for (int word = 0; word < raw.size(); word++) {
      char[] text = raw.get(word).toCharArray();
      int slot = hash(text, 0, text.length) & (slots.length - 1);
      while (slots[slot] >= 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = word;
    }
  }
}
