package io.qilin.mlops.dataset;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.progress.Cancellation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chain with the parameters that its fit found: a value that is written as JSON, goes with the model, and is read again. Rows
 * of a day give the same bits whether they come from a table or one day at a time, if they come in the same order. Immutable and
 * safe to share.
 */
public final class FittedChain {
  private final ProcessorChain.Flow flow;
  private final ColumnNames input;
  private final DayRange on;
  private final List<Step> shared;
  private final List<Step> inference;
  private final List<Step> learning;

  FittedChain(
      ProcessorChain.Flow flow,
      ColumnNames input,
      DayRange on,
      List<Step> shared,
      List<Step> inference,
      List<Step> learning) {
    this.flow = flow;
    this.input = input;
    this.on = on;
    this.shared = List.copyOf(shared);
    this.inference = List.copyOf(inference);
    this.learning = List.copyOf(learning);
  }

  /**
   * Reads what {@link #toJson} writes, strictly: no member more or less, every list of parameters as long as its columns. At
   * most 64 MiB.
   *
   * @throws QilinException DATA_FORMAT with what is wrong; LIMIT_EXCEEDED
   */
  public static FittedChain parse(byte[] json) {
    return ChainJson.read(json);
  }

  /** As strict JSON; numbers read back to the same bits. */
  public String toJson() {
    return ChainJson.write(this);
  }

  /** The features that come in, in their order. */
  public List<String> inputFeatures() {
    return input.features();
  }

  /** The labels that were there at the fit. */
  public List<String> inputLabels() {
    return input.labels();
  }

  /** The features of what is predicted from, in their order. */
  public List<String> outputFeatures() {
    return after(inferring()).features();
  }

  /** The features of what is learnt from, in their order. */
  public List<String> learningFeatures() {
    return after(learningAll()).features();
  }

  /** The days on which it was fitted. */
  public DayRange fittedOn() {
    return on;
  }

  /** What the learning processors work on. */
  public ProcessorChain.Flow flow() {
    return flow;
  }

  /** Whether a row of inference depends on no other row of its day, so that rows may come singly. */
  public boolean rowByRow() {
    return inferring().stream().allMatch(Step::rowByRow);
  }

  /** The shared processors. */
  public List<Processor> shared() {
    return shared.stream().map(Step::processor).toList();
  }

  /** The inference processors. */
  public List<Processor> inference() {
    return inference.stream().map(Step::processor).toList();
  }

  /** The learning processors. */
  public List<Processor> learning() {
    return learning.stream().map(Step::processor).toList();
  }

  /** What is predicted from: rows without labels, which need not be in the frame. Nothing later than a row's day has a part in it. */
  public FeatureRows infer(FeatureFrame frame, DayRange range) {
    return infer(frame, range, new Cancellation());
  }

  /**
   * What is predicted from.
   *
   * @param frame has the features of the fit, in their order
   * @param range of which days; may be empty of rows
   * @throws QilinException MODEL_MISMATCH if the frame has other features; DATE_OUT_OF_RANGE if no day is in the frame;
   *     LIMIT_EXCEEDED for more values than an array holds; CANCELLED
   */
  public FeatureRows infer(FeatureFrame frame, DayRange range, Cancellation cancellation) {
    requireFeatures(frame.features());
    return new RowCollector(frame, inferring(), false, cancellation).collect(range);
  }

  /** What is learnt from; {@link #learn(FeatureFrame, DayRange, Cancellation)} that nobody cancels. */
  public FeatureRows learn(FeatureFrame frame, DayRange range) {
    return learn(frame, range, new Cancellation());
  }

  /**
   * What is learnt from, or judged by: rows with labels.
   *
   * @throws QilinException as {@link #infer}; MODEL_MISMATCH too if the frame has other labels
   */
  public FeatureRows learn(FeatureFrame frame, DayRange range, Cancellation cancellation) {
    requireFeatures(frame.features());
    if (!frame.labels().equals(input.labels())) {
      throw new QilinException(
          ErrorCode.MODEL_MISMATCH,
          "the chain was fitted with the labels " + input.labels() + ", the frame has "
              + frame.labels());
    }
    return new RowCollector(frame, learningAll(), true, cancellation).collect(range);
  }

  /**
   * Processes some rows as {@link #infer} does: all rows of one day, or, if the chain works {@link #rowByRow}, any.
   *
   * @param rows row after row of {@link #inputFeatures()}
   * @param count how many rows, from 0
   * @param out takes rows of {@link #outputFeatures()}; must have place for all
   * @param kept takes the place that each row of out had among the given ones: processors may drop rows
   * @return how many rows are in out
   * @throws QilinException MODEL_MISMATCH if an array is too short
   */
  public int infer(double[] rows, int count, double[] out, int[] kept) {
    int width = input.features().size();
    int outWidth = outputFeatures().size();
    if (count < 0
        || (long) count * width > rows.length
        || (long) count * outWidth > out.length
        || count > kept.length) {
      throw new QilinException(
          ErrorCode.MODEL_MISMATCH,
          count + " rows of " + width + " features become up to as many of " + outWidth
              + "; there are places for " + rows.length + " values, " + out.length
              + " results, and "
              + kept.length + " rows");
    }
    boolean[] needed = new boolean[width];
    Arrays.fill(needed, true);
    Section section = new Section(needed, count);
    section.begin(width, count);
    for (int c = 0; c < width; c++) {
      double[] column = Objects.requireNonNull(section.columns[c]);
      for (int row = 0; row < count; row++) {
        column[row] = rows[row * width + c];
      }
    }
    for (int row = 0; row < count; row++) {
      section.ids[row] = row;
    }
    for (Step step : inferring()) {
      step.apply(section);
    }
    section.copyFeatures(out, 0);
    System.arraycopy(section.ids, 0, kept, 0, section.rows);
    return section.rows;
  }

  private void requireFeatures(List<String> given) {
    new ModelSignature(input.features(), ModelSignature.Missing.ACCEPTED).requireSame(given);
  }

  ColumnNames input() {
    return input;
  }

  List<Step> sharedSteps() {
    return shared;
  }

  List<Step> inferenceSteps() {
    return inference;
  }

  List<Step> learningSteps() {
    return learning;
  }

  private List<Step> inferring() {
    return joined(shared, inference);
  }

  private List<Step> learningAll() {
    return joined(flow == ProcessorChain.Flow.APPEND ? inferring() : shared, learning);
  }

  private static List<Step> joined(List<Step> first, List<Step> then) {
    List<Step> all = new ArrayList<>(first);
    all.addAll(then);
    return all;
  }

  private ColumnNames after(List<Step> steps) {
    ColumnNames names = input;
    for (Step step : steps) {
      names = step.after(names);
    }
    return names;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FittedChain chain && toJson().equals(chain.toJson());
  }

  @Override
  public int hashCode() {
    return toJson().hashCode();
  }
}
