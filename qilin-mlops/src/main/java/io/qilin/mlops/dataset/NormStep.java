package io.qilin.mlops.dataset;

/** A fitted step: of each column the centre is taken away, and what is left is divided by the spread. NaN parameters are those of a column of which the fit knew nothing. */
final class NormStep extends Step {
  private final Columns where;
  private final boolean clip;
  private final double[] centre;
  private final double[] spread;

  /** Takes arrays that nobody else writes to, one value a column of the group, features first. */
  NormStep(Processor processor, double[] centre, double[] spread) {
    super(processor);
    this.where = group(processor);
    this.clip = processor instanceof Processor.RobustZScoreNorm robust && robust.clipOutlier();
    this.centre = centre;
    this.spread = spread;
    for (int i = 0; i < centre.length; i++) {
      centre[i] += 0.0; // -0 is written as 0
    }
  }

  static boolean fits(Processor processor) {
    return processor instanceof Processor.ZScoreNorm
        || processor instanceof Processor.RobustZScoreNorm
        || processor instanceof Processor.MinMaxNorm;
  }

  static Columns group(Processor processor) {
    if (processor instanceof Processor.ZScoreNorm norm) {
      return norm.columns();
    }
    if (processor instanceof Processor.RobustZScoreNorm norm) {
      return norm.columns();
    }
    return ((Processor.MinMaxNorm) processor).columns();
  }

  double[] centre() {
    return centre;
  }

  double[] spread() {
    return spread;
  }

  @Override
  ColumnNames after(ColumnNames before) {
    return before;
  }

  @Override
  void apply(Section section) {
    int first = section.first(where);
    for (int c = first; c < section.end(where); c++) {
      double[] column = section.columns[c];
      if (column != null) {
        apply(column, section.rows, centre[c - first], spread[c - first]);
      }
    }
  }

  private void apply(double[] column, int rows, double middle, double width) {
    for (int i = 0; i < rows; i++) {
      column[i] = (column[i] - middle) / width;
    }
    if (clip) {
      for (int i = 0; i < rows; i++) {
        column[i] = Formulas.clipped(column[i]);
      }
    }
  }

  /** The centre and the spread of a column for a processor. Changes the order of the values, none of which is NaN. */
  static double[] fit(Processor processor, double[] values, int count) {
    if (count == 0) {
      return new double[] {Double.NaN, Double.NaN};
    }
    if (processor instanceof Processor.ZScoreNorm) {
      return moments(values, count);
    }
    return processor instanceof Processor.MinMaxNorm
        ? range(values, count)
        : medians(values, count);
  }

  private static double[] moments(double[] values, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[i];
    }
    double mean = sum / count;
    double squares = 0;
    boolean same = true;
    for (int i = 0; i < count; i++) {
      double off = values[i] - mean;
      squares += off * off;
      same &= values[i] == values[0];
    }
    double deviation = Math.sqrt(squares / count);
    // Rounding of the mean must not make a spread of equal values.
    return same || deviation == 0 ? new double[] {0, 1} : new double[] {mean, deviation};
  }

  private static double[] range(double[] values, int count) {
    double min = values[0];
    double max = values[0];
    for (int i = 1; i < count; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    return min == max ? new double[] {0, 1} : new double[] {min, max - min};
  }

  private static double[] medians(double[] values, int count) {
    double median = Medians.of(values, count);
    for (int i = 0; i < count; i++) {
      values[i] = Math.abs(values[i] - median);
    }
    return new double[] {median, (Medians.of(values, count) + 1e-12) * Formulas.MAD_TO_STD};
  }
}
