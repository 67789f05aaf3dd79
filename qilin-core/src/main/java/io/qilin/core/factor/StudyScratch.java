package io.qilin.core.factor;

/** The memory in which one thread works on one factor of one day. */
final class StudyScratch {
  final CrossOrder sorting;
  final int[] order;
  final boolean[] tied;
  final boolean[] known;
  /** Instruments that have both sides of a comparison. */
  final boolean[] pair;
  /** Centred ranks of the factor, 0 outside the pairs. */
  final int[] ranks;

  final int[] otherRanks;
  private final double[] x;
  private final double[] y;
  /** The factor's values, {@code NaN} outside the instruments' spans. */
  final double[] scores;
  /** Places of the fifth with the highest values. */
  final int[] highest;

  final int[] groupStarts;
  final GroupSums groups = new GroupSums();

  StudyScratch(int instruments, int groups) {
    sorting = new CrossOrder(instruments);
    order = new int[instruments];
    tied = new boolean[instruments];
    known = new boolean[instruments];
    pair = new boolean[instruments];
    ranks = new int[instruments];
    otherRanks = new int[instruments];
    x = new double[instruments + 1];
    y = new double[instruments + 1];
    scores = new double[instruments];
    highest = new int[instruments];
    groupStarts = new int[groups + 1];
  }

  /** Pearson's correlation over the pairs, neither side of which is constant. */
  double correlation(double[] left, double[] right, int pairs) {
    if (pairs == pair.length) {
      return Correlation.of(left, right, pairs);
    }
    int count = 0;
    for (int i = 0; i < pair.length; i++) {
      x[count] = left[i];
      y[count] = right[i];
      count += pair[i] ? 1 : 0;
    }
    return Correlation.of(x, y, pairs);
  }
}
