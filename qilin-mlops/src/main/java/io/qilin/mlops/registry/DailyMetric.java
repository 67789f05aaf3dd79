package io.qilin.mlops.registry;

import io.qilin.api.error.QilinException;
import io.qilin.core.report.NumberText;
import java.util.Objects;

/**
 * A figure of one day's scores and outcomes by which two models are compared.
 *
 * @param name for people and records, 1 to 100 characters
 * @param higherIsBetter false for an error
 * @param baseline what a model without skill has; {@code NaN} if that is not known
 * @param figure computes it
 */
public record DailyMetric(String name, boolean higherIsBetter, double baseline, Figure figure) {
  private static final int MAX_NAME = 100;

  /** Computes a figure of one day. Must be pure: equal rows give equal figures. */
  @FunctionalInterface
  public interface Figure {
    /**
     * The figure.
     *
     * @param scores one a row, finite; at least one
     * @param labels the outcomes of the same rows, finite
     * @return finite, or {@code NaN} if the day has none
     */
    double of(double[] scores, double[] labels);
  }

  /**
   * Checks.
   *
   * @throws QilinException INVALID_ARGUMENT for a blank or long name or an infinite baseline
   */
  public DailyMetric {
    Objects.requireNonNull(figure, "figure");
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw QilinException.invalid("a metric's name has 1 to " + MAX_NAME + " characters, was "
          + QilinException.quote(name));
    }
    if (Double.isInfinite(baseline)) {
      throw QilinException.invalid("a baseline is finite, or NaN if it is not known");
    }
  }

  /**
   * The part of the rows whose direction was right: the score above the threshold and the label above zero, or neither. Without
   * skill it is a half where labels rise and fall equally often.
   *
   * @param threshold 0 for a predicted return, 0.5 for a probability
   */
  public static DailyMetric accuracy(double threshold) {
    return new DailyMetric("accuracy", true, 0.5, (scores, labels) -> {
      int right = 0;
      for (int i = 0; i < scores.length; i++) {
        right += (scores[i] > threshold) == (labels[i] > 0) ? 1 : 0;
      }
      return (double) right / scores.length;
    });
  }

  /** Spearman's correlation of scores and labels with mean ranks for ties, as Qlib's Rank IC; a day needs three rows. */
  public static DailyMetric rankIc() {
    return new DailyMetric("rank_ic", true, 0, Ranks::correlation);
  }

  /**
   * The mean label of the rows with the highest scores: the profit of a day if the label is the return after costs of one held for
   * it. Of equal scores the row that stands first counts as higher.
   *
   * @param part which part of the rows, in (0, 1]; at least one row
   * @throws QilinException INVALID_ARGUMENT for another part
   */
  public static DailyMetric topReturn(double part) {
    if (!(part > 0 && part <= 1)) {
      throw QilinException.invalid("the part with the highest scores is in (0, 1], was " + part);
    }
    return new DailyMetric(
        "top_return_" + NumberText.fixed(part, 3),
        true,
        0,
        (scores, labels) -> Ranks.meanOfTop(scores, labels, part));
  }

  /** The mean square of score less label. A model without skill has the variance of the labels, which is not known beforehand. */
  public static DailyMetric meanSquaredError() {
    return new DailyMetric("mean_squared_error", false, Double.NaN, (scores, labels) -> {
      double sum = 0;
      for (int i = 0; i < scores.length; i++) {
        sum += (scores[i] - labels[i]) * (scores[i] - labels[i]);
      }
      return sum / scores.length;
    });
  }
}
