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
  final double[] x;
  final double[] y;
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
    x = new double[instruments];
    y = new double[instruments];
    groupStarts = new int[groups + 1];
  }

  /** Packs both sides of the pairs together. */
  void pack(double[] left, double[] right) {
    int count = 0;
    for (int i = 0; i < pair.length; i++) {
      if (pair[i]) {
        x[count] = left[i];
        y[count++] = right[i];
      }
    }
  }
}
