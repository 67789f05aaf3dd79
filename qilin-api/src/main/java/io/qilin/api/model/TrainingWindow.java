package io.qilin.api.model;

import io.qilin.api.error.QilinException;
import java.time.LocalDate;

/**
 * The trading dates from which a model has learnt. A later judgement of the model is honest only on dates after {@link
 * #labelsUntil}.
 *
 * @param first the first date whose rows were used, for training or for stopping early
 * @param last the last such date, not before first
 * @param labelsUntil the last date whose prices a label looks at: last, moved on by the label's horizon in trading days. For
 *     Qlib's label {@code Ref($close,-2)/Ref($close,-1)-1} that is two trading days after last
 */
public record TrainingWindow(LocalDate first, LocalDate last, LocalDate labelsUntil) {
  /**
   * Checks the order.
   *
   * @throws QilinException INVALID_ARGUMENT if the dates do not follow each other
   */
  public TrainingWindow {
    if (last.isBefore(first) || labelsUntil.isBefore(last)) {
      throw QilinException.invalid("a training window runs from its first date to its last, and its"
          + " labels look no less far: got " + first + ", " + last + ", labels until "
          + labelsUntil);
    }
  }

  /** Whether a date is strictly later than all that the model has seen. */
  public boolean isBefore(LocalDate date) {
    return labelsUntil.isBefore(date);
  }
}
