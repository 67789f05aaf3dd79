package io.qilin.mlops.dataset;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Puts the rows of several days one after the other. */
final class RowCollector {
  private final FeatureFrame frame;
  private final List<Step> steps;
  private final ColumnNames input;
  private final ColumnNames output;
  private final Cancellation cancellation;

  RowCollector(FeatureFrame frame, List<Step> steps, boolean labelled, Cancellation cancellation) {
    this.frame = frame;
    this.steps = steps;
    this.input = labelled ? frame.names() : new ColumnNames(frame.features(), List.of());
    ColumnNames names = frame.names();
    for (Step step : steps) {
      names = step.after(names);
    }
    this.output = labelled ? names : new ColumnNames(names.features(), List.of());
    this.cancellation = cancellation;
  }

  FeatureRows collect(DayRange range) {
    int from = frame.firstDay(range.first());
    int to = frame.firstDay(range.last().plusDays(1));
    if (from >= to) {
      throw frame.outside(range);
    }
    int[] starts = starts(from, to);
    int rows = starts[to - from];
    int width = output.features().size();
    if ((long) rows * width > Integer.MAX_VALUE - 8) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          rows + " rows × " + width + " features are too many values for one array; choose fewer"
              + " days or features");
    }
    double[] features = new double[rows * width];
    double[][] labels = new double[output.labels().size()][rows];
    int[] instruments = new int[rows];
    boolean[] all = new boolean[input.width()];
    Arrays.fill(all, true);
    SectionReader reader = new SectionReader(frame, steps, all);
    for (int day = from; day < to; day++) {
      cancellation.check();
      Section section = reader.read(day);
      int start = starts[day - from];
      section.copyFeatures(features, start);
      for (int c = 0; c < labels.length; c++) {
        double[] column = Objects.requireNonNull(section.columns[width + c]);
        System.arraycopy(column, 0, labels[c], start, section.rows);
      }
      System.arraycopy(section.ids, 0, instruments, start, section.rows);
    }
    return new FeatureRows(
        output,
        features,
        labels,
        new RowPlaces(frame.days().subList(from, to), starts, frame.symbols(), instruments));
  }

  /** Where each day begins: the rows that are left are counted first, so that no array has to grow. */
  private int[] starts(int from, int to) {
    SectionReader counter = null;
    if (steps.stream().anyMatch(DropRows.class::isInstance)) {
      boolean[] none = new boolean[input.width()];
      counter = new SectionReader(frame, steps, SectionReader.alsoDropping(none, steps, input));
    }
    int[] starts = new int[to - from + 1];
    long rows = 0;
    for (int day = from; day < to; day++) {
      cancellation.check();
      rows += counter == null ? frame.rows(day) : counter.read(day).rows;
      if (rows > Integer.MAX_VALUE - 8) {
        throw new QilinException(
            ErrorCode.LIMIT_EXCEEDED, "there are more than " + rows + " rows; choose fewer days");
      }
      starts[day - from + 1] = (int) rows;
    }
    return starts;
  }
}
