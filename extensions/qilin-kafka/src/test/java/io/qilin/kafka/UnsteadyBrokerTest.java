package io.qilin.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.stream.StreamMessage;
import io.qilin.data.stream.CheckpointFile;
import io.qilin.data.stream.PackedTick;
import io.qilin.data.stream.PackedTicks;
import io.qilin.data.stream.StreamPipeline;
import io.qilin.data.stream.StreamSessions;
import io.qilin.kafka.TcpProxy.Mode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The broker goes, comes back, stops in the middle of a frame, or says 64 bytes in a millisecond. */
@Tag("fault")
class UnsteadyBrokerTest {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private static TcpProxy proxy;
  private static KafkaBroker broker;

  @TempDir
  Path folder;

  private String topic;

  @BeforeAll
  static void start(@TempDir Path home) throws Exception {
    proxy = new TcpProxy();
    broker = KafkaBroker.start(
        home.resolve("broker"),
        Map.of("advertised.listeners", "PLAINTEXT://127.0.0.1:" + proxy.port()));
    proxy.target(broker.port());
  }

  @AfterAll
  static void stop() throws Exception {
    broker.stop();
    proxy.close();
  }

  @BeforeEach
  void topic() {
    topic = made(1);
  }

  @AfterEach
  void pass() throws Exception {
    proxy.mode(Mode.PASS);
  }

  private static String made(int partitions) {
    String name = "topic-" + NAMES.incrementAndGet();
    broker.createTopic(name, partitions);
    return name;
  }

  private static KafkaSettings settings(Duration deadline) {
    return KafkaSettings.builder(broker.bootstrap())
        .deadline(deadline)
        .property("fetch.max.wait.ms", "20")
        .build();
  }

  private static KafkaSettings hasty() {
    return settings(Duration.ofMillis(800));
  }

  private SinkBuilder<String> sink(KafkaSettings settings) {
    return KafkaStreamSink.builder(
        settings, topic, topic + "-writer", text -> text.getBytes(StandardCharsets.UTF_8));
  }

  private static StreamMessage<String> message(String text) {
    return new StreamMessage<>("id of " + text, 7, "600519.SH", Instant.EPOCH, text);
  }

  private static void refused(ErrorCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).as("%s", e).isEqualTo(code));
  }

  /** As a host does it: what may succeed later is tried again. */
  private static void retried(Runnable call) {
    for (int tries = 1; ; tries++) {
      try {
        call.run();
        return;
      } catch (QilinException e) {
        if (!e.code().retryable() || tries == 20) {
          throw e;
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"FREEZE", "CUT"})
  void whenTheBrokerGoesAndComesBack_thenBothSidesSayItAndGoOn(Mode mode) throws Exception {
    AtomicLong ticks = new AtomicLong();
    try (KafkaStreamSink<String> sink = sink(hasty()).open();
        KafkaReader reader = KafkaReader.builder(hasty(), topic + "-group", StartAt.EARLIEST)
            .topic(topic)
            .outageAfter(ticks::get, Duration.ofSeconds(10))
            .open()) {
      KafkaStreamSource source = reader.sources().get(0);
      sink.accept(message("a"));
      sink.flush();
      Taken taken = new Taken().from(source, 1);
      sink.accept(message("b"));
      proxy.mode(mode);
      refused(ErrorCode.TIMEOUT, sink::flush);
      assertThat(sink.accept(message("b"))).isFalse();
      for (int i = 0; i < 1000; i++) {
        assertThat(sink.accept(message("c" + i))).isTrue();
      }
      refused(ErrorCode.TIMEOUT, sink::flush);
      refused(ErrorCode.NETWORK, () -> silently(source, ticks));
      assertThat(reader.health().silence()).isGreaterThan(Duration.ofSeconds(10));
      refused(ErrorCode.TIMEOUT, () -> source.commit(source.position()));
      proxy.mode(Mode.PASS);
      retried(sink::flush);
      taken.from(source, 1002);
      assertThat(taken.texts).doesNotHaveDuplicates().startsWith("a", "b", "c0").endsWith("c999");
      assertThat(reader.health().silence()).isZero();
      retried(() -> source.commit(source.position()));
    }
    assertThat(Records.committed(broker.bootstrap(), topic)).hasSize(1002);
  }

  /** Asks for 100 seconds of the ticker. */
  private static void silently(KafkaStreamSource source, AtomicLong ticks) {
    for (int second = 0; second < 100; second++) {
      source.poll(1, new Taken());
      ticks.addAndGet(1_000_000_000);
    }
  }

  @Test
  void whenAnotherThreadClosesTheReaderMeanwhile_thenThatIsRefusedAndNothingIsHalfClosed()
      throws Exception {
    Records.write(broker.bootstrap(), topic, List.of("a", "b"));
    try (KafkaReader reader = KafkaReader.builder(
            settings(Duration.ofSeconds(30)), topic + "-group", StartAt.EARLIEST)
        .topic(topic)
        .open()) {
      KafkaStreamSource source = reader.sources().get(0);
      Taken taken = new Taken().from(source, 1);
      proxy.mode(Mode.FREEZE);
      Thread other = new Thread(() -> source.commit(1));
      other.start();
      while (!isIn("ConsumerNetworkClient", other)) {
        assertThat(other.isAlive()).isTrue();
      }
      refused(ErrorCode.INVALID_ARGUMENT, reader::close);
      refused(ErrorCode.INVALID_ARGUMENT, source::close);
      proxy.mode(Mode.PASS);
      other.join();
      assertThat(taken.from(source, 2).texts).containsExactly("a", "b");
    }
  }

  private static boolean isIn(String type, Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().endsWith(type));
  }

  @Test
  void whenTheBrokerIsAwayForLongerThanABatchLasts_thenThePipelineEndsAndSetsNoWindowAside()
      throws Exception {
    String ticks = made(1);
    String dead = made(1);
    Records.send(broker.bootstrap(), TickFeed.records(ticks, 0, 1000));
    TickWindows stream =
        new TickWindows(hasty(), ticks, topic, folder.resolve("windows.checkpoint"));
    KafkaReader reader = KafkaReader.builder(hasty(), ticks + "-group", StartAt.EARLIEST)
        .topic(ticks)
        .open();
    PackedTicks packed = new PackedTicks();
    StreamPipeline<ByteBuffer, PackedTick> pipeline = StreamPipeline.builder(
            packed, packed, StreamSessions.roundTheClock())
        .source(reader.sources().get(0))
        .sink(stream.sink().batch(20).open())
        .deadLetters(KafkaDeadLetters.builder(hasty(), dead, dead + "-writer").open())
        .checkpoint(CheckpointFile.at(stream.checkpoint()), 100_000)
        .sinkOutage(Duration.ZERO, System::nanoTime, LockSupport::parkNanos)
        .batch(200)
        .build();
    while (pipeline.step() == 0) {
      Thread.onSpinWait();
    }
    proxy.mode(Mode.CUT);
    refused(ErrorCode.TIMEOUT, () -> pipeline.run(new Cancellation()));
    assertThatThrownBy(pipeline::close).isInstanceOf(QilinException.class);
    proxy.mode(Mode.PASS);
    stream.finish(stream.sink());
    assertThat(stream.count().clean()).as("%s", stream.count()).isTrue();
    assertThat(Records.committed(broker.bootstrap(), dead)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"FREEZE", "CUT"})
  void whenTheBrokerGoesInTheMiddleOfARelaysBatch_thenEachMessageHasItsResultOnce(Mode mode)
      throws Exception {
    String results = made(1);
    String dead = made(1);
    Records.write(broker.bootstrap(), topic, List.of("a", "b", "c"));
    AtomicBoolean goes = new AtomicBoolean(true);
    RelayHandler handler = (message, output) -> {
      byte[] payload = new byte[message.payload().remaining()];
      message.payload().get(payload);
      output.send(
          results,
          new StreamMessage<>(message.id(), 0, message.key(), message.eventTime(), payload));
      if (message.position() == 1 && goes.getAndSet(false)) {
        set(mode);
      }
    };
    try (KafkaRelay relay = KafkaRelay.builder(hasty(), topic + "-group", topic + "-relay", dead)
        .topic(topic, PayloadSchemas.ANY, handler)
        .build()) {
      refused(ErrorCode.TIMEOUT, () -> untilTaken(relay, 3));
      refused(ErrorCode.TIMEOUT, relay::step);
      proxy.mode(Mode.PASS);
      AtomicInteger taken = new AtomicInteger();
      while (taken.get() < 3) {
        retried(() -> taken.addAndGet(relay.step()));
      }
    }
    assertThat(Records.texts(broker.bootstrap(), results)).containsExactly("a", "b", "c");
    assertThat(Records.committed(broker.bootstrap(), dead)).isEmpty();
  }

  private static void set(Mode mode) {
    try {
      proxy.mode(mode);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void untilTaken(KafkaRelay relay, int count) {
    for (int taken = 0; taken < count; ) {
      taken += relay.step();
    }
  }

  @Test
  void whenTheBrokerIsSlow_thenAllComesAllTheSame() throws Exception {
    KafkaSettings patient = settings(Duration.ofSeconds(30));
    proxy.mode(Mode.TRICKLE);
    try (KafkaStreamSink<String> sink = sink(patient).open();
        KafkaReader reader = KafkaReader.builder(patient, topic + "-group", StartAt.EARLIEST)
            .topic(topic)
            .open()) {
      for (String text : List.of("a", "b", "c")) {
        sink.accept(message(text));
      }
      sink.flush();
      KafkaStreamSource source = reader.sources().get(0);
      assertThat(new Taken().from(source, 3).texts).containsExactly("a", "b", "c");
      source.commit(3);
    }
  }
}
