package io.qilin.mlops.dataset;

import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import java.util.List;
import java.util.Objects;

/**
 * The processors of Qlib's handler: raw values go through the shared ones; then through those of inference, which gives what a
 * model predicts from; and through those of learning, which gives what it learns from. Each is fitted on what the one before it
 * gives, over the days of the fit and no others.
 *
 * <p>A model has to see the same features in both: with {@link Flow#APPEND} let the learning list change labels and rows only.
 *
 * @param shared first, for both
 * @param inference then, for what is predicted from
 * @param learning then, for what is learnt from
 * @param flow what the learning processors work on
 */
public record ProcessorChain(
    List<Processor> shared, List<Processor> inference, List<Processor> learning, Flow flow) {
  /** What the learning processors work on; Qlib's {@code process_type}. */
  public enum Flow {
    /** On what the inference processors give; Qlib's default. */
    APPEND,
    /** On what the shared processors give. */
    INDEPENDENT
  }

  /**
   * Copies the lists.
   *
   * @throws QilinException INVALID_ARGUMENT if a shared or inference processor needs labels, or there are more than 100
   */
  public ProcessorChain {
    shared = List.copyOf(shared);
    inference = List.copyOf(inference);
    learning = List.copyOf(learning);
    Objects.requireNonNull(flow, "flow");
    if (shared.size() + inference.size() + learning.size() > 100) {
      throw QilinException.invalid("a chain has at most 100 processors");
    }
    for (List<Processor> list : List.of(shared, inference)) {
      for (Processor processor : list) {
        if (!processor.usableForInference()) {
          throw QilinException.invalid(processor.name()
              + " needs labels, which are not known when one predicts; put it into the learning"
              + " list");
        }
      }
    }
  }

  /** Qlib's Alpha158: nothing for inference; for learning {@code DropnaLabel} and {@code CSZScoreNorm} of the label. */
  public static ProcessorChain alpha158() {
    return new ProcessorChain(List.of(), List.of(), labelsOnly(), Flow.APPEND);
  }

  /**
   * Qlib's Alpha360: {@code ProcessInf}, {@code ZScoreNorm}, {@code Fillna} for inference; for learning as Alpha158. As in Qlib the
   * first three work on labels too, so that a label that is not known becomes 0 and is learnt from; with {@link
   * Columns#FEATURES} in their place it is dropped.
   */
  public static ProcessorChain alpha360() {
    return new ProcessorChain(
        List.of(),
        List.of(
            new Processor.ProcessInf(),
            new Processor.ZScoreNorm(Columns.ALL),
            new Processor.Fillna(Columns.ALL, 0)),
        labelsOnly(),
        Flow.APPEND);
  }

  private static List<Processor> labelsOnly() {
    return List.of(
        new Processor.DropnaLabel(),
        new Processor.CsZScoreNorm(Columns.LABELS, Processor.CsZScoreNorm.Method.ZSCORE));
  }

  /**
   * Fits it; {@link #fit(FeatureFrame, DayRange, Cancellation)} that nobody cancels.
   *
   * @throws QilinException as there
   */
  public FittedChain fit(FeatureFrame frame, DayRange on) {
    return fit(frame, on, new Cancellation());
  }

  /**
   * Fits it. Looks at the rows of the given days only. Memory beside the tables: one day, and the values of some columns over
   * the fit, 256 MiB or one column.
   *
   * @param on the days to learn from, usually {@link Segments#train()}
   * @throws QilinException DATE_OUT_OF_RANGE if no day is in the frame; DATA_QUALITY if a column holds infinities that make its
   *     parameters infinite; DATA_NOT_FOUND for a column that is named and not there; LIMIT_EXCEEDED for more rows than an array
   *     holds; CANCELLED
   */
  public FittedChain fit(FeatureFrame frame, DayRange on, Cancellation cancellation) {
    return new ChainFit(this, frame, on, cancellation).run();
  }
}
