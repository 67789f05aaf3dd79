package io.qilin.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import io.qilin.data.stream.PackedTick;
import io.qilin.data.stream.StreamPipeline;
import io.qilin.testkit.Await;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
class KafkaReaderTest {
  @TempDir
  Path folder;

  private String topic;

  @BeforeEach
  void topic() {
    topic = SharedBroker.topic(1);
  }

  private static String bootstrap() {
    return SharedBroker.broker().bootstrap();
  }

  private ReaderBuilder reader(StartAt start) {
    return KafkaReader.builder(SharedBroker.settings(), topic + "-group", start).topic(topic);
  }

  private void write(String... texts) {
    Records.write(bootstrap(), topic, List.of(texts));
  }

  private static void refused(ErrorCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).as("%s", e).isEqualTo(code));
  }

  @Test
  void whenARecordIsGarbage_thenItIsPassedOverAsDamagedAndTheRestComes() {
    ProducerRecord<byte[], byte[]> newer = Records.record(topic, "newer");
    RecordHeaders.add(newer.headers(), new SchemaVersion("ticks", 9, 0));
    ProducerRecord<byte[], byte[]> odd = Records.record(topic, "odd");
    odd.headers().add(KafkaHeaders.SCHEMA, new byte[10_000]);
    odd.headers().add(KafkaHeaders.SCHEMA_VERSION, new byte[] {(byte) 0xff, 0});
    Records.send(
        bootstrap(),
        List.of(
            Records.record(topic, "a"),
            new ProducerRecord<>(topic, 0, null, null),
            Records.record(topic, "much too long"),
            newer,
            odd,
            Records.record(topic, "b")));
    PayloadSchemas schemas = PayloadSchemas.of(new SchemaVersion("ticks", 1, 0)).absentIsCurrent();
    try (KafkaReader reader =
        reader(StartAt.EARLIEST).topic(topic, schemas).mostBytes(8).open()) {
      Taken taken = new Taken().from(reader.sources().get(0), 6);
      assertThat(taken.texts).containsExactly("a", "b");
      assertThat(taken.positions).containsExactly(0L, 5L);
      assertThat(taken.damages).hasSize(4);
      assertThat(taken.damages.get(0)).isEqualTo("1 0 the record has no payload");
      assertThat(taken.damages.get(1)).startsWith("2 13 ").contains("13 bytes", "8 at most");
      assertThat(taken.damages.get(2)).startsWith("3 5 ").contains("ticks 9.0");
      assertThat(taken.damages.get(3)).startsWith("4 3 ");
    }
  }

  @Test
  void whenATransactionIsOpenOrAborted_thenNothingOfItIsRead() {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", bootstrap(), "transactional.id", topic);
    try (var producer =
            new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        KafkaReader reader = reader(StartAt.EARLIEST).open()) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(Records.record(topic, "aborted"));
      producer.flush();
      KafkaStreamSource source = reader.sources().get(0);
      Taken taken = new Taken();
      assertThat(source.poll(10, taken)).isZero();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(Records.record(topic, "committed"));
      producer.commitTransaction();
      taken.from(source, 1);
      assertThat(taken.texts).containsExactly("committed");
      Await.until("the end of both is passed", () -> {
        source.poll(10, taken);
        return source.position() >= 4;
      });
      assertThat(taken.count()).isEqualTo(1);
      assertThat(reader.health().unread()).isZero();
    }
  }

  @Test
  void whenNothingIsCommitted_thenItBeginsWhereItIsToldAndThatIsDecidedOnce() {
    write("a", "b");
    refused(ErrorCode.DATA_NOT_FOUND, () -> reader(StartAt.COMMITTED).open().close());
    reader(StartAt.LATEST).open().close();
    write("c");
    for (StartAt start : StartAt.values()) {
      try (KafkaReader reader = reader(start).open()) {
        assertThat(new Taken().from(reader.sources().get(0), 1).texts).containsExactly("c");
      }
    }
  }

  @Test
  void whenAPartitionIsAdded_thenTheNextReaderBeginsWithItsFirstRecord() throws Exception {
    reader(StartAt.LATEST).open().close();
    SharedBroker.addPartition(topic, 2);
    Records.send(bootstrap(), List.of(new ProducerRecord<>(topic, 1, null, new byte[] {'x'})));
    try (KafkaReader reader = reader(StartAt.LATEST).open()) {
      assertThat(reader.sources())
          .extracting(KafkaStreamSource::id)
          .containsExactly(topic + "-0", topic + "-1");
      assertThat(new Taken().from(reader.sources().get(1), 1).texts).containsExactly("x");
    }
  }

  @Test
  void whenAPartitionIsAddedToACheckpoint_thenItsPipelineEndsWithoutThatAndTheNextReadsIt()
      throws Exception {
    Records.send(bootstrap(), TickFeed.records(topic, 0, 300));
    TickWindows stream = new TickWindows(
        SharedBroker.settings(), topic, SharedBroker.topic(1), folder.resolve("checkpoint"));
    try (StreamPipeline<ByteBuffer, PackedTick> pipeline =
        stream.pipeline(UnaryOperator.identity(), stream.sink().open(), 100)) {
      Await.until("all ticks have come", () -> {
        pipeline.step();
        return pipeline.counters().processed() >= 300;
      });
      assertThat(pipeline.checkpoint()).isTrue();
    }
    SharedBroker.addPartition(topic, 2);
    Records.send(bootstrap(), List.of(new ProducerRecord<>(topic, 1, null, TickFeed.tick(300))));
    refused(ErrorCode.INVALID_CONFIGURATION, () -> stream.finish(stream.sink()));
    try (KafkaReader reader = KafkaReader.builder(
                SharedBroker.settings(), topic + "-group", StartAt.EARLIEST)
            .topic(topic)
            .untilEnd()
            .open();
        StreamPipeline<ByteBuffer, PackedTick> old =
            stream.pipeline(reader.sources().subList(0, 1), stream.sink().open(), 100)) {
      assertThat(old.resumed()).isTrue();
      old.run(new Cancellation());
    }
    TickWindows anew = new TickWindows(
        SharedBroker.settings(), topic, stream.windows(), folder.resolve("next-checkpoint"));
    try (StreamPipeline<ByteBuffer, PackedTick> pipeline =
        anew.pipeline(ReaderBuilder::untilEnd, anew.sink().open(), 100)) {
      pipeline.run(new Cancellation());
      assertThat(pipeline.counters().processed()).isEqualTo(1);
    }
  }

  @Test
  void whenWhatWasToBeReadIsForgotten_thenItIsToldAndNotPassedOver() throws Exception {
    write("a", "b", "c");
    reader(StartAt.EARLIEST).open().close();
    KafkaReader open = reader(StartAt.EARLIEST).open();
    SharedBroker.forget(topic, 2);
    try (open) {
      KafkaStreamSource source = open.sources().get(0);
      refused(ErrorCode.DATA_NOT_FOUND, () -> new Taken().from(source, 1));
      refused(ErrorCode.DATA_NOT_FOUND, () -> source.seek(1));
      source.seek(2);
      assertThat(new Taken().from(source, 1).texts).containsExactly("c");
    }
    refused(ErrorCode.DATA_NOT_FOUND, () -> reader(StartAt.EARLIEST).open().close());
  }

  @Test
  void whenATopicIsDeleted_thenItIsToldAndNotTakenForItsEnd() throws Exception {
    write("a");
    try (KafkaReader reader = reader(StartAt.EARLIEST).open()) {
      KafkaStreamSource source = reader.sources().get(0);
      new Taken().from(source, 1);
      SharedBroker.deleteTopic(topic);
      assertThatThrownBy(() -> new Taken().from(source, 1))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND))
          .hasMessageContaining(topic);
    }
  }

  /** Opens it, once more if the broker was too busy for so short a deadline. */
  private static KafkaReader opened(ReaderBuilder reading) {
    for (int tries = 1; ; tries++) {
      try {
        return reading.open();
      } catch (QilinException e) {
        if (e.code() != ErrorCode.TIMEOUT || tries == 20) {
          throw e;
        }
      }
    }
  }

  @Test
  void whenTheDeadlineIsShort_thenABrokerThatHasNothingIsNotThoughtSilent() {
    KafkaSettings hasty =
        KafkaSettings.builder(bootstrap()).deadline(Duration.ofMillis(400)).build();
    AtomicLong ticks = new AtomicLong();
    ReaderBuilder reading = KafkaReader.builder(hasty, topic + "-group", StartAt.EARLIEST)
        .topic(topic)
        .outageAfter(ticks::get, Duration.ofMinutes(1));
    try (KafkaReader reader = opened(reading)) {
      KafkaStreamSource source = reader.sources().get(0);
      int answers = 0;
      for (int polls = 0; answers < 5; polls++) {
        assertThat(polls).as("polls, with %d answers", answers).isLessThan(60_000);
        source.poll(1, new Taken());
        answers += reader.health().silence().isZero() ? 1 : 0;
        ticks.addAndGet(1_000_000);
        LockSupport.parkNanos(500_000);
      }
    }
  }

  @Test
  void whenOnePartitionIsNotTaken_thenItsBufferIsBounded() {
    String wide = SharedBroker.topic(2);
    Records.send(
        bootstrap(),
        IntStream.range(0, 4000)
            .mapToObj(i -> new ProducerRecord<byte[], byte[]>(wide, i % 2, null, new byte[] {'x'}))
            .toList());
    try (KafkaReader reader = KafkaReader.builder(
            SharedBroker.settings(), wide + "-group", StartAt.EARLIEST)
        .topic(wide)
        .batch(10)
        .open()) {
      KafkaStreamSource idle = reader.sources().get(0);
      assertThat(new Taken().from(reader.sources().get(1), 2000).texts).hasSize(2000);
      assertThat(idle.buffered()).isLessThanOrEqualTo(20);
      assertThat(new Taken().from(idle, 2000).texts).hasSize(2000);
    }
  }

  @Test
  void whenItReads_thenTheLagIsTold() {
    write("a", "b", "c", "d");
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (KafkaReader reader = reader(StartAt.EARLIEST).open();
        KafkaMetrics metrics = KafkaMetrics.of(reader, registry)) {
      assertThat(metrics).isNotNull();
      String id = topic + "-0";
      assertThat(reader.health().partitions())
          .containsExactly(new PartitionLag(id, PartitionLag.NOT_KNOWN, 0));
      assertThat(reader.health().unread()).isZero();
      assertThat(gauge(registry, "qilin.kafka.unread")).isNaN();
      KafkaStreamSource source = reader.sources().get(0);
      new Taken().from(source, 3);
      source.commit(1);
      new Taken().from(source, 1);
      source.poll(1, new Taken());
      assertThat(reader.health().partitions()).containsExactly(new PartitionLag(id, 0, 3));
      assertThat(gauge(registry, "qilin.kafka.unread")).isZero();
      assertThat(gauge(registry, "qilin.kafka.uncommitted")).isEqualTo(3);
      assertThat(registry.get("qilin.kafka.silence").gauge().value()).isZero();
    }
    assertThat(registry.getMeters()).isEmpty();
  }

  private double gauge(SimpleMeterRegistry registry, String name) {
    return registry.get(name).tag("source", topic + "-0").gauge().value();
  }

  @Test
  void whenTheLastSourceIsClosed_thenTheReaderIs() {
    KafkaReader reader = reader(StartAt.EARLIEST).open();
    KafkaStreamSource source = reader.sources().get(0);
    source.close();
    refused(ErrorCode.INVALID_ARGUMENT, () -> source.poll(1, new Taken()));
    refused(ErrorCode.INVALID_ARGUMENT, () -> source.seek(0));
    refused(ErrorCode.INVALID_ARGUMENT, () -> source.commit(0));
    reader.close();
  }

  @Test
  void whenTheThreadIsInterrupted_thenItIsCancelledAndTheFlagStays() {
    KafkaReader reader = reader(StartAt.EARLIEST).open();
    try (reader) {
      Thread.currentThread().interrupt();
      refused(ErrorCode.CANCELLED, () -> reader.sources().get(0).seek(0));
      assertThat(Thread.interrupted()).isTrue();
      write("a");
      assertThat(new Taken().from(reader.sources().get(0), 1).texts).containsExactly("a");
    }
  }
}
