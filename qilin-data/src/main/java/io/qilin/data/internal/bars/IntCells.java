package io.qilin.data.internal.bars;

import java.util.ArrayList;
import java.util.List;

/** A growing column of integers. */
final class IntCells {
  private static final int SHIFT = 14;
  private static final int MASK = (1 << SHIFT) - 1;

  private final List<int[]> chunks = new ArrayList<>();

  /** Sets a row; rows are set in ascending order. */
  void set(int row, int value) {
    if (row >> SHIFT == chunks.size()) {
      chunks.add(new int[1 << SHIFT]);
    }
    chunks.get(row >> SHIFT)[row & MASK] = value;
  }

  int get(int row) {
    return chunks.get(row >> SHIFT)[row & MASK];
  }
}
