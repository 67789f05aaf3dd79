package io.qilin.data.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The different texts of a column of a batch, each with a number; one that came before makes no new object. */
final class WordIndex {
  private final List<String> words = new ArrayList<>();

  /** What stands in the cells, one behind the other. */
  private char[] letters = new char[512];

  /** Where each text ends in the letters, by its number plus one. */
  private int[] ends = new int[34];

  /** The text that came after each the last time; files repeat their instruments in one order. */
  private int[] followers = new int[33];

  private int[] slots = new int[64];
  private int last = -1;

  WordIndex() {
    Arrays.fill(slots, -1);
  }

  /** The texts as they were meant, by number. */
  List<String> words() {
    return words;
  }

  /** The number of the text that stands in {@code text[from, to)} as {@link TextCell#encode} prints it. */
  int number(char[] text, int from, int to) {
    if (last >= 0 && same(followers[last], text, from, to)) {
      last = followers[last];
      return last;
    }
    int word = find(text, from, to);
    if (last >= 0) {
      followers[last] = word;
    }
    last = word;
    return word;
  }

  private int find(char[] text, int from, int to) {
    int slot = hash(text, from, to) & (slots.length - 1);
    for (int word = slots[slot]; word >= 0; word = slots[slot]) {
      if (same(word, text, from, to)) {
        return word;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    int word = words.size();
    String cell = new String(text, from, to - from);
    keep(word, text, from, to);
    words.add(cell.indexOf('\'') < 0 ? cell : TextCell.decode(cell));
    slots[slot] = word;
    if (2 * words.size() > slots.length) {
      grow();
    }
    return word;
  }

  private void keep(int word, char[] text, int from, int to) {
    int begin = ends[word];
    int end = begin + to - from;
    if (end > letters.length) {
      letters = Arrays.copyOf(letters, (int) Math.min(2L * end, Integer.MAX_VALUE - 8));
    }
    System.arraycopy(text, from, letters, begin, to - from);
    ends[word + 1] = end;
  }

  private boolean same(int word, char[] text, int from, int to) {
    return Arrays.equals(letters, ends[word], ends[word + 1], text, from, to);
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
    ends = Arrays.copyOf(ends, slots.length / 2 + 2);
    followers = Arrays.copyOf(followers, slots.length / 2 + 1);
    for (int word = 0; word < words.size(); word++) {
      int slot = hash(letters, ends[word], ends[word + 1]) & (slots.length - 1);
      while (slots[slot] >= 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = word;
    }
  }
}
