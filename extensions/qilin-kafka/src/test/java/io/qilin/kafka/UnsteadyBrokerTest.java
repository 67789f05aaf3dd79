package io.qilin.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.progress.Cancellation;
import io.qilin.api.stream.StreamMessage;
import io.qilin.data.stream.CheckpointFile;
import io.qilin.data.stream.ClosedWindow;
import io.qilin.data.stream.DeadLetter;
import io.qilin.data.stream.PackedTick;
import io.qilin.data.stream.PackedTicks;
import io.qilin.data.stream.StreamPipeline;
import io.qilin.data.stream.StreamSessions;
import io.qilin.kafka.TcpProxy.Mode;
import io.qilin.testkit.Await;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
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
    retried(() -> {
      call.run();
      return true;
    });
  }

  private static <T> T retried(Supplier<T> call) {
    for (int tries = 1; ; tries++) {
      try {
        return call.get();
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
    SinkBuilder<String> writing = sink(hasty());
    ReaderBuilder reading = KafkaReader.builder(hasty(), topic + "-group", StartAt.EARLIEST)
        .topic(topic)
        .outageAfter(ticks::get, Duration.ofSeconds(10));
    try (KafkaStreamSink<String> sink = retried(writing::open);
        KafkaReader reader = retried(reading::open)) {
      KafkaStreamSource source = reader.sources().get(0);
      sink.accept(message("a"));
      retried(sink::flush);
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
      Await.until(
          "the other thread waits for the broker",
          () -> !other.isAlive() || isIn("ConsumerNetworkClient", other));
      assertThat(other.isAlive()).isTrue();
      refused(ErrorCode.INVALID_ARGUMENT, reader::close);
      refused(ErrorCode.INVALID_ARGUMENT, source::close);
      proxy.mode(Mode.PASS);
      other.join(60_000);
      assertThat(other.isAlive()).isFalse();
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
    // What is written before the broker goes must be written in time.
    KafkaSettings settings = settings(Duration.ofSeconds(3));
    TickWindows stream =
        new TickWindows(settings, ticks, topic, folder.resolve("windows.checkpoint"));
    ReaderBuilder reading =
        KafkaReader.builder(settings, ticks + "-group", StartAt.EARLIEST).topic(ticks);
    KafkaReader reader = retried(reading::open);
    SinkBuilder<ClosedWindow> windows = stream.sink().batch(20);
    SinkBuilder<DeadLetter> letters = KafkaDeadLetters.builder(settings, dead, dead + "-writer");
    PackedTicks packed = new PackedTicks();
    StreamPipeline<ByteBuffer, PackedTick> pipeline = StreamPipeline.builder(
            packed, packed, StreamSessions.roundTheClock())
        .source(reader.sources().get(0))
        .sink(retried(windows::open))
        .deadLetters(retried(letters::open))
        .checkpoint(CheckpointFile.at(stream.checkpoint()), 100_000)
        .sinkOutage(Duration.ZERO, System::nanoTime, LockSupport::parkNanos)
        .batch(200)
        .build();
    Await.until("messages have come", () -> pipeline.step() > 0);
    proxy.mode(Mode.CUT);
    refused(ErrorCode.TIMEOUT, () -> pipeline.run(new Cancellation()));
    assertThatThrownBy(pipeline::close).isInstanceOf(QilinException.class);
    proxy.mode(Mode.PASS);
    retried(() -> stream.finish(stream.sink()));
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
      // A step that is late although the broker is there is tried again; the one in which it goes
      // ends so too.
      AtomicReference<Throwable> end = new AtomicReference<>();
      Await.until("the broker has gone", () -> {
        end.set(catchThrowable(relay::step));
        return !goes.get();
      });
      assertThat(end.get())
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
      refused(ErrorCode.TIMEOUT, relay::step);
      proxy.mode(Mode.PASS);
      Await.until("each message has a result", () -> {
        retried(relay::step);
        return Records.visible(broker.bootstrap(), results).size() >= 3;
      });
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
