package io.qilin.data.arrow;

import io.qilin.data.table.TextColumn;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The different texts of a column, found again by their bytes so that a text is made once. The search for a text looks at
 * a few places only: bytes that are chosen to collide make a word come twice, not the reading slow.
 */
final class WordList {
  /** About what a text costs besides its characters: itself, its array, its place in the table and the list. */
  private static final int OVERHEAD = 80;

  private static final int PROBES = 16;
  private static final int START = 64;

  private final int longest;
  private final boolean mayBeOther;
  private final List<String> words = new ArrayList<>();
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private byte[] store = new byte[START];
  private int[] ends = new int[START];
  private int[] table = new int[2 * START];
  private int last = -1;
  private long memory;

  /**
   * No texts yet.
   *
   * @param longest how many bytes one may have
   * @param mayBeOther whether they are cells of bytes, which need not be texts
   */
  WordList(int longest, boolean mayBeOther) {
    this.longest = longest;
    this.mayBeOther = mayBeOther;
  }

  /** The words so far. */
  List<String> words() {
    return List.copyOf(words);
  }

  /** A column of them. */
  TextColumn column(int[] codes) {
    return TextColumn.of(codes, words);
  }

  /** The memory that they take, in bytes. */
  long memory() {
    return memory;
  }

  /** The place of a text, which is added if it is new. */
  int add(byte[] bytes, int from, int length, MemoryBudget budget, Where where, int row) {
    if (last >= 0 && isWord(last, bytes, from, length)) {
      return last;
    }
    int slot = hash(bytes, from, length) & table.length - 1;
    for (int i = 0; i < PROBES; i++) {
      int word = table[slot] - 1;
      if (word < 0) {
        break;
      }
      if (isWord(word, bytes, from, length)) {
        last = word;
        return word;
      }
      slot = slot + 1 & table.length - 1;
    }
    last = append(bytes, from, length, slot, budget, where, row);
    return last;
  }

  private boolean isWord(int word, byte[] bytes, int from, int length) {
    int start = word == 0 ? 0 : ends[word - 1];
    return Arrays.equals(store, start, ends[word], bytes, from, from + length);
  }

  private int append(
      byte[] bytes, int from, int length, int slot, MemoryBudget budget, Where where, int row) {
    if (length > longest) {
      throw where.tooLarge("row " + row + " has a text of " + length + " bytes, more than "
          + longest + "; raise TableLimits.textBytes if the file is trusted");
    }
    budget.take(OVERHEAD + 4L * length, where);
    memory += OVERHEAD + 4L * length;
    String text = text(bytes, from, length, where, row);
    int word = words.size();
    int start = word == 0 ? 0 : ends[word - 1];
    if (length > store.length - start) {
      store = Arrays.copyOf(store, Math.max(start + length, grown(store.length)));
    }
    if (word == ends.length) {
      ends = Arrays.copyOf(ends, 2 * word);
    }
    System.arraycopy(bytes, from, store, start, length);
    ends[word] = start + length;
    words.add(text);
    table[slot] = word + 1;
    if (words.size() > table.length / 2) {
      widen();
    }
    return word;
  }

  private static int grown(int length) {
    return (int) Math.min(2L * length, Integer.MAX_VALUE - 64);
  }

  private String text(byte[] bytes, int from, int length, Where where, int row) {
    if (isAscii(bytes, from, length)) {
      return new String(bytes, from, length, StandardCharsets.US_ASCII);
    }
    try {
      return decoder.decode(ByteBuffer.wrap(bytes, from, length)).toString();
    } catch (CharacterCodingException e) {
      throw mayBeOther
          ? where.unsupported("row " + row + " has bytes that are no text in UTF-8; choose other"
              + " columns in the scan")
          : where.broken("row " + row + " has a text that is not UTF-8", e);
    }
  }

  private static boolean isAscii(byte[] bytes, int from, int length) {
    byte all = 0;
    for (int i = 0; i < length; i++) {
      all |= bytes[from + i];
    }
    return all >= 0;
  }

  /** Makes the table larger. A word for which there is no near place is left out, and may so come twice. */
  private void widen() {
    table = new int[2 * table.length];
    for (int word = 0; word < words.size(); word++) {
      int start = word == 0 ? 0 : ends[word - 1];
      int slot = hash(store, start, ends[word] - start) & table.length - 1;
      for (int i = 0; i < PROBES; i++) {
        if (table[slot] == 0) {
          table[slot] = word + 1;
          break;
        }
        slot = slot + 1 & table.length - 1;
      }
    }
  }

  /** FNV-1a of 64 bits, stirred. */
  private static int hash(byte[] bytes, int from, int length) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ (bytes[from + i] & 0xff)) * 0x100000001b3L;
    }
    hash *= 0x9e3779b97f4a7c15L;
    return (int) (hash >>> 32);
  }
}
