package io.qilin.parquet;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The different texts of a column of a row group, each with a number; a text is decoded once, and strictly. */
final class WordTable {
  /** What a text takes beside its characters: the objects, the list and the table. */
  private static final int WORD = 96;

  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final List<String> words = new ArrayList<>();
  private final Budget budget;
  private final int longest;
  private byte[] bytes = new byte[256];
  private int[] ends = new int[16];
  private int[] hashes = new int[16];
  private int[] slots = new int[64];

  /**
   * An empty table.
   *
   * @param longest bytes of a text
   */
  WordTable(Budget budget, int longest) {
    this.budget = budget;
    this.longest = longest;
    Arrays.fill(slots, -1);
  }

  List<String> words() {
    return words;
  }

  /** The number of the text in {@code array[from, from + length)}. */
  int number(byte[] array, int from, int length, Place place) {
    int hash = hash(array, from, length);
    int slot = hash & (slots.length - 1);
    for (int word = slots[slot]; word >= 0; word = slots[slot]) {
      if (hashes[word] == hash && same(word, array, from, length)) {
        return word;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    int word = add(array, from, length, hash, place);
    slots[slot] = word;
    if (words.size() * 2 > slots.length) {
      grow();
    }
    return word;
  }

  private int add(byte[] array, int from, int length, int hash, Place place) {
    if (length > longest) {
      throw place.tooLarge("a text has " + length + " bytes, more than " + longest
          + "; raise TableLimits.textBytes");
    }
    budget.take(WORD + 4L * length, place);
    String text;
    try {
      text = decoder.decode(ByteBuffer.wrap(array, from, length)).toString();
    } catch (CharacterCodingException e) {
      throw place.malformed("a text is not UTF-8", e);
    }
    int word = words.size();
    int begin = word == 0 ? 0 : ends[word - 1];
    if (bytes.length - begin < length) {
      bytes = Arrays.copyOf(bytes, Math.max(begin + length, 2 * bytes.length));
    }
    System.arraycopy(array, from, bytes, begin, length);
    if (word == ends.length) {
      ends = Arrays.copyOf(ends, 2 * word);
      hashes = Arrays.copyOf(hashes, 2 * word);
    }
    ends[word] = begin + length;
    hashes[word] = hash;
    words.add(text);
    return word;
  }

  private boolean same(int word, byte[] array, int from, int length) {
    int begin = word == 0 ? 0 : ends[word - 1];
    return Arrays.equals(bytes, begin, ends[word], array, from, from + length);
  }

  private void grow() {
    slots = new int[2 * slots.length];
    Arrays.fill(slots, -1);
    for (int word = 0; word < words.size(); word++) {
      int slot = hashes[word] & (slots.length - 1);
      while (slots[slot] >= 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = word;
    }
  }

  private static int hash(byte[] array, int from, int length) {
    long hash = length * 0x9e3779b97f4a7c15L;
    int at = from;
    int end = from + length;
    for (; at + 8 <= end; at += 8) {
      hash = mix(hash ^ Bytes.word(array, at));
    }
    for (; at < end; at++) {
      hash = mix(hash ^ array[at]);
    }
    return (int) (hash >>> 32);
  }

  private static long mix(long value) {
    long mixed = value * 0xbf58476d1ce4e5b9L;
    return mixed ^ (mixed >>> 29);
  }
}
