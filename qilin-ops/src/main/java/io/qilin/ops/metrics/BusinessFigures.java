package io.qilin.ops.metrics;

import io.qilin.api.money.Money;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How the business is at one moment; what is not known is empty. Immutable.
 *
 * @param recommendations of this day
 * @param accuracy the part of the judged predictions that came true, 0 to 1
 * @param predictions how many predictions the accuracy is from
 * @param profit of this day in yuan; a loss is negative
 * @param latency how long an answer takes, end to end
 */
public record BusinessFigures(
    OptionalLong recommendations,
    OptionalDouble accuracy,
    OptionalLong predictions,
    Optional<Money> profit,
    Optional<Duration> latency) {
  /** Nothing is known. */
  public static final BusinessFigures UNKNOWN = new BusinessFigures(
      OptionalLong.empty(),
      OptionalDouble.empty(),
      OptionalLong.empty(),
      Optional.empty(),
      Optional.empty());

  /** Checks that nothing is missing. */
  public BusinessFigures {
    Objects.requireNonNull(recommendations, "recommendations");
    Objects.requireNonNull(accuracy, "accuracy");
    Objects.requireNonNull(predictions, "predictions");
    Objects.requireNonNull(profit, "profit");
    Objects.requireNonNull(latency, "latency");
  }

  /** The same with the day's recommendations. */
  public BusinessFigures withRecommendations(long count) {
    return new BusinessFigures(OptionalLong.of(count), accuracy, predictions, profit, latency);
  }

  /**
   * The same with an accuracy.
   *
   * @param part of the judged predictions that came true, 0 to 1; NaN is not known
   * @param judged how many there were
   */
  public BusinessFigures withAccuracy(double part, long judged) {
    return new BusinessFigures(
        recommendations, OptionalDouble.of(part), OptionalLong.of(judged), profit, latency);
  }

  /** The same with the day's profit. */
  public BusinessFigures withProfit(Money yuan) {
    return new BusinessFigures(recommendations, accuracy, predictions, Optional.of(yuan), latency);
  }

  /** The same with a latency; a negative one is not known. */
  public BusinessFigures withLatency(Duration time) {
    return new BusinessFigures(recommendations, accuracy, predictions, profit, Optional.of(time));
  }
}
