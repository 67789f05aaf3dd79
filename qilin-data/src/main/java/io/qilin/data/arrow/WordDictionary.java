package io.qilin.data.arrow;

import io.qilin.data.table.TextColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The words of one dictionary, as far as they have come. */
final class WordDictionary {
  private final CellType.Kind kind;
  private List<String> words = new ArrayList<>();
  private List<String> shown = List.of();
  /** For each entry its place among the words; some entries may be null. */
  private int[] places = new int[0];

  private int size;
  private boolean hasNulls;
  private boolean there;
  private long bytes;

  WordDictionary(CellType.Kind kind) {
    this.kind = kind;
  }

  CellType.Kind kind() {
    return kind;
  }

  /** Whether any batch of it has come. */
  boolean isThere() {
    return there;
  }

  /** The memory it takes. */
  long bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** Takes the entries of a batch in the place of all that were there. */
  void replace(int[] codes, List<String> texts, long cost) {
    words = new ArrayList<>();
    places = new int[0];
    size = 0;
    hasNulls = false;
    bytes = 0;
    append(codes, texts, cost);
  }

  /** Adds the entries of a batch. */
  void append(int[] codes, List<String> texts, long cost) {
    int base = words.size();
    words.addAll(texts);
    if (places.length < size + codes.length) {
      places = Arrays.copyOf(places, Math.max(size + codes.length, 2 * size));
    }
    for (int code : codes) {
      places[size++] = code == TextColumn.UNKNOWN ? code : base + code;
      hasNulls |= code == TextColumn.UNKNOWN;
    }
    bytes += cost;
    there = true;
    shown = List.of();
  }

  /** A column whose rows refer to entries. */
  TextColumn column(int[] entries) {
    if (shown.size() != words.size()) {
      shown = List.copyOf(words);
    }
    int[] codes = entries;
    if (hasNulls || size != words.size() || !isInOrder()) {
      codes = new int[entries.length];
      for (int i = 0; i < codes.length; i++) {
        codes[i] = entries[i] == TextColumn.UNKNOWN ? entries[i] : places[entries[i]];
      }
    }
    return TextColumn.of(codes, shown);
  }

  private boolean isInOrder() {
    for (int i = 0; i < size; i++) {
      if (places[i] != i) {
        return false;
      }
    }
    return true;
  }
}
