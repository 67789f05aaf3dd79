package io.qilin.data.quality.table;

import java.util.Arrays;

/** Numbers in a row. */
final class LongList {
  private long[] numbers = new long[16];
  private int size;

  void add(long number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    numbers[size++] = number;
  }

  int size() {
    return size;
  }

  long get(int at) {
    return numbers[at];
  }
}
