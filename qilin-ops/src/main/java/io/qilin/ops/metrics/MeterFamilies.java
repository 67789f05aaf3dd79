package io.qilin.ops.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the meters of the table in a registry, and refuses what is no measurement: a value that is not finite, or negative
 * where that cannot be, is counted instead of recorded. Thread-safe.
 */
final class MeterFamilies {
  /** Upper bounds of the buckets of timers; the usual ones of Prometheus clients. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry registry;
  private final BoundedMeters<Counter> refused;
  private final BoundedMeters<Counter> folded;

  MeterFamilies(MeterRegistry registry) {
    this.registry = registry;
    this.refused = new BoundedMeters<>(
        QilinMeter.REFUSED, tags -> counter(QilinMeter.REFUSED, tags), () -> {});
    this.folded =
        new BoundedMeters<>(QilinMeter.FOLDED, tags -> counter(QilinMeter.FOLDED, tags), () -> {});
  }

  MeterRegistry registry() {
    return registry;
  }

  BoundedMeters<Counter> counters(QilinMeter meter) {
    return new BoundedMeters<>(meter, tags -> counter(meter, tags), () -> folded(meter));
  }

  Counter counter(QilinMeter meter) {
    return counter(meter, Tags.empty());
  }

  BoundedMeters<Timer> timers(QilinMeter meter) {
    return new BoundedMeters<>(meter, tags -> timer(meter, tags), () -> folded(meter));
  }

  BoundedMeters<DistributionSummary> summaries(QilinMeter meter) {
    return new BoundedMeters<>(
        meter,
        tags -> DistributionSummary.builder(meter.meterName())
            .description(meter.description())
            .baseUnit(unit(meter))
            .tags(tags)
            .register(registry),
        () -> folded(meter));
  }

  BoundedMeters<HeldValue> gauges(QilinMeter meter) {
    return new BoundedMeters<>(
        meter,
        tags -> {
          HeldValue held = new HeldValue();
          gauge(meter, tags, held::value);
          return held;
        },
        () -> folded(meter));
  }

  /** A gauge that asks; it holds whom it asks. */
  Gauge gauge(QilinMeter meter, DoubleSupplier asked) {
    return gauge(meter, Tags.empty(), asked);
  }

  void count(QilinMeter meter, Counter counter, double amount) {
    if (measurable(amount)) {
      counter.increment(amount);
    } else {
      refused(meter);
    }
  }

  void time(QilinMeter meter, BoundedMeters<Timer> timers, List<String> tags, long nanos) {
    if (nanos >= 0) {
      timers.of(tags).record(nanos, TimeUnit.NANOSECONDS);
    } else {
      refused(meter);
    }
  }

  void sample(
      QilinMeter meter, BoundedMeters<DistributionSummary> all, List<String> tags, double value) {
    if (measurable(value)) {
      all.of(tags).record(value);
    } else {
      refused(meter);
    }
  }

  void show(QilinMeter meter, BoundedMeters<HeldValue> gauges, List<String> tags, double value) {
    if (Double.isFinite(value)) {
      gauges.of(tags).set(value);
    } else {
      refused(meter);
    }
  }

  void refused(QilinMeter meter) {
    refused.of(List.of(meter.meterName())).increment();
  }

  private void folded(QilinMeter meter) {
    folded.of(List.of(meter.meterName())).increment();
  }

  private static boolean measurable(double amount) {
    return Double.isFinite(amount) && amount >= 0;
  }

  private Counter counter(QilinMeter meter, Tags tags) {
    return Counter.builder(meter.meterName())
        .description(meter.description())
        .tags(tags)
        .register(registry);
  }

  private Timer timer(QilinMeter meter, Tags tags) {
    return Timer.builder(meter.meterName())
        .description(meter.description())
        .serviceLevelObjectives(BUCKETS)
        .tags(tags)
        .register(registry);
  }

  /** A registry itself holds what a gauge reads only weakly, and would show NaN after a while. */
  private Gauge gauge(QilinMeter meter, Tags tags, DoubleSupplier asked) {
    return Gauge.builder(meter.meterName(), asked, DoubleSupplier::getAsDouble)
        .description(meter.description())
        .baseUnit(unit(meter))
        .strongReference(true)
        .tags(tags)
        .register(registry);
  }

  /** An empty unit would put an underscore at the end of Prometheus' name. */
  private static @Nullable String unit(QilinMeter meter) {
    return meter.unit().isEmpty() ? null : meter.unit();
  }
}
