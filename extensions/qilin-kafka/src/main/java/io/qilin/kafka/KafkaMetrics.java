package io.qilin.kafka;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Lag as gauges: {@code qilin.kafka.unread} and {@code qilin.kafka.uncommitted} in offsets, with the tag {@code source} ({@code
 * market_data-0}), {@code NaN} while not known, and {@code qilin.kafka.silence} in seconds. They are taken away by {@link #close}. Needs
 * {@code micrometer-core}. Thread-safe.
 */
public final class KafkaMetrics implements AutoCloseable {
  private final MeterRegistry registry;
  private final List<Gauge> gauges = new ArrayList<>();

  private KafkaMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Measures all partitions of a reader. */
  public static KafkaMetrics of(KafkaReader reader, MeterRegistry registry) {
    KafkaMetrics metrics = new KafkaMetrics(Objects.requireNonNull(registry, "registry"));
    Supplier<KafkaHealth> health = reader::health;
    for (KafkaStreamSource source : reader.sources()) {
      String id = source.id();
      metrics.add("qilin.kafka.unread", id, () -> unread(health.get(), id));
      metrics.add("qilin.kafka.uncommitted", id, () -> uncommitted(health.get(), id));
    }
    metrics.gauges.add(Gauge.builder("qilin.kafka.silence", health, KafkaMetrics::silence)
        .baseUnit("seconds")
        .strongReference(true)
        .register(registry));
    return metrics;
  }

  private void add(String name, String source, Supplier<Number> reading) {
    gauges.add(Gauge.builder(name, reading).tag("source", source).register(registry));
  }

  private static double silence(Supplier<KafkaHealth> health) {
    return health.get().silence().toMillis() / 1000.0;
  }

  private static double unread(KafkaHealth health, String source) {
    for (PartitionLag lag : health.partitions()) {
      if (lag.source().equals(source) && lag.unread() != PartitionLag.NOT_KNOWN) {
        return lag.unread();
      }
    }
    return Double.NaN;
  }

  private static double uncommitted(KafkaHealth health, String source) {
    for (PartitionLag lag : health.partitions()) {
      if (lag.source().equals(source)) {
        return lag.uncommitted();
      }
    }
    return Double.NaN;
  }

  /** Takes the gauges away. */
  @Override
  public synchronized void close() {
    gauges.forEach(registry::remove);
    gauges.clear();
  }
}
