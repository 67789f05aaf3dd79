package io.qilin.ops.resilience;

import static io.qilin.testkit.FaultyBroker.Fault.ANSWER_DISCONNECTED;
import static io.qilin.testkit.FaultyBroker.Fault.ANSWER_LOST;
import static io.qilin.testkit.FaultyBroker.Fault.DISCONNECTED;
import static io.qilin.testkit.FaultyBroker.Fault.LOST;
import static io.qilin.testkit.FaultyBroker.Fault.NONE;
import static io.qilin.testkit.FaultyBroker.Fault.THROTTLED;
import static io.qilin.testkit.FaultyBroker.Fault.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.alert.Alert;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Severity;
import io.qilin.api.error.QilinException;
import io.qilin.api.trading.BrokerGateway;
import io.qilin.api.trading.ClientOrderId;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.OrderAck;
import io.qilin.api.trading.RejectReason;
import io.qilin.core.trading.OrderDesk;
import io.qilin.core.trading.PaperBroker;
import io.qilin.core.trading.SendOutcome;
import io.qilin.ops.error.DegradationTable;
import io.qilin.ops.error.ManualCase;
import io.qilin.ops.error.StandIn;
import io.qilin.testkit.FaultyBroker;
import io.qilin.testkit.RecordingAlertSink;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A guarded broker, alone and under the desk of qilin-core, with the troubles of trading. */
@Timeout(60)
class ResilientBrokerTest {
  private static final ClientOrderId ID = ClientOrderId.parse("o-1");
  private static final Order ORDER = OneShareMarket.buy("10.00", 100);

  private final Guard guard = new Guard();
  private final RecordingAlertSink alerts = new RecordingAlertSink();
  private final List<Duration> waits = new ArrayList<>();
  private final PaperBroker paper = new PaperBroker(new OneShareMarket());

  @AfterEach
  void close() {
    guard.close();
  }

  private FaultyBroker way(FaultyBroker.Fault... script) {
    paper.connect();
    return new FaultyBroker(paper, List.of(script));
  }

  private OrderDesk desk(BrokerGateway broker) {
    return OrderDesk.builder(broker, alerts, attempt -> {}, waits::add, guard.clock)
        .build();
  }

  private SendOutcome send(Order order, FaultyBroker.Fault... script) {
    return desk(ResilientBroker.of(way(script), guard.of(Guard.DIRECT))).send(ID, order);
  }

  private static RejectReason reason(OrderAck ack) {
    return ((OrderAck.Rejected) ack).rejection().reason();
  }

  @Test
  void whenTheAnswerIsLost_thenTheOrderIsSentOnceAndItsFateUnknown() {
    for (FaultyBroker.Fault fault : List.of(LOST, ANSWER_LOST)) {
      FaultyBroker way = way(fault);
      Resilience resilience = guard.of(Guard.DIRECT);
      assertThat(ResilientBroker.of(way, resilience).submit(ID, ORDER))
          .isInstanceOf(OrderAck.Unknown.class);
      assertThat(way.submitted()).isEqualTo(1);
      assertThat(resilience.state().failures())
          .as("it speaks against the broker")
          .isEqualTo(1);
    }
  }

  @Test
  void whenTheConnectionBreaks_thenTheOrderIsSentOnceAndTheErrorIsOfTheNetwork() {
    FaultyBroker way = way(ANSWER_DISCONNECTED);
    assertThatThrownBy(() -> ResilientBroker.of(way, guard.of(Guard.DIRECT)).submit(ID, ORDER))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NETWORK));
    assertThat(way.submitted()).isEqualTo(1);
  }

  @Test
  void whenTheBrokerIsBusy_thenItsRefusalComesBackAndIsNotRepeated() {
    FaultyBroker way = way(THROTTLED, UNAVAILABLE);
    ResilientBroker broker = ResilientBroker.of(way, guard.of(Guard.DIRECT));
    assertThat(reason(broker.submit(ID, ORDER))).isEqualTo(RejectReason.THROTTLED);
    assertThat(reason(broker.submit(ID, ORDER))).isEqualTo(RejectReason.UNAVAILABLE);
    assertThat(way.submitted()).isEqualTo(2);
  }

  @Test
  void whenTheOrderWasNotSent_thenItSaysSoAndMayBeSentLater() {
    Resilience resilience =
        guard.of(Guard.DIRECT.toBuilder().concurrent(1, Duration.ZERO).build());
    FaultyBroker way = way();
    ResilientBroker broker = ResilientBroker.of(way, resilience);
    OrderAck full = resilience.callOrThrow(() -> broker.submit(ID, ORDER));
    assertThat(reason(full)).isEqualTo(RejectReason.THROTTLED);
    Guard.open(resilience);
    assertThat(reason(broker.submit(ID, ORDER))).isEqualTo(RejectReason.UNAVAILABLE);
    assertThat(way.submitted()).isZero();
    assertThat(paper.query(ID)).isEmpty();
  }

  @Test
  void whenTheExecutorThrowsAfterTheOrderWasBegun_thenItIsNotCalledRefused() {
    CountDownLatch begun = new CountDownLatch(1);
    Executor broken = task -> {
      guard.pool.execute(task);
      Guard.await(begun);
      throw new QilinException(ErrorCode.UNKNOWN, "the host's own tracing failed");
    };
    paper.connect();
    BrokerGateway telling = new Hanging(paper, begun::countDown);
    Resilience resilience = Resilience.builder(
            "vendor", Guard.POOLED, broken, guard.nanos::get, guard.clock, 7)
        .build();
    assertThat(ResilientBroker.of(telling, resilience).submit(ID, ORDER))
        .isInstanceOf(OrderAck.Accepted.class);
    assertThat(paper.query(ID)).isPresent();
  }

  @Test
  void whenTheBrokerHangs_thenTheFateIsUnknown() {
    CountDownLatch end = new CountDownLatch(1);
    BrokerGateway hanging = new Hanging(paper, () -> {
      guard.pass(Duration.ofHours(1));
      Guard.await(end);
    });
    paper.connect();
    OrderAck ack = ResilientBroker.of(hanging, guard.of(Guard.POOLED)).submit(ID, ORDER);
    assertThat(ack).isInstanceOf(OrderAck.Unknown.class);
    end.countDown();
  }

  @Test
  void whenTheSenderIsInterrupted_thenTheFateIsUnknownAndTheFlagIsKept() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    AtomicReference<OrderAck> ack = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>(false);
    ResilientBroker broker = ResilientBroker.of(
        new Hanging(paper, () -> {
          begun.countDown();
          Guard.await(end);
        }),
        guard.of(Guard.POOLED));
    paper.connect();
    Thread sender = new Thread(() -> {
      ack.set(broker.submit(ID, ORDER));
      flag.set(Thread.currentThread().isInterrupted());
    });
    sender.start();
    Guard.await(begun);
    sender.interrupt();
    sender.join(30_000);
    end.countDown();
    assertThat(ack.get()).isInstanceOf(OrderAck.Unknown.class);
    assertThat(flag.get()).isTrue();
  }

  /** A broker whose submit does something first. */
  private record Hanging(BrokerGateway broker, Runnable first) implements BrokerGateway {
    @Override
    public void connect() {
      broker.connect();
    }

    @Override
    public boolean connected() {
      return broker.connected();
    }

    @Override
    public OrderAck submit(ClientOrderId id, Order order) {
      first.run();
      return broker.submit(id, order);
    }

    @Override
    public java.util.Optional<io.qilin.api.trading.OrderState> query(ClientOrderId id) {
      return broker.query(id);
    }

    @Override
    public java.util.Optional<io.qilin.api.trading.OrderState> cancel(ClientOrderId id) {
      return broker.cancel(id);
    }

    @Override
    public List<io.qilin.api.trading.OrderState> openOrders() {
      return broker.openOrders();
    }

    @Override
    public io.qilin.api.trading.Portfolio portfolio() {
      return broker.portfolio();
    }

    @Override
    public void close() {
      broker.close();
    }
  }

  @Test
  void whenAQuestionFails_thenItIsAskedAgain() {
    FaultyBroker way = way(LOST, NONE);
    assertThat(ResilientBroker.of(way, guard.of(Guard.DIRECT)).query(ID)).isEmpty();
  }

  @Test
  void whenARejectionIsTransient_thenTheDeskSendsAgainThreeTimesAfterFiveSeconds() {
    SendOutcome outcome = send(ORDER, THROTTLED, UNAVAILABLE, THROTTLED);
    assertThat(outcome).isInstanceOf(SendOutcome.Placed.class);
    assertThat(waits)
        .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));
  }

  @Test
  void whenARejectionIsNot_thenItIsFinal() {
    assertThat(send(OneShareMarket.buy("10.00", 150))).isInstanceOf(SendOutcome.Refused.class);
    assertThat(waits).isEmpty();
    assertThat(alerts.alerts()).isEmpty();
  }

  @Test
  void whenTheCashIsTooLittle_thenTheAlertIsCriticalWithBothFigures() {
    assertThat(send(OneShareMarket.buy("20.00", 500))).isInstanceOf(SendOutcome.Refused.class);
    Alert alert = alerts.alerts().get(0);
    assertThat(alert.code()).isEqualTo(ErrorCode.INSUFFICIENT_CASH);
    assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(alert.figures().get("required")).isEqualByComparingTo("10000");
    assertThat(alert.figures().get("available")).isEqualByComparingTo("8000");
    assertThat(waits).isEmpty();
  }

  @Test
  void whenThePositionLimitIsReached_thenTheAlertIsAWarningWithBothFigures() {
    assertThat(send(OneShareMarket.buy("10.00", 600))).isInstanceOf(SendOutcome.Refused.class);
    Alert alert = alerts.alerts().get(0);
    assertThat(alert.code()).isEqualTo(ErrorCode.RISK_LIMIT);
    assertThat(alert.severity()).isEqualTo(Severity.WARNING);
    assertThat(alert.figures())
        .isEqualTo(Map.of("current", BigDecimal.ZERO, "limit", BigDecimal.valueOf(500)));
    assertThat(waits).isEmpty();
  }

  @Test
  void whenTheConnectionIsLost_thenTheDeskConnectsAgainFiveTimesAfterTenSeconds() {
    SendOutcome outcome =
        send(ORDER, DISCONNECTED, DISCONNECTED, DISCONNECTED, DISCONNECTED, DISCONNECTED, NONE);
    assertThat(outcome).isInstanceOf(SendOutcome.Placed.class);
    assertThat(waits).hasSize(5).containsOnly(Duration.ofSeconds(10));
  }

  @Test
  void whenAllIsUsedUp_thenTheOrderWaitsForAPerson() {
    FaultyBroker.Fault[] script = new FaultyBroker.Fault[50];
    java.util.Arrays.fill(script, DISCONNECTED);
    SendOutcome outcome = send(ORDER, script);
    List<ManualCase> queue = new ArrayList<>();
    DegradationTable<SendOutcome> table = DegradationTable.<SendOutcome>builder(alerts, guard.clock)
        .manualQueue(queue::add)
        .build();
    assertThatThrownBy(outcome::orThrow)
        .satisfies(thrown ->
            assertThat(table.standIn(ID.value(), thrown)).isInstanceOf(StandIn.PutAside.class));
    assertThat(queue).extracting(ManualCase::subject).containsExactly("o-1");
  }

  @Test
  void whateverGoesWrong_thenOneOrderIsNeverTwo() {
    Random random = new Random(7);
    FaultyBroker.Fault[] faults = FaultyBroker.Fault.values();
    for (int round = 0; round < 200; round++) {
      PaperBroker broker = new PaperBroker(new OneShareMarket());
      broker.connect();
      List<FaultyBroker.Fault> script = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        script.add(faults[random.nextInt(faults.length)]);
      }
      FaultyBroker way = new FaultyBroker(broker, script);
      desk(ResilientBroker.of(way, guard.of(Guard.DIRECT))).send(ID, ORDER);
      way.settle();
      assertThat(broker.portfolio().shares(OneShareMarket.SYMBOL))
          .as("script %s", script)
          .isIn(0L, 100L);
    }
  }
}
