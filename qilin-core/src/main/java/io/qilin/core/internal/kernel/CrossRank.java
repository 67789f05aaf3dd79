package io.qilin.core.internal.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
  /** One of several days that has equal keys. */
  private final double[] values;

  private final double[] results;
  private @Nullable CountedDays together;

  /** For rows of up to so many instruments. */
  public CrossRank(int width) {
    this.row = new SortedRow(width);
    this.ranks = new RankTable(width);
    this.values = new double[Math.min(width, CountedRow.MOST)];
    this.results = new double[values.length];
  }

  /**
   * Ranks from 1, divided by their number, as pandas' {@code rank(pct=True)}: above 0 to 1.
   *
   * @param n how many instruments there are; what lies behind is neither read nor written
   */
  public void rank(double[] x, double[] out, int n) {
    if (n > CountedRow.MOST) {
      row.sort(x, n);
      deliver(out, n);
      return;
    }
    counted.count(x, n);
    if (counted.isDistinct()) {
      counted.look(ranks.of(counted.known()), out, 0);
    } else {
      rankTied(x, out, n);
    }
  }

  /** Whether {@link #rankDays} can take so many. */
  public static boolean takesDays(int n, int days) {
    return n <= CountedRow.MOST && days >= CountedDays.FEWEST;
  }

  /**
   * The ranks of several days, each among its instruments; in less time than one by one.
   *
   * @param x the values of one day after the other
   * @param n how many instruments there are, in every call as many
   * @param days how many days, in every call as many
   */
  public void rankDays(double[] x, double[] out, int n, int days) {
    if (together == null) {
      together = new CountedDays(n, days);
    }
    together.count(x);
    for (int day = 0; day < days; day++) {
      int from = day * n;
      together.give(day, counted);
      if (counted.isDistinct()) {
        counted.look(ranks.of(counted.known()), out, from);
      } else {
        System.arraycopy(x, from, values, 0, n);
        rankTied(values, results, n);
        System.arraycopy(results, 0, out, from, n);
      }
    }
  }

  /** Ranks what was counted and has equal keys. */
  private void rankTied(double[] x, double[] out, int n) {
    ranks.of(counted.known());
    if (!counted.share(x, ranks, out)) {
      row.sort(x, n, counted);
      deliver(out, n);
    }
  }

  private void deliver(double[] out, int n) {
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
