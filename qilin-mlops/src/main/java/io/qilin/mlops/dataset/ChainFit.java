package io.qilin.mlops.dataset;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fits a chain, processor by processor. A processor that is fitted needs a column's values of all days at once: a few columns
 * are gathered at a time, each time from the tables through the processors before it.
 */
final class ChainFit {
  /** Values that are gathered at a time, unless one column has more: 256 MiB. */
  private static final int GATHERED = 1 << 25;

  private final ProcessorChain chain;
  private final FeatureFrame frame;
  private final DayRange on;
  private final Cancellation cancellation;
  private final int from;
  private final int to;
  private final int rows;

  ChainFit(ProcessorChain chain, FeatureFrame frame, DayRange on, Cancellation cancellation) {
    this.chain = chain;
    this.frame = frame;
    this.on = on;
    this.cancellation = cancellation;
    this.from = frame.firstDay(on.first());
    this.to = frame.firstDay(on.last().plusDays(1));
    long count = 0;
    for (int day = from; day < to; day++) {
      count += frame.rows(day);
    }
    if (from >= to) {
      throw frame.outside(on);
    }
    if (count > Integer.MAX_VALUE - 8) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          count + " rows are too many to fit processors on; choose fewer days");
    }
    this.rows = (int) count;
  }

  FittedChain run() {
    List<Step> shared = extend(List.of(), chain.shared());
    List<Step> inference = extend(shared, chain.inference());
    List<Step> base = chain.flow() == ProcessorChain.Flow.APPEND ? inference : shared;
    List<Step> learning = extend(base, chain.learning());
    return new FittedChain(
        chain.flow(),
        frame.names(),
        on,
        shared,
        inference.subList(shared.size(), inference.size()),
        learning.subList(base.size(), learning.size()));
  }

  /** The steps before, and after them the fitted ones of some processors. */
  private List<Step> extend(List<Step> before, List<Processor> processors) {
    List<Step> steps = new ArrayList<>(before);
    ColumnNames names = frame.names();
    for (Step step : before) {
      names = step.after(names);
    }
    for (Processor processor : processors) {
      Step step =
          NormStep.fits(processor) ? fitted(processor, steps, names) : Step.of(processor, names);
      names = step.after(names);
      steps.add(step);
    }
    return List.copyOf(steps);
  }

  private NormStep fitted(Processor processor, List<Step> before, ColumnNames names) {
    List<String> columns = names.of(NormStep.group(processor));
    int first = names.first(NormStep.group(processor));
    double[] centre = new double[columns.size()];
    double[] spread = new double[columns.size()];
    int atOnce = Math.max(1, Math.min(columns.size(), GATHERED / Math.max(1, rows)));
    double[][] values = new double[Math.min(atOnce, columns.size())][rows];
    for (int block = 0; block < columns.size(); block += atOnce) {
      int end = Math.min(columns.size(), block + atOnce);
      int[] counts = gather(before, names, first + block, first + end, values);
      for (int c = block; c < end; c++) {
        cancellation.check();
        double[] parameters = NormStep.fit(processor, values[c - block], counts[c - block]);
        centre[c] = parameters[0];
        spread[c] = parameters[1];
        if (counts[c - block] > 0) {
          requireFinite(processor, columns.get(c), parameters);
        }
      }
    }
    return new NormStep(processor, centre, spread);
  }

  /** Puts the known values of columns side by side; gives how many each has. */
  private int[] gather(
      List<Step> before, ColumnNames names, int fromColumn, int toColumn, double[][] values) {
    int[] counts = new int[toColumn - fromColumn];
    boolean[] needed = new boolean[frame.names().width()];
    List<String> all = frame.names().all();
    List<String> wanted = names.all().subList(fromColumn, toColumn);
    for (int i = 0; i < needed.length; i++) {
      needed[i] = wanted.contains(all.get(i));
    }
    SectionReader reader =
        new SectionReader(frame, before, SectionReader.alsoDropping(needed, before, frame.names()));
    for (int day = from; day < to; day++) {
      cancellation.check();
      Section section = reader.read(day);
      for (int c = 0; c < counts.length; c++) {
        double[] column = section.columns[fromColumn + c];
        for (int row = 0; row < section.rows; row++) {
          if (!Double.isNaN(column[row])) {
            values[c][counts[c]++] = column[row];
          }
        }
      }
    }
    return counts;
  }

  private void requireFinite(Processor processor, String column, double[] parameters) {
    if (!Arrays.stream(parameters).allMatch(Double::isFinite)) {
      throw new QilinException(
          ErrorCode.DATA_QUALITY,
          processor.name() + " cannot be fitted: " + QilinException.quote(column)
              + " holds infinite or very large values in " + on
              + "; put ProcessInf before it, or drop the column");
    }
  }
}
