package io.qilin.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.stream.StreamMessage;
import io.qilin.data.stream.CallbackSink;
import io.qilin.data.stream.PackedTicks;
import io.qilin.data.stream.StreamPipeline;
import io.qilin.data.stream.StreamSessions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class KafkaStreamSinkTest {
  private static final Instant NOON = Instant.parse("2024-01-02T04:00:00Z");

  private String topic;

  @BeforeEach
  void topic() {
    topic = SharedBroker.topic(1);
  }

  private static String bootstrap() {
    return SharedBroker.broker().bootstrap();
  }

  private SinkBuilder<String> sink() {
    return sink(SharedBroker.settings());
  }

  private SinkBuilder<String> sink(KafkaSettings settings) {
    return KafkaStreamSink.builder(
        settings, topic, topic + "-writer", text -> text.getBytes(StandardCharsets.UTF_8));
  }

  private static StreamMessage<String> message(String text) {
    return new StreamMessage<>("id of " + text, 7, "600519.SH", NOON, text);
  }

  private static void refused(ErrorCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).as("%s", e).isEqualTo(code));
  }

  @Test
  void whenAMessageIsWritten_thenItsHeadersSayWhatItIs() {
    try (KafkaStreamSink<String> sink =
        sink().schema(new SchemaVersion("words", 2, 1)).open()) {
      sink.accept(message("a"));
      assertThat(Records.visible(bootstrap(), topic)).isEmpty();
      sink.flush();
    }
    ConsumerRecord<byte[], byte[]> record =
        Records.committed(bootstrap(), topic).get(0);
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("600519.SH");
    assertThat(Records.header(record, KafkaHeaders.ID)).isEqualTo("id of a");
    assertThat(Records.header(record, KafkaHeaders.EVENT_TIME)).isEqualTo("2024-01-02T04:00:00Z");
    assertThat(Records.header(record, KafkaHeaders.SCHEMA)).isEqualTo("words");
    assertThat(Records.header(record, KafkaHeaders.SCHEMA_VERSION)).isEqualTo("2.1");
  }

  @Test
  void whenAnotherSinkTakesTheName_thenTheFirstWritesNothingMore() {
    try (KafkaStreamSink<String> first = sink().open()) {
      first.accept(message("a"));
      first.flush();
      first.accept(message("b"));
      try (KafkaStreamSink<String> second = sink().open()) {
        assertThat(second.accept(message("a"))).isFalse();
        assertThat(second.accept(message("b"))).isTrue();
        second.flush();
        refused(ErrorCode.CONFLICT, first::flush);
        refused(ErrorCode.CONFLICT, first::flush);
        refused(ErrorCode.CONFLICT, () -> first.accept(message("c")));
        second.accept(message("d"));
      }
    }
    assertThat(Records.texts(bootstrap(), topic)).containsExactly("a", "b", "d");
  }

  @Test
  void whenMoreIsTakenThanMayWait_thenItIsWrittenBeforeTheFlush() {
    try (KafkaStreamSink<String> sink = sink().batch(3).open()) {
      for (String text : List.of("a", "b", "c", "d")) {
        sink.accept(message(text));
      }
      int looks = 0;
      while (Records.visible(bootstrap(), topic).size() < 3) {
        assertThat(looks++).as("looks").isLessThan(1000);
      }
    }
    assertThat(Records.texts(bootstrap(), topic)).containsExactly("a", "b", "c", "d");
  }

  @Test
  void whenAMessageWaitsForItsFlush_thenNoReaderWaitsForIt() {
    try (KafkaStreamSink<String> sink = sink().open()) {
      sink.accept(message("a"));
      for (int others = 1; others <= 20; others++) {
        Records.write(bootstrap(), topic, List.of("by another"));
        assertThat(Records.visible(bootstrap(), topic)).hasSize(others);
      }
    }
    assertThat(Records.texts(bootstrap(), topic)).hasSize(21).endsWith("a");
  }

  @Test
  void whenTheDeadlineIsTheLongest_thenItsTransactionsAreWhatABrokerAllows() {
    KafkaSettings patient =
        KafkaSettings.builder(bootstrap()).deadline(Duration.ofMinutes(10)).build();
    try (KafkaStreamSink<String> sink = sink(patient).open()) {
      sink.accept(message("a"));
    }
    assertThat(Records.texts(bootstrap(), topic)).containsExactly("a");
  }

  @Test
  void whenItsTopicIsDeleted_thenTheFlushSaysSo() throws Exception {
    KafkaSettings hasty =
        KafkaSettings.builder(bootstrap()).deadline(Duration.ofSeconds(3)).build();
    KafkaStreamSink<String> sink = sink(hasty).open();
    sink.accept(message("a"));
    SharedBroker.deleteTopic(topic);
    assertThatThrownBy(sink::flush).isInstanceOf(QilinException.class);
    refused(ErrorCode.DATA_NOT_FOUND, sink::flush);
    refused(ErrorCode.DATA_NOT_FOUND, sink::close);
    refused(ErrorCode.INVALID_ARGUMENT, sink::flush);
    sink.close();
  }

  @Test
  void whenAMessageIsTooLong_thenItIsRefusedAndTheRestIsWritten() {
    try (KafkaStreamSink<String> sink = sink().mostBytes(500).open()) {
      sink.accept(message("a"));
      refused(ErrorCode.LIMIT_EXCEEDED, () -> sink.accept(message("x".repeat(501))));
      StreamMessage<String> longId = new StreamMessage<>("i".repeat(1001), 1, "k", NOON, "x");
      refused(ErrorCode.LIMIT_EXCEEDED, () -> sink.accept(longId));
      sink.accept(message("b"));
    }
    assertThat(Records.texts(bootstrap(), topic)).containsExactly("a", "b");
    refused(
        ErrorCode.INVALID_CONFIGURATION,
        () -> sink().mostBytes(2_000_000).open().close());
    refused(ErrorCode.INVALID_ARGUMENT, () -> sink().mostBytes(0));
  }

  @Test
  void whenAnotherWriterKeepsATransactionOpen_thenOpeningEndsWithATimeoutAndSucceedsLater() {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", bootstrap(), "transactional.id", topic + "-other");
    try (var other =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      other.initTransactions();
      other.beginTransaction();
      other.send(Records.record(topic, "other"));
      other.flush();
      KafkaSettings hasty =
          KafkaSettings.builder(bootstrap()).deadline(Duration.ofSeconds(1)).build();
      refused(ErrorCode.TIMEOUT, () -> sink(hasty).open().close());
      other.commitTransaction();
    }
    try (KafkaStreamSink<String> sink = sink().open()) {
      assertThat(sink.accept(message("a"))).isTrue();
    }
    assertThat(Records.texts(bootstrap(), topic)).containsExactly("other", "a");
  }

  @Test
  void whenTheThreadIsInterrupted_thenNothingIsLostAndNothingIsThereTwice() {
    try (KafkaStreamSink<String> sink = sink().open()) {
      sink.accept(message("a"));
      Thread.currentThread().interrupt();
      refused(ErrorCode.CANCELLED, sink::flush);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(sink.accept(message("a"))).isFalse();
      sink.accept(message("b"));
    }
    assertThat(Records.texts(bootstrap(), topic)).containsExactly("a", "b");
  }

  @Test
  void whenAPipelineSetsMessagesAside_thenTheirTopicSaysWhyAndWhereTheyStand() {
    String ticks = SharedBroker.topic(1);
    String dead = SharedBroker.topic(1);
    Records.send(bootstrap(), TickFeed.records(ticks, 0, 3));
    Records.write(bootstrap(), ticks, List.of("no tick"));
    KafkaReader reader = KafkaReader.builder(
            SharedBroker.settings(), ticks + "-group", StartAt.EARLIEST)
        .topic(ticks)
        .untilEnd()
        .open();
    PackedTicks packed = new PackedTicks();
    try (var pipeline = StreamPipeline.builder(packed, packed, StreamSessions.roundTheClock())
        .source(reader.sources().get(0))
        .sink(CallbackSink.of(window -> {}))
        .deadLetters(KafkaDeadLetters.builder(SharedBroker.settings(), dead, dead + "-writer")
            .open())
        .build()) {
      pipeline.run(new Cancellation());
      assertThat(pipeline.counters().processed()).isEqualTo(3);
    }
    List<ConsumerRecord<byte[], byte[]>> letters = Records.committed(bootstrap(), dead);
    assertThat(letters).hasSize(1);
    ConsumerRecord<byte[], byte[]> letter = letters.get(0);
    assertThat(Records.text(letter)).isEqualTo("no tick");
    assertThat(Records.header(letter, KafkaHeaders.DEAD_REASON)).isEqualTo("UNREADABLE");
    assertThat(Records.header(letter, KafkaHeaders.DEAD_SOURCE)).isEqualTo(ticks + "-0");
    assertThat(Records.header(letter, KafkaHeaders.DEAD_POSITION)).isEqualTo("3");
    assertThat(Records.header(letter, KafkaHeaders.DEAD_MESSAGE)).contains("packed tick");
    assertThat(Records.header(letter, KafkaHeaders.SCHEMA)).isEqualTo("qilin-dead-letter");
  }
}
