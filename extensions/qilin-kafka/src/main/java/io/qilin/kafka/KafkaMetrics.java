package io.qilin.kafka;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lag as meters, which are taken away by {@link #close}. Needs {@code micrometer-core}. Thread-safe.
 *
 * <p>Of a reader, with the tag {@code group}: the gauges {@code qilin.kafka.unread} and {@code qilin.kafka.uncommitted} in
 * offsets, with the tag {@code source} ({@code market_data-0}), {@code NaN} while not known, and {@code qilin.kafka.silence} in
 * seconds. Of a relay, with the tags {@code group} and {@code writer}: the gauges {@code qilin.kafka.relay.unread} in offsets and
 * {@code qilin.kafka.relay.partitions}, and the counter {@code qilin.kafka.relay.abandoned} in batches.
 */
public final class KafkaMetrics implements AutoCloseable {
  private final MeterRegistry registry;
  private final List<Meter> meters = new ArrayList<>();

  private KafkaMetrics(MeterRegistry registry) {
    this.registry = Objects.requireNonNull(registry, "registry");
  }

  /** Measures all partitions of a reader. */
  public static KafkaMetrics of(KafkaReader reader, MeterRegistry registry) {
    KafkaMetrics metrics = new KafkaMetrics(registry);
    for (KafkaStreamSource source : reader.sources()) {
      String[] tags = {"group", reader.group(), "source", source.id()};
      metrics.add("qilin.kafka.unread", null, () -> unread(source.lag()), tags);
      metrics.add("qilin.kafka.uncommitted", null, () -> source.lag().uncommitted(), tags);
    }
    metrics.add(
        "qilin.kafka.silence",
        "seconds",
        () -> reader.health().silence().toMillis() / 1000.0,
        "group",
        reader.group());
    return metrics;
  }

  /** Measures what a relay has of its group's partitions. */
  public static KafkaMetrics of(KafkaRelay relay, MeterRegistry registry) {
    KafkaMetrics metrics = new KafkaMetrics(registry);
    String[] tags = {"group", relay.group(), "writer", relay.writer()};
    metrics.add("qilin.kafka.relay.unread", null, () -> relay.health().unread(), tags);
    metrics.add(
        "qilin.kafka.relay.partitions", null, () -> relay.health().partitions().size(), tags);
    metrics.meters.add(
        FunctionCounter.builder("qilin.kafka.relay.abandoned", relay, KafkaRelay::abandoned)
            .tags(tags)
            .register(registry));
    return metrics;
  }

  private void add(String name, @Nullable String unit, Supplier<Number> reading, String... tags) {
    meters.add(Gauge.builder(name, reading).baseUnit(unit).tags(tags).register(registry));
  }

  private static double unread(PartitionLag lag) {
    return lag.unread() == PartitionLag.NOT_KNOWN ? Double.NaN : lag.unread();
  }

  /** Takes the meters away. */
  @Override
  public synchronized void close() {
    meters.forEach(registry::remove);
    meters.clear();
  }
}
