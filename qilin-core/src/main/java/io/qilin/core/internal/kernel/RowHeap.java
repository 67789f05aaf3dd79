package io.qilin.core.internal.kernel;

/** Heap sort of values with what belongs to them (Williams, CACM 1964; Floyd, CACM 1964): in place, O(n log n) always. */
final class RowHeap {
  private RowHeap() {}

  /** Sorts {@code values[0], …, values[n - 1]}, none of them {@code NaN}, and the entries with them. */
  static void sort(double[] values, long[] entries, int n) {
    for (int root = n / 2 - 1; root >= 0; root--) {
      sink(values, entries, root, n, values[root], entries[root]);
    }
    for (int last = n - 1; last > 0; last--) {
      double value = values[last];
      long entry = entries[last];
      values[last] = values[0];
      entries[last] = entries[0];
      sink(values, entries, 0, last, value, entry);
    }
  }

  /** Puts a value in at the root or below, whatever stood at the root. */
  private static void sink(
      double[] values, long[] entries, int root, int n, double value, long entry) {
    int at = root;
    for (int child = 2 * at + 1; child < n; child = 2 * at + 1) {
      int larger = child + 1 < n && values[child + 1] > values[child] ? child + 1 : child;
      if (values[larger] <= value) {
        break;
      }
      values[at] = values[larger];
      entries[at] = entries[larger];
      at = larger;
    }
    values[at] = value;
    entries[at] = entry;
  }
}
