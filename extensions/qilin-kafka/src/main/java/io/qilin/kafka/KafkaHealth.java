package io.qilin.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a reader is, as of its last look at the broker.
 *
 * @param silence how long the broker has answered no fetch while it was asked; zero without a ticker
 * @param partitions the lag of each partition, in the order of the sources
 */
public record KafkaHealth(Duration silence, List<PartitionLag> partitions) {
  /** Copies the list. */
  public KafkaHealth {
    Objects.requireNonNull(silence, "silence");
    partitions = List.copyOf(partitions);
  }

  /** All unread offsets that are known. */
  public long unread() {
    return partitions.stream().mapToLong(lag -> Math.max(0, lag.unread())).sum();
  }
}
