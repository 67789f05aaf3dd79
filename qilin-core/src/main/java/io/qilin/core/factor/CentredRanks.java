package io.qilin.core.factor;

/**
 * Average ranks as whole numbers: twice the rank, counted from the middle. A rank r of n values is written 2r − (n + 1), so
 * that they add up to 0 and sums of products are exact in a long for up to a million values.
 */
final class CentredRanks {
  private CentredRanks() {}

  /**
   * Ranks some values of a sorted cross-section among themselves; equal ones share their average rank.
   *
   * @param order places in ascending order of their values
   * @param tied whether the value of a place equals the one before
   * @param count how many places the order holds
   * @param keep by place, which ones to rank
   * @param kept how many of the order these are
   * @param ranks takes the ranks by place, and 0 for those of the order that are not to be ranked
   * @return the sum of the squares; 0 if all values are equal
   */
  static long of(int[] order, boolean[] tied, int count, boolean[] keep, int kept, int[] ranks) {
    long squares = 0;
    int below = 0;
    for (int from = 0, to; from < count; from = to) {
      to = from + 1;
      int size = keep[order[from]] ? 1 : 0;
      if (to == count || !tied[to]) {
        int rank = size * (2 * below + 1 - kept);
        ranks[order[from]] = rank;
        squares += (long) rank * rank;
        below += size;
        continue;
      }
      while (to < count && tied[to]) {
        size += keep[order[to++]] ? 1 : 0;
      }
      int rank = 2 * below + size - kept;
      squares += size * ((long) rank * rank);
      below += size;
      for (int k = from; k < to; k++) {
        ranks[order[k]] = keep[order[k]] ? rank : 0;
      }
    }
    return squares;
  }

  /** Sum of products. */
  static long product(int[] x, int[] y, int length) {
    long sum = 0;
    for (int i = 0; i < length; i++) {
      sum += (long) x[i] * y[i];
    }
    return sum;
  }

  /** Spearman's correlation from the sums; {@code NaN} where one side does not vary. */
  static double correlation(long products, long squaresX, long squaresY) {
    return squaresX == 0 || squaresY == 0
        ? Double.NaN
        : products / Math.sqrt((double) squaresX * squaresY);
  }
}
