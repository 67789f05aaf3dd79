package io.qilin.ops.alert;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.metrics.QilinMeter;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Reads the metrics of rules from a registry. A meter that is not there, or of which several series fit, has no reading: a sum
 * or a choice would be a guess. Immutable; as safe to share as the registry.
 */
public final class MeterReadings implements Supplier<Map<String, Reading>> {
  private final Map<String, Supplier<Optional<Reading>>> sources;

  private MeterReadings(Map<String, Supplier<Optional<Reading>>> sources) {
    this.sources = Map.copyOf(sources);
  }

  /**
   * The metrics of {@link AlertRule#DEFAULTS} and {@code daily_recommendations}, as {@link
   * io.qilin.ops.metrics.BusinessMetrics} shows them; the sample of the accuracy is its number of predictions.
   */
  public static MeterReadings business(MeterRegistry registry) {
    return builder(registry)
        .gauge("daily_recommendations", QilinMeter.DAILY_RECOMMENDATIONS.meterName())
        .sampledGauge(
            "prediction_accuracy",
            QilinMeter.PREDICTION_ACCURACY.meterName(),
            QilinMeter.PREDICTION_SAMPLE.meterName())
        .gauge("trading_profit", QilinMeter.TRADING_PROFIT.meterName())
        .gauge("system_latency", QilinMeter.SYSTEM_LATENCY.meterName())
        .build();
  }

  /** Readings without metrics yet. */
  public static Builder builder(MeterRegistry registry) {
    return new Builder(registry);
  }

  @Override
  public Map<String, Reading> get() {
    Map<String, Reading> readings = new HashMap<>();
    sources.forEach((metric, source) -> source.get().ifPresent(read -> readings.put(metric, read)));
    return readings;
  }

  /** Which metric is read from which meter. For one thread. */
  public static final class Builder {
    private final MeterRegistry registry;
    private final Map<String, Supplier<Optional<Reading>>> sources = new LinkedHashMap<>();

    private Builder(MeterRegistry registry) {
      this.registry = Objects.requireNonNull(registry, "registry");
    }

    /**
     * A metric is a gauge.
     *
     * @param tags names and values in turn that the series has
     * @throws QilinException INVALID_CONFIGURATION for an odd number of them, or a metric that is there
     */
    public Builder gauge(String metric, String meter, String... tags) {
      String[] kept = pairs(metric, tags);
      return source(metric, () -> value(meter, kept).map(Reading::of));
    }

    /**
     * A metric is a gauge without tags.
     *
     * @param sample another gauge without tags: how many observations the value is from; not known is none
     * @throws QilinException INVALID_CONFIGURATION for a metric that is there
     */
    public Builder sampledGauge(String metric, String meter, String sample) {
      return source(
          metric,
          () -> value(meter)
              .map(number ->
                  new Reading(number, value(sample).map(Double::longValue).orElse(0L))));
    }

    /**
     * A metric is the greatest time of a timer of late, in milliseconds; the sample is its count.
     *
     * @param tags names and values in turn that the series has
     * @throws QilinException INVALID_CONFIGURATION for an odd number of them, or a metric that is there
     */
    public Builder timerMax(String metric, String meter, String... tags) {
      String[] kept = pairs(metric, tags);
      return source(
          metric, () -> only(registry.find(meter).tags(kept).timers()).map(Builder::longest));
    }

    private Builder source(String metric, Supplier<Optional<Reading>> source) {
      if (sources.putIfAbsent(Objects.requireNonNull(metric, "metric"), source) != null) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "two readings are called " + QilinException.quote(metric));
      }
      return this;
    }

    /** The registry would refuse others with every reading, of all metrics. */
    private static String[] pairs(String metric, String... tags) {
      if (tags.length % 2 != 0) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "the tags of the reading " + QilinException.quote(metric)
                + " are names and values in turn, were " + tags.length + " texts");
      }
      return tags.clone();
    }

    private static Reading longest(Timer timer) {
      return new Reading(timer.max(TimeUnit.MILLISECONDS), timer.count());
    }

    private Optional<Double> value(String meter, String... tags) {
      return only(registry.find(meter).tags(tags).gauges()).map(Gauge::value);
    }

    private static <T> Optional<T> only(Collection<T> found) {
      return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
    }

    /** The readings. */
    public MeterReadings build() {
      return new MeterReadings(sources);
    }
  }
}
