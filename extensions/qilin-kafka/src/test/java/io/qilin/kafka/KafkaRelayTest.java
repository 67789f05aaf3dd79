package io.qilin.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.stream.StreamMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SharedBroker.class)
class KafkaRelayTest {
  private static final int PARTITIONS = 4;

  private String in;
  private String out;
  private String dead;

  @BeforeEach
  void topics() {
    in = SharedBroker.topic(PARTITIONS);
    out = SharedBroker.topic(1);
    dead = SharedBroker.topic(1);
  }

  private static String bootstrap() {
    return SharedBroker.broker().bootstrap();
  }

  private RelayBuilder relay(String writer, RelayHandler handler) {
    return relay(SharedBroker.settings(), writer, handler);
  }

  private RelayBuilder relay(KafkaSettings settings, String writer, RelayHandler handler) {
    return KafkaRelay.builder(settings, in + "-group", in + writer, dead)
        .topic(in, PayloadSchemas.ANY, handler)
        .batch(50)
        .waitFor(Duration.ofMillis(20));
  }

  private void copy(StreamMessage<ByteBuffer> message, RelayOutput output) {
    byte[] payload = new byte[message.payload().remaining()];
    message.payload().get(payload);
    output.send(
        out,
        new StreamMessage<>(
            message.id(), StreamMessage.NO_POSITION, message.key(), message.eventTime(), payload));
  }

  private void write(int from, int to) {
    Records.send(
        bootstrap(),
        IntStream.range(from, to)
            .mapToObj(i -> new ProducerRecord<byte[], byte[]>(
                in, i % PARTITIONS, null, Integer.toString(i).getBytes(StandardCharsets.UTF_8)))
            .toList());
  }

  /** Steps until so many messages are taken by all together. */
  private static void until(int count, KafkaRelay... relays) {
    int taken = 0;
    for (int rounds = 0; taken < count; rounds++) {
      assertThat(rounds).as("rounds, with %d of %d taken", taken, count).isLessThan(2000);
      for (KafkaRelay relay : relays) {
        taken += relay.step();
      }
    }
  }

  /** Steps until something has come. */
  private static void steppedUntil(BooleanSupplier so, KafkaRelay... relays) {
    for (int rounds = 0; !so.getAsBoolean(); rounds++) {
      assertThat(rounds).as("rounds").isLessThan(2000);
      for (KafkaRelay relay : relays) {
        relay.step();
      }
    }
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.toList());
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void whenMembersComeAndGo_thenEachMessageHasItsResultOnce(GroupProtocol protocol) {
    write(0, 1000);
    KafkaSettings.Builder quick = KafkaSettings.builder(bootstrap());
    if (protocol == GroupProtocol.CLASSIC) {
      quick.property("heartbeat.interval.ms", "100");
    }
    KafkaSettings settings = quick.build();
    try (KafkaRelay second =
        relay(settings, "-2", this::copy).protocol(protocol).build()) {
      try (KafkaRelay first =
          relay(settings, "-1", this::copy).protocol(protocol).build()) {
        until(300, first);
        until(300, first, second);
        steppedUntil(() -> !second.health().partitions().isEmpty(), first, second);
        write(1000, 1400);
        first.step();
        second.step();
      }
      int rounds = 0;
      while (Records.visible(bootstrap(), out).size() < 1400) {
        second.step();
        assertThat(rounds++).as("rounds").isLessThan(2000);
      }
    }
    assertThat(Records.texts(bootstrap(), out)).containsExactlyInAnyOrderElementsOf(numbers(1400));
    assertThat(Records.committed(bootstrap(), dead)).isEmpty();
  }

  @Test
  void whenAMemberIsThoughtDeadAndComesBack_thenItsWorkIsGivenUp() {
    write(0, 40);
    KafkaSettings hasty = KafkaSettings.builder(bootstrap())
        .property("max.poll.interval.ms", "1000")
        .build();
    KafkaRelay heir = relay("-2", this::copy).build();
    AtomicInteger byHeir = new AtomicInteger();
    RelayHandler slow = (message, output) -> {
      copy(message, output);
      for (int rounds = 0; byHeir.get() < 40; rounds++) {
        assertThat(rounds).as("rounds of the heir").isLessThan(2000);
        byHeir.addAndGet(heir.step());
      }
    };
    try (heir;
        KafkaRelay late = relay(hasty, "-1", slow).build()) {
      while (byHeir.get() < 40) {
        assertThat(late.step()).isZero();
      }
      assertThat(late.abandoned()).isEqualTo(1);
    }
    assertThat(Records.texts(bootstrap(), out)).containsExactlyInAnyOrderElementsOf(numbers(40));
  }

  @Test
  void whenAHandlerFails_thenTheMessageIsSetAsideWithItsReasonAndPlaceAndItsResultsAreNot() {
    write(0, 12);
    try (KafkaRelay relay = relay("-1", (message, output) -> {
          copy(message, output);
          if (StandardCharsets.UTF_8
              .decode(message.payload().rewind())
              .toString()
              .equals("5")) {
            throw new IllegalStateException("planted");
          }
        })
        .build()) {
      until(12, relay);
    }
    List<String> good = numbers(12);
    good.remove("5");
    assertThat(Records.texts(bootstrap(), out)).containsExactlyInAnyOrderElementsOf(good);
    List<ConsumerRecord<byte[], byte[]>> letters = Records.committed(bootstrap(), dead);
    assertThat(letters).hasSize(1);
    ConsumerRecord<byte[], byte[]> letter = letters.get(0);
    assertThat(Records.text(letter)).isEqualTo("5");
    assertThat(Records.header(letter, KafkaHeaders.DEAD_REASON)).isEqualTo("HANDLER_FAILED");
    assertThat(Records.header(letter, KafkaHeaders.DEAD_MESSAGE)).contains("planted");
    assertThat(Records.header(letter, KafkaHeaders.DEAD_SOURCE)).isEqualTo(in + "-1");
    assertThat(Records.header(letter, KafkaHeaders.DEAD_POSITION)).isEqualTo("1");
  }

  @Test
  void whenAPayloadIsNewerOrTooLongOrMissing_thenItIsSetAsideAndTheRestGoesOn() {
    ProducerRecord<byte[], byte[]> newer = Records.record(in, "newer");
    RecordHeaders.add(newer.headers(), new SchemaVersion("ticks", 2, 0));
    ProducerRecord<byte[], byte[]> known = Records.record(in, "known");
    RecordHeaders.add(known.headers(), new SchemaVersion("ticks", 1, 4));
    Records.send(
        bootstrap(),
        List.of(
            newer,
            Records.record(in, "x".repeat(300_000)),
            new ProducerRecord<>(in, 0, null, null),
            known));
    PayloadSchemas schemas = PayloadSchemas.of(new SchemaVersion("ticks", 1, 0));
    try (KafkaRelay relay = KafkaRelay.builder(
            SharedBroker.settings(), in + "-group", in + "-1", dead)
        .topic(in, schemas, this::copy)
        .mostBytes(200_000)
        .build()) {
      until(4, relay);
    }
    assertThat(Records.texts(bootstrap(), out)).containsExactly("known");
    assertThat(Records.committed(bootstrap(), dead))
        .extracting(letter -> Records.header(letter, KafkaHeaders.DEAD_REASON))
        .containsExactly("UNREADABLE", "DAMAGED", "DAMAGED");
    assertThat(Records.committed(bootstrap(), dead))
        .allSatisfy(letter -> assertThat(letter.value().length).isLessThanOrEqualTo(1 << 16));
  }

  @Test
  void whenAStepIsCancelled_thenNothingOfItIsVisibleAndItsMessagesComeAgain() {
    write(0, 20);
    AtomicInteger calls = new AtomicInteger();
    List<String> ids = new ArrayList<>();
    try (KafkaRelay relay = relay("-1", (message, output) -> {
          copy(message, output);
          ids.add(message.id());
          if (calls.incrementAndGet() == 3) {
            throw new QilinException(ErrorCode.CANCELLED, "planted");
          }
        })
        .build()) {
      assertThatThrownBy(() -> until(20, relay)).hasMessageContaining("planted");
      assertThat(Records.visible(bootstrap(), out)).isEmpty();
      until(20, relay);
    }
    assertThat(Records.texts(bootstrap(), out)).containsExactlyInAnyOrderElementsOf(numbers(20));
    assertThat(ids.subList(3, 23)).doesNotHaveDuplicates().containsAll(ids.subList(0, 3));
  }

  @Test
  void whenAnotherRelayTakesTheName_thenTheFirstIsRefusedAndMayComeBackLater() {
    write(0, 10);
    try (KafkaRelay second = relay("-same", this::copy).build()) {
      try (KafkaRelay first = relay("-same", this::copy).build()) {
        until(10, first);
        second.step();
        write(10, 30);
        assertThatThrownBy(() -> until(20, first))
            .isInstanceOfSatisfying(
                QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
      }
      until(20, second);
    }
    assertThat(Records.texts(bootstrap(), out)).containsExactlyInAnyOrderElementsOf(numbers(30));
  }

  @Test
  void whenReadingBeginsWithTheLatest_thenThatIsDecidedOnce() {
    write(0, 8);
    try (KafkaRelay relay =
        relay("-1", this::copy).start(StartAt.LATEST).member("m1").build()) {
      steppedUntil(() -> relay.health().partitions().size() == PARTITIONS, relay);
    }
    write(8, 12);
    try (KafkaRelay relay =
        relay("-1", this::copy).start(StartAt.LATEST).member("m1").build()) {
      until(4, relay);
      relay.step();
      assertThat(relay.health().unread()).isZero();
      assertThat(relay.abandoned()).isZero();
    }
    assertThat(Records.texts(bootstrap(), out)).containsExactlyInAnyOrder("8", "9", "10", "11");
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void whenWhatWasToBeReadIsForgotten_thenItIsToldAndNotPassedOver(GroupProtocol protocol)
      throws Exception {
    write(0, 8);
    try (KafkaRelay relay = relay("-1", this::copy).protocol(protocol).build()) {
      until(8, relay);
    }
    write(8, 24);
    SharedBroker.forget(in, 4);
    for (StartAt start : StartAt.values()) {
      try (KafkaRelay relay =
          relay("-1", this::copy).protocol(protocol).start(start).build()) {
        assertThatThrownBy(() -> until(16, relay))
            .isInstanceOfSatisfying(
                QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND))
            .hasMessageContaining("the group was at 2 of " + in + "-0, which now has 4 to 6");
      }
    }
    assertThat(Records.texts(bootstrap(), out)).doesNotContain("8", "12", "16", "20");
  }

  @ParameterizedTest
  @EnumSource(GroupProtocol.class)
  void whenAPartitionIsAdded_thenItBeginsWithItsFirstRecord(GroupProtocol protocol)
      throws Exception {
    write(0, 8);
    RelayBuilder latest = relay("-1", this::copy).protocol(protocol).start(StartAt.LATEST);
    try (KafkaRelay relay = latest.build()) {
      steppedUntil(() -> relay.health().partitions().size() == PARTITIONS, relay);
      write(8, 9);
      until(1, relay);
    }
    SharedBroker.addPartition(in, PARTITIONS + 1);
    Records.send(
        bootstrap(), List.of(new ProducerRecord<>(in, PARTITIONS, null, new byte[] {'x'})));
    try (KafkaRelay relay = latest.build()) {
      until(1, relay);
    }
    assertThat(Records.texts(bootstrap(), out)).containsExactlyInAnyOrder("8", "x");
  }

  @Test
  void whenTheHandlerIsSlow_thenNoReaderOfTheResultsWaitsForIt() {
    write(0, 2);
    AtomicInteger others = new AtomicInteger();
    RelayHandler slow = (message, output) -> {
      copy(message, output);
      for (int i = 0; i < 10; i++) {
        Records.write(bootstrap(), out, List.of("by another"));
        others.incrementAndGet();
        if (Records.visible(bootstrap(), out).size() != others.get()) {
          throw new QilinException(ErrorCode.CANCELLED, "a transaction is open");
        }
      }
    };
    try (KafkaRelay relay = relay("-1", slow).build()) {
      until(2, relay);
    }
    assertThat(Records.texts(bootstrap(), out)).contains("0", "1").hasSize(others.get() + 2);
  }

  @Test
  void whenMuchIsSent_thenItsBatchIsStillWhole() {
    byte[] large = new byte[400_000];
    write(0, 2);
    try (KafkaRelay relay = relay("-1", (message, output) -> {
          for (int i = 0; i < 30; i++) {
            output.send(
                out,
                new StreamMessage<>(
                    message.id() + "/" + i, 0, message.key(), message.eventTime(), large));
          }
        })
        .build()) {
      until(2, relay);
    }
    assertThat(Records.committed(bootstrap(), out)).hasSize(60);
  }

  @Test
  void whenTheTopicOfAResultIsMissing_thenTheStepSaysWhich() {
    write(0, 1);
    try (KafkaRelay relay = relay(
            "-1",
            (message, output) -> output.send(
                "no-such-results",
                new StreamMessage<>(message.id(), 0, "", message.eventTime(), new byte[1])))
        .build()) {
      assertThatThrownBy(() -> until(1, relay))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND))
          .hasMessageContaining("no-such-results");
    }
    assertThat(Records.committed(bootstrap(), dead)).isEmpty();
  }

  @Test
  void whenATopicTakesNoRecordsOfTheLength_thenItIsToldHowToMendIt() {
    String narrow = in + "-narrow";
    SharedBroker.broker().createTopic(narrow, 1, Map.of("max.message.bytes", "1000"));
    write(0, 1);
    RelayHandler widening = (message, output) -> output.send(
        narrow, new StreamMessage<>(message.id(), 0, "", message.eventTime(), new byte[20_000]));
    try (KafkaRelay relay = relay("-1", widening).build()) {
      assertThatThrownBy(() -> until(1, relay))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED))
          .hasMessageContaining("max.message.bytes");
    }
    try (KafkaRelay relay = KafkaRelay.builder(
            SharedBroker.settings(), in + "-group", in + "-1", narrow)
        .topic(in, PayloadSchemas.ANY, this::copy)
        .build()) {
      assertThatThrownBy(relay::step)
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
          .hasMessageContaining(narrow);
    }
  }

  @Test
  void whenItsTopicIsDeleted_thenItIsToldAndNotTakenForItsEnd() throws Exception {
    try (KafkaRelay relay = relay("-1", this::copy).build()) {
      steppedUntil(() -> !relay.health().partitions().isEmpty(), relay);
      SharedBroker.deleteTopic(in);
      assertThatThrownBy(() -> until(1, relay))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND))
          .hasMessageContaining(in);
    }
  }

  @Test
  void whenAnotherThreadClosesItMeanwhile_thenThatIsRefusedAndNothingIsLeftOpen() throws Exception {
    write(0, 4);
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch refused = new CountDownLatch(1);
    ExecutorService other = Executors.newSingleThreadExecutor();
    KafkaRelay relay = relay("-1", (message, output) -> {
          copy(message, output);
          handling.countDown();
          await(refused);
        })
        .build();
    try {
      Future<?> stepping = other.submit(() -> until(4, relay));
      await(handling);
      assertThatThrownBy(relay::close)
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
          .hasMessageContaining("cancel");
      refused.countDown();
      stepping.get(1, TimeUnit.MINUTES);
    } finally {
      refused.countDown();
      other.shutdown();
      relay.close();
    }
    relay.close();
    assertThatThrownBy(relay::step).hasMessageContaining("closed");
    assertThat(Records.texts(bootstrap(), out)).containsExactlyInAnyOrderElementsOf(numbers(4));
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.contains(in + "-group"));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whenRecordsAreOdd_thenEachHasAnIdAKeyAndATime() {
    String any = in + "-any";
    SharedBroker.broker()
        .createTopic(
            any, 1, Map.of("message.timestamp.after.max.ms", String.valueOf(Long.MAX_VALUE)));
    ProducerRecord<byte[], byte[]> late =
        new ProducerRecord<>(any, 0, 253_402_300_799_999L, new byte[0], new byte[] {'b'});
    late.headers().add(KafkaHeaders.ID, null);
    ProducerRecord<byte[], byte[]> last = new ProducerRecord<>(any, 0, null, new byte[0]);
    RecordHeaders.add(last.headers(), KafkaHeaders.ID, "first");
    RecordHeaders.add(last.headers(), KafkaHeaders.ID, " ");
    RecordHeaders.add(last.headers(), KafkaHeaders.EVENT_TIME, Instant.MAX.toString());
    ProducerRecord<byte[], byte[]> huge =
        new ProducerRecord<>(any, 0, 0L, new byte[] {(byte) 0xff}, new byte[] {'c'});
    huge.headers().add(KafkaHeaders.ID, new byte[900_000]);
    huge.headers().add(KafkaHeaders.EVENT_TIME, "yesterday".getBytes(StandardCharsets.UTF_8));
    Records.send(
        bootstrap(),
        List.of(new ProducerRecord<>(any, 0, 0L, null, new byte[] {'a'}), late, last, huge));
    List<String> seen = new ArrayList<>();
    try (KafkaRelay relay = KafkaRelay.builder(
            SharedBroker.settings(), any + "-group", any + "-1", dead)
        .topic(any, PayloadSchemas.ANY, (message, output) -> {
          seen.add(message.id() + "|" + message.key() + "|" + message.eventTime());
          copy(message, output);
        })
        .build()) {
      until(4, relay);
    }
    assertThat(seen)
        .containsExactly(
            any + "-0@0||1970-01-01T00:00:00Z",
            any + "-0@1||9999-12-31T23:59:59.999Z",
            " ||" + Instant.MAX,
            any + "-0@3|\ufffd|1970-01-01T00:00:00Z");
    assertThat(Records.committed(bootstrap(), out)).hasSize(4);
    assertThat(Records.committed(bootstrap(), dead)).isEmpty();
  }

  @Test
  void whenItIsMeasured_thenItsLagAndWhatItGaveUpAreTold() {
    write(0, 100);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (KafkaRelay relay = relay("-1", this::copy).build();
        KafkaMetrics metrics = KafkaMetrics.of(relay, registry)) {
      assertThat(metrics).isNotNull();
      until(100, relay);
      relay.step();
      assertThat(registry
              .get("qilin.kafka.relay.unread")
              .tag("group", in + "-group")
              .gauge()
              .value())
          .isZero();
      assertThat(registry.get("qilin.kafka.relay.partitions").gauge().value())
          .isEqualTo(PARTITIONS);
      assertThat(registry.get("qilin.kafka.relay.abandoned").functionCounter().count())
          .isZero();
    }
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void whenATopicIsMissing_thenTheStepSaysWhich() {
    try (KafkaRelay relay = KafkaRelay.builder(
            SharedBroker.settings(), "g", in + "-1", "no-such-dead-letters")
        .topic(in, PayloadSchemas.ANY, this::copy)
        .build()) {
      assertThatThrownBy(relay::step)
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND))
          .hasMessageContaining("no-such-dead-letters");
    }
  }
}
