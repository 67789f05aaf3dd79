package io.qilin.mlops.drift;

import java.util.Arrays;

/** Ranges that hold about equally many values of a reference. A value that is very frequent makes some of them one. */
final class Bins {
  /** The largest value of each bin but the last, ascending and distinct. */
  private final double[] edges;

  private Bins(double[] edges) {
    this.edges = edges;
  }

  static Bins of(ColumnSample reference, int bins) {
    double[] edges = new double[bins - 1];
    int used = 0;
    double last = reference.size() == 0 ? Double.NaN : reference.at(reference.size() - 1);
    for (int i = 1; i < bins; i++) {
      double edge = reference.quantile(i / (double) bins);
      if (edge < last && (used == 0 || edge > edges[used - 1])) {
        edges[used++] = edge;
      }
    }
    // Below all of a constant reference, and above: what else would see a constant that moves.
    if (used == 0 && reference.size() > 0) {
      return new Bins(new double[] {Math.nextDown(last), last});
    }
    return new Bins(Arrays.copyOf(edges, used));
  }

  int count() {
    return edges.length + 1;
  }

  long[] counts(ColumnSample column) {
    long[] counts = new long[count()];
    int bin = 0;
    for (int i = 0; i < column.size(); i++) {
      while (bin < edges.length && column.at(i) > edges[bin]) {
        bin++;
      }
      counts[bin]++;
    }
    return counts;
  }
}
