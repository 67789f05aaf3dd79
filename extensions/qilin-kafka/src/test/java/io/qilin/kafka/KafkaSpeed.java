package io.qilin.kafka;

import io.qilin.api.stream.StreamMessage;
import io.qilin.api.stream.StreamReceiver;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * How fast it is, with a broker in the same JVM: ticks a second through a pipeline into windows, records a second through a
 * relay, and the time from the send of a record to its result at a reader of committed records, at 1,000 records a second.
 */
final class KafkaSpeed {
  private static final int TICKS = 400_000;
  private static final int COPIES = 200_000;
  private static final int PACED = 20_000;
  private static final long PACE_NANOS = 1_000_000;

  private final PrintStream out;
  private final KafkaBroker broker;
  private final KafkaSettings settings;

  private KafkaSpeed(PrintStream out, KafkaBroker broker) {
    this.out = out;
    this.broker = broker;
    this.settings = KafkaSettings.builder(broker.bootstrap()).build();
  }

  /**
   * Prints the figures.
   *
   * @param args none
   */
  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path folder = Files.createTempDirectory("kafka-speed");
    try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"))) {
      KafkaSpeed speed = new KafkaSpeed(out, broker);
      for (int round = 0; round < 2; round++) {
        speed.windows(folder, round);
        speed.relay(round);
        speed.latency(round);
      }
    }
  }

  private void windows(Path folder, int round) {
    String ticks = "ticks-" + round;
    String windows = "windows-" + round;
    broker.createTopic(ticks, 1);
    broker.createTopic(windows, 1);
    Records.send(broker.bootstrap(), TickFeed.records(ticks, 0, TICKS));
    TickWindows stream =
        new TickWindows(settings, ticks, windows, folder.resolve("checkpoint-" + round));
    long start = System.nanoTime();
    stream.finish(stream.sink());
    told("ticks to windows", TICKS, System.nanoTime() - start);
  }

  private void told(String what, int count, long nanos) {
    out.printf(Locale.ROOT, "%s: %,.0f a second%n", what, count * 1e9 / nanos);
  }

  private KafkaRelay copier(String in, String result, String dead) {
    return KafkaRelay.builder(settings, in + "-group", in + "-relay", dead)
        .topic(in, PayloadSchemas.ANY, (message, output) -> output.send(result, copy(message)))
        .batch(2000)
        .waitFor(Duration.ofMillis(5))
        .build();
  }

  private static StreamMessage<byte[]> copy(StreamMessage<ByteBuffer> message) {
    byte[] payload = new byte[message.payload().remaining()];
    message.payload().get(payload);
    return new StreamMessage<>(
        message.id(), StreamMessage.NO_POSITION, message.key(), Instant.EPOCH, payload);
  }

  private void relay(int round) {
    String in = "in-" + round;
    for (String topic : new String[] {in, in + "-out", in + "-dead"}) {
      broker.createTopic(topic, 1);
    }
    Records.send(broker.bootstrap(), TickFeed.records(in, 0, COPIES));
    try (KafkaRelay relay = copier(in, in + "-out", in + "-dead")) {
      long start = System.nanoTime();
      for (int taken = 0; taken < COPIES; ) {
        taken += relay.step();
      }
      told("relay", COPIES, System.nanoTime() - start);
    }
  }

  private void latency(int round) throws Exception {
    String in = "paced-" + round;
    for (String topic : new String[] {in, in + "-out", in + "-dead"}) {
      broker.createTopic(topic, 1);
    }
    ExecutorService host = Executors.newFixedThreadPool(2);
    AtomicBoolean done = new AtomicBoolean();
    long[] nanos = new long[PACED];
    try (KafkaReader reader = KafkaReader.builder(settings, in + "-judge", StartAt.EARLIEST)
        .topic(in + "-out")
        .open()) {
      Future<?> relaying = host.submit(() -> {
        try (KafkaRelay relay = copier(in, in + "-out", in + "-dead")) {
          while (!done.get()) {
            relay.step();
          }
        }
      });
      Future<?> sending = host.submit(() -> pace(in));
      Delays delays = new Delays(nanos);
      while (delays.count < PACED) {
        reader.sources().get(0).poll(1000, delays);
        LockSupport.parkNanos(200_000);
      }
      done.set(true);
      sending.get();
      relaying.get();
    } finally {
      host.shutdown();
    }
    Arrays.sort(nanos);
    out.printf(
        Locale.ROOT,
        "end to end at 1,000 a second: p50 %.1f ms, p99 %.1f ms%n",
        nanos[PACED / 2] / 1e6,
        nanos[PACED * 99 / 100] / 1e6);
  }

  private void pace(String topic) {
    try (var producer = Records.producer(broker.bootstrap())) {
      long start = System.nanoTime();
      for (int i = 0; i < PACED; i++) {
        while (System.nanoTime() < start + i * PACE_NANOS) {
          LockSupport.parkNanos(100_000);
        }
        byte[] payload = ByteBuffer.allocate(57).putLong(System.nanoTime()).array();
        producer.send(new ProducerRecord<>(topic, 0, null, payload));
      }
    }
  }

  private static final class Delays implements StreamReceiver<ByteBuffer> {
    private final long[] nanos;
    private int count;

    Delays(long[] nanos) {
      this.nanos = nanos;
    }

    @Override
    public void message(long position, ByteBuffer payload) {
      nanos[count++] = System.nanoTime() - payload.getLong();
    }

    @Override
    public void damaged(long position, long bytes, String reason) {
      throw new AssertionError(reason);
    }
  }
}
