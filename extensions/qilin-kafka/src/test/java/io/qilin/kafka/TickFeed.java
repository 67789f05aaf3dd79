package io.qilin.kafka;

import io.qilin.api.market.Symbol;
import io.qilin.api.record.Provenance;
import io.qilin.api.record.Tick;
import io.qilin.api.record.TradingPhase;
import io.qilin.data.stream.PackedTicks;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Numbered ticks of seven shares, one a second of event time. */
final class TickFeed {
  private static final Instant START = Instant.parse("2024-01-02T01:30:00Z");
  private static final Provenance SOURCE = new Provenance("test", "made", true);
  private static final int SHARES = 7;

  private TickFeed() {}

  static byte[] tick(int number) {
    Instant time = START.plusSeconds(number);
    double price = 10 + number % 13 / 100.0;
    return PackedTicks.write(new Tick(
        Symbol.parse("60000" + number % SHARES + ".SH"),
        time,
        time,
        SOURCE,
        number / SHARES,
        price,
        100,
        price * 100,
        TradingPhase.CONTINUOUS));
  }

  static ProducerRecord<byte[], byte[]> record(String topic, int number) {
    return new ProducerRecord<>(topic, 0, null, tick(number));
  }

  static List<ProducerRecord<byte[], byte[]>> records(String topic, int from, int to) {
    return records(topic, 1, from, to);
  }

  /** Those of one share in one partition. */
  static List<ProducerRecord<byte[], byte[]>> records(
      String topic, int partitions, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(number -> new ProducerRecord<byte[], byte[]>(
            topic, number % SHARES % partitions, null, tick(number)))
        .toList();
  }
}
