package io.qilin.core.internal.kernel;

import java.util.Arrays;

/**
 * Ranks among the instruments of a day. What is {@code NaN} or infinite is left out and gets {@code NaN}; ties share their
 * average rank; -0 equals 0. The result does not depend on the order of the instruments.
 *
 * <p>An instance works for one thread and allocates nothing after it was made. The result may be written over the row
 * that it is computed from.
 */
public final class CrossRank {
  private final SortedRow row;
  private final CountedRow counted = new CountedRow();
  private final RankTable ranks;

  /** For rows of up to so many instruments. */
  public CrossRank(int width) {
    this.row = new SortedRow(width);
    this.ranks = new RankTable(width);
  }

  /**
   * Ranks from 1, divided by their number, as pandas' {@code rank(pct=True)}: above 0 to 1.
   *
   * @param n how many instruments there are; what lies behind is neither read nor written
   */
  public void rank(double[] x, double[] out, int n) {
    if (n <= CountedRow.MOST) {
      counted.count(x, n);
      double[] table = ranks.of(counted.known());
      if (counted.isDistinct()) {
        counted.look(table, out);
        return;
      }
      if (counted.share(x, ranks, out)) {
        return;
      }
      row.sort(x, n, counted);
    } else {
      row.sort(x, n);
    }
    Arrays.fill(out, 0, n, Double.NaN);
    row.deliver(ranks, out);
  }

  /**
   * Which of k equal parts a value is in: 1 + ⌊k (rank − ½) / n⌋ with ranks from 1 and ties by their average, so that ties
   * share a part and the parts of −x are those of x counted from above.
   *
   * @param parts how many parts, 1 to 1,000,000
   * @param n how many instruments there are; what lies behind is neither read nor written
   */
  public void bucket(double[] x, int parts, double[] out, int n) {
    int count = row.sort(x, n);
    Arrays.fill(out, 0, n, Double.NaN);
    for (int first = 0; first < count; ) {
      int end = first + row.run(first);
      double part = 1 + (long) (first + end) * parts / (2L * count);
      for (; first < end; first++) {
        out[row.place(first)] = part;
      }
    }
  }
}
