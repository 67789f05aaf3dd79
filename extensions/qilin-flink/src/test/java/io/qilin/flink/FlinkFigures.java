package io.qilin.flink;

import io.qilin.api.market.Panel;
import io.qilin.api.record.Tick;
import io.qilin.api.record.TradingPhase;
import io.qilin.data.stream.ClosedWindow;
import io.qilin.data.stream.PackedTick;
import io.qilin.data.stream.PackedTicks;
import io.qilin.data.stream.PipelineBuilder;
import io.qilin.data.stream.StreamPipeline;
import io.qilin.data.stream.StreamSessions;
import io.qilin.data.stream.WindowSpec;
import io.qilin.kafka.KafkaBroker;
import io.qilin.testkit.Panels;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Measures what the README tells; run by hand: {@code FlinkFigures records | latency | batch}. */
final class FlinkFigures {
  private static final long START = Instant.parse("2024-01-02T01:30:00Z").toEpochMilli();

  static final long START_NANOS = START * 1_000_000;

  private FlinkFigures() {}

  public static void main(String[] arguments) throws Exception {
    LocalCluster cluster = LocalCluster.start();
    try {
      switch (arguments[0]) {
        case "records" -> records(cluster, Integer.parseInt(arguments[1]));
        case "latency" -> latency(cluster, Integer.parseInt(arguments[1]));
        default -> batch(cluster);
      }
    } finally {
      cluster.stop();
    }
  }

  static PipelineBuilder<ByteBuffer, PackedTick> describe() {
    PackedTicks ticks = new PackedTicks();
    return StreamPipeline.builder(ticks, ticks, StreamSessions.roundTheClock());
  }

  static PipelineBuilder<ByteBuffer, PackedTick> seconds() {
    return describe()
        .windows(new WindowSpec(
            Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ZERO, Duration.ofNanos(1)));
  }

  static byte[] tick(int share, long millis, long sequence) {
    Instant time = Instant.ofEpochMilli(millis);
    return PackedTicks.write(new Tick(
        RandomLog.symbol(share),
        time,
        time,
        RandomLog.SOURCE,
        sequence,
        10 + sequence % 100 * 0.01,
        100,
        1000,
        TradingPhase.CONTINUOUS));
  }

  /** 2 million ticks of 5,000 shares, 5,000 in a second of event time. */
  private static void records(LocalCluster cluster, int parallelism) throws Exception {
    long count = 2_000_000;
    for (int run = 0; run < 3; run++) {
      StreamExecutionEnvironment environment =
          cluster.environment(parallelism, new Configuration());
      FlinkWindows.Results results = FlinkWindows.of(FlinkFigures::describe, List.of("a"))
          .apply(environment
              .fromSequence(0, count - 1)
              .setParallelism(1)
              .map(i -> SourceMessage.of("a", i, tick((int) (i % 5000), START + i / 5, i / 5000)))
              .returns(Forms.type(Forms.MESSAGE))
              .setParallelism(1));
      results.windows().sinkTo(new DiscardingSink<>());
      results.deadLetters().sinkTo(new DiscardingSink<>());
      long begun = System.nanoTime();
      FlinkJobs.run(environment, "records");
      double seconds = (System.nanoTime() - begun) / 1e9;
      System.out.printf("%d records in %.1f s: %.0f/s%n", count, seconds, count / seconds);
    }
  }

  /** From the record that completes a window into Kafka to the committed window out of it. */
  private static void latency(LocalCluster cluster, int checkpointMillis) throws Exception {
    Path folder = Files.createTempDirectory("latency");
    try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"))) {
      broker.createTopic("ticks", 1);
      broker.createTopic("windows", 1);
      StreamExecutionEnvironment environment =
          cluster.checkpointed(2, Duration.ofMillis(checkpointMillis));
      KafkaIn in = KafkaIn.of(broker.bootstrap(), "ticks", "latency");
      FlinkWindows.Results results =
          FlinkWindows.of(FlinkFigures::seconds, in.sources(1)).apply(in.messages(environment));
      KafkaOut.of(broker.bootstrap(), "windows", "latency").windows(results.windows());
      JobClient job = environment.executeAsync("latency");
      int windows = 400;
      long[] sent = new long[windows + 1];
      double[] latency = new double[windows];
      TopicPartition out = new TopicPartition("windows", 0);
      try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
              java.util.Map.of("bootstrap.servers", broker.bootstrap()),
              new ByteArraySerializer(),
              new ByteArraySerializer());
          KafkaConsumer<byte[], byte[]> consumer = Topics.consumer(broker.bootstrap())) {
        consumer.assign(Set.of(out));
        consumer.seekToBeginning(Set.of(out));
        int told = 0;
        for (int second = 0; told < windows; ) {
          if (second <= windows) {
            sent[second] = System.nanoTime();
            producer.send(
                new ProducerRecord<>("ticks", 0, null, tick(1, START + second * 1000L, second)));
            second++;
          }
          long until = System.nanoTime() + 50_000_000;
          while (System.nanoTime() < until) {
            for (ClosedWindow ignored : Topics.values(
                consumer.poll(Duration.ofMillis(5)).records(out), Forms.WINDOW.codec())) {
              latency[told] = (System.nanoTime() - sent[told + 1]) / 1e6;
              told++;
            }
          }
        }
      }
      job.cancel().get();
      double[] warm = Arrays.copyOfRange(latency, 100, windows);
      Arrays.sort(warm);
      System.out.printf(
          "checkpoints every %d ms: median %.0f ms, p99 %.0f ms%n",
          checkpointMillis, warm[warm.length / 2], warm[(int) (warm.length * 0.99)]);
    }
  }

  /** Alpha158 of 200 shares and 500 days. */
  private static void batch(LocalCluster cluster) throws Exception {
    Panel panel = Panels.random(200, 500, 3);
    var fields = List.copyOf(FactorSets.alpha158().fields());
    List<FactorRow> rows = PanelRows.shuffled(panel, fields, 1);
    for (int run = 0; run < 3; run++) {
      StreamExecutionEnvironment environment = cluster.environment(2);
      FlinkFactors.of(FactorSets::alpha158, fields)
          .batch(environment.fromData(rows, Forms.type(Forms.ROW)), panel.days())
          .sinkTo(new DiscardingSink<>());
      long begun = System.nanoTime();
      FlinkJobs.run(environment, "batch");
      double seconds = (System.nanoTime() - begun) / 1e9;
      double values = rows.size() * 158.0;
      System.out.printf(
          "%.1f million values in %.1f s: %.2f million/s%n",
          values / 1e6, seconds, values / 1e6 / seconds);
    }
  }
}
