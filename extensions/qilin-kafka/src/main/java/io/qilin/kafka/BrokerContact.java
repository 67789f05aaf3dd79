package io.qilin.kafka;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/**
 * For how long a broker has not answered. A client that has lost its broker hands over nothing, as one that has read all; but
 * a living broker answers each fetch, also with nothing. So what counts is the number of answers. Time in which nobody asked
 * is not silence.
 */
final class BrokerContact {
  private static final long LONGEST_GAP = Duration.ofSeconds(1).toNanos();

  private final Metric answers;
  private final LongSupplier ticker;
  private final long outage;

  private double last;
  private long lastTick;
  private long silent;

  BrokerContact(Consumer<?, ?> consumer, LongSupplier ticker, Duration outage) {
    this.answers = consumer.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals("fetch-total")
            && metric.getKey().group().equals("consumer-fetch-manager-metrics"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new QilinException(
            ErrorCode.UNSUPPORTED, "this version of Kafka's client does not count its fetches"));
    this.ticker = ticker;
    this.outage = outage.toNanos();
    this.lastTick = ticker.getAsLong();
  }

  /** Looks whether there was an answer since the last look. */
  void look() {
    long now = ticker.getAsLong();
    Object value = answers.metricValue();
    double count = value instanceof Number number ? number.doubleValue() : 0;
    silent = count == last ? silent + Math.min(LONGEST_GAP, now - lastTick) : 0;
    last = count;
    lastTick = now;
  }

  Duration silence() {
    return Duration.ofNanos(silent);
  }

  /** Requires that the broker answered within the time that is allowed. */
  void require() {
    if (silent > outage) {
      throw new QilinException(
          ErrorCode.NETWORK,
          "the Kafka broker has not answered for " + silence().toSeconds()
              + " s; reading goes on by itself when it does");
    }
  }
}
