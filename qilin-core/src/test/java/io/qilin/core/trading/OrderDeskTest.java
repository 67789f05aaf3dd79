package io.qilin.core.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.alert.Alert;
import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Degradation;
import io.qilin.api.error.ErrorCode.Severity;
import io.qilin.api.error.QilinException;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.ClientOrderId;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.OrderState.Status;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Rejection;
import io.qilin.core.monitor.BoundedLog;
import io.qilin.core.risk.KillSwitch;
import io.qilin.core.trading.OrderAttempt.Step;
import io.qilin.testkit.FaultyBroker;
import io.qilin.testkit.FaultyBroker.Fault;
import io.qilin.testkit.RecordingAlertSink;
import io.qilin.testkit.SettableClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class OrderDeskTest {
  private static final ClientOrderId ID = ClientOrderId.parse("o-1");
  private static final Order ORDER = OnePriceMatching.buy("10.00", 100);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Duration RECONNECT = Duration.ofSeconds(10);

  private final OnePriceMatching market = new OnePriceMatching();
  private final PaperBroker paper = new PaperBroker(market);
  private final RecordingAlertSink alerts = new RecordingAlertSink();
  private final BoundedLog<OrderAttempt> log = new BoundedLog<>(1000);
  private final SettableClock clock = SettableClock.at(Instant.EPOCH);
  private final List<Duration> waits = new ArrayList<>();
  private AlertSink sink = alerts;
  private Pause pause = length -> {
    waits.add(length);
    clock.advance(length);
  };

  private SendOutcome send(Order order, UnaryOperator<OrderDesk.Builder> setting, Fault... script) {
    paper.connect();
    FaultyBroker broker = new FaultyBroker(paper, List.of(script));
    return setting
        .apply(OrderDesk.builder(broker, sink, log::add, pause, clock))
        .build()
        .send(ID, order);
  }

  private SendOutcome send(Fault... script) {
    return send(ORDER, UnaryOperator.identity(), script);
  }

  private List<Step> steps() {
    return log.entries().stream().map(OrderAttempt::step).toList();
  }

  private void assertFilledOnce(SendOutcome outcome) {
    assertThat(outcome.orThrow().status()).isEqualTo(Status.FILLED);
    assertThat(market.trades()).isEqualTo(1);
    assertThat(alerts.alerts()).isEmpty();
  }

  private static Fault[] times(int n, Fault fault) {
    return Collections.nCopies(n, fault).toArray(Fault[]::new);
  }

  @Test
  void whenNothingGoesWrong_thenItIsSentOnce() {
    assertFilledOnce(send());
    assertThat(log.entries())
        .containsExactly(new OrderAttempt(
            Instant.EPOCH, ID, ORDER, Step.SUBMIT, 1, "FILLED, 100 of 100 filled"));
    assertThat(waits).isEmpty();
  }

  @Test
  void whenRefusedForTheMoment_thenItIsSentAgainThreeTimesAfterFiveSeconds() {
    assertFilledOnce(send(Fault.THROTTLED, Fault.UNAVAILABLE, Fault.THROTTLED));
    assertThat(waits).containsExactly(RETRY, RETRY, RETRY);
    assertThat(log.entries().get(3).at()).isEqualTo(Instant.EPOCH.plusSeconds(15));
    assertThat(log.entries().get(3).number()).isEqualTo(4);
  }

  @Test
  void whenRefusedForTheMomentTooOften_thenAPersonIsCalled() {
    SendOutcome outcome = send(times(4, Fault.THROTTLED));
    assertThat(outcome).isInstanceOfSatisfying(SendOutcome.Unresolved.class, unresolved -> {
      assertThat(unresolved.cause()).isEqualTo(ErrorCode.RATE_LIMITED);
      assertThat(unresolved.degradation()).isEqualTo(Degradation.MANUAL_INTERVENTION);
      assertThat(unresolved.mayBeLive()).isFalse();
      assertThat(unresolved.message()).contains("o-1", "the broker does not have it");
    });
    assertThat(waits).containsExactly(RETRY, RETRY, RETRY);
    assertThat(alerts.alerts()).singleElement().satisfies(alert -> {
      assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
      assertThat(alert.code()).isEqualTo(ErrorCode.TRADING);
    });
    assertThatThrownBy(outcome::orThrow)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TRADING));
  }

  @Test
  void whenRefusedForGood_thenItIsNeverSentAgain() {
    SendOutcome outcome = send(OnePriceMatching.buy("10.00", 150), UnaryOperator.identity());
    assertThat(outcome)
        .isInstanceOfSatisfying(
            SendOutcome.Refused.class,
            refused -> assertThat(refused.rejection().reason()).isEqualTo(RejectReason.LOT_SIZE));
    assertThat(steps()).containsExactly(Step.SUBMIT);
    assertThat(waits).isEmpty();
    assertThat(alerts.alerts()).isEmpty();
    assertThatThrownBy(outcome::orThrow)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ORDER_INVALID));
  }

  @Test
  void whenTheCashIsShort_thenTheAlertIsCriticalAndHasTheFigures() {
    send(OnePriceMatching.buy("200.00", 600), UnaryOperator.identity());
    assertThat(alerts.alerts())
        .containsExactly(new Alert(
            Instant.EPOCH,
            ErrorCode.INSUFFICIENT_CASH,
            "trading",
            "the order needs 120005.00 yuan with its fees, 100000.00 are available",
            Severity.CRITICAL,
            Map.of(
                "required", new BigDecimal("120005.00"),
                "available", new BigDecimal("100000.00"))));
    assertThat(steps()).containsExactly(Step.SUBMIT, Step.ALERT);
  }

  @Test
  void whenThePositionIsFull_thenTheAlertIsAWarningAndHasTheFigures() {
    send(OnePriceMatching.buy("10.00", 1100), UnaryOperator.identity());
    assertThat(alerts.alerts()).singleElement().satisfies(alert -> {
      assertThat(alert.severity()).isEqualTo(Severity.WARNING);
      assertThat(alert.code()).isEqualTo(ErrorCode.RISK_LIMIT);
      assertThat(alert.figures())
          .containsOnly(
              Map.entry(Rejection.CURRENT, BigDecimal.ZERO),
              Map.entry(Rejection.LIMIT, BigDecimal.valueOf(1000)));
    });
    assertThat(waits).isEmpty();
  }

  @Test
  void whenTheAnswerIsLost_thenItIsAskedForAndNotSentAgain() {
    assertFilledOnce(send(Fault.ANSWER_LOST));
    assertThat(steps()).containsExactly(Step.SUBMIT, Step.QUERY);
    assertThat(waits).isEmpty();
  }

  @Test
  void whenTheOrderIsLost_thenItIsAskedForAndSentAgain() {
    assertFilledOnce(send(Fault.LOST));
    assertThat(steps()).containsExactly(Step.SUBMIT, Step.QUERY, Step.SUBMIT);
    assertThat(waits).containsExactly(RETRY);
  }

  @Test
  void whenTheOrderIsLate_thenItIsStillOne() {
    assertFilledOnce(send(Fault.LATE));
    assertThat(steps()).containsExactly(Step.SUBMIT, Step.QUERY, Step.SUBMIT);
  }

  @Test
  void whenAskingGetsNoAnswer_thenItIsAskedAgainBeforeItIsSent() {
    assertFilledOnce(send(Fault.LOST, Fault.LOST, Fault.LOST));
    assertThat(steps())
        .containsExactly(Step.SUBMIT, Step.QUERY, Step.QUERY, Step.QUERY, Step.SUBMIT);
    assertThat(waits).containsExactly(RETRY, RETRY);
  }

  @Test
  void whenThereIsNoAnswerAtAll_thenThePersonIsToldThatItMayBeLive() {
    assertThat(send(times(20, Fault.LOST)))
        .isInstanceOfSatisfying(SendOutcome.Unresolved.class, unresolved -> {
          assertThat(unresolved.cause()).isEqualTo(ErrorCode.TIMEOUT);
          assertThat(unresolved.mayBeLive()).isTrue();
          assertThat(unresolved.message()).contains("the broker may have it");
        });
    assertThat(waits).containsExactly(RETRY, RETRY, RETRY);
  }

  @Test
  void whenTheConnectionBreaks_thenItIsOpenedAgainAndTheOrderAskedFor() {
    assertFilledOnce(send(Fault.ANSWER_DISCONNECTED));
    assertThat(steps()).containsExactly(Step.SUBMIT, Step.RECONNECT, Step.QUERY);
    assertThat(waits).containsExactly(RECONNECT);
  }

  @Test
  void whenTheConnectionStaysAway_thenFiveReconnectionsAreTriedAfterTenSeconds() {
    assertThat(send(times(6, Fault.DISCONNECTED)))
        .isInstanceOfSatisfying(SendOutcome.Unresolved.class, unresolved -> {
          assertThat(unresolved.cause()).isEqualTo(ErrorCode.NETWORK);
          assertThat(unresolved.mayBeLive()).isTrue();
        });
    assertThat(waits).containsExactly(RECONNECT, RECONNECT, RECONNECT, RECONNECT, RECONNECT);
    assertThat(steps()).endsWith(Step.RECONNECT, Step.ALERT);
  }

  @Test
  void whenTheFifthReconnectionWorks_thenTheOrderIsSent() {
    assertFilledOnce(send(times(5, Fault.DISCONNECTED)));
  }

  @Test
  void whenTheKillSwitchIsOn_thenNothingIsSent() {
    KillSwitch killSwitch = new KillSwitch();
    killSwitch.trip("daily loss");
    SendOutcome outcome = send(ORDER, desk -> desk.haltedBy(killSwitch::reason));
    assertThat(outcome).isInstanceOfSatisfying(SendOutcome.Vetoed.class, vetoed -> {
      assertThat(vetoed.code()).isEqualTo(ErrorCode.KILL_SWITCH);
      assertThat(vetoed.verdict().reason()).isEqualTo("daily loss");
      assertThat(vetoed.mayBeLive()).isFalse();
    });
    assertThat(steps()).containsExactly(Step.CHECK);
    assertThat(market.trades()).isZero();
    assertThatThrownBy(outcome::orThrow)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KILL_SWITCH));
  }

  @Test
  void whenTheKillSwitchIsTrippedDuringTheWait_thenTheOrderIsNotSentAgain() {
    KillSwitch killSwitch = new KillSwitch();
    pause = length -> killSwitch.trip("during the wait");
    SendOutcome outcome = send(ORDER, desk -> desk.haltedBy(killSwitch::reason), Fault.LOST);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            SendOutcome.Vetoed.class, vetoed -> assertThat(vetoed.mayBeLive()).isTrue());
    assertThat(steps()).containsExactly(Step.SUBMIT, Step.QUERY, Step.CHECK);
    assertThat(market.trades()).isZero();
  }

  @Test
  void whenARiskRuleForbidsIt_thenItIsNotSent() {
    RiskVerdict.Reject reject = new RiskVerdict.Reject("cash", "too much");
    SendOutcome outcome = send(ORDER, desk -> desk.check(order -> reject));
    assertThat(outcome).isEqualTo(new SendOutcome.Vetoed(ID, ErrorCode.RISK_LIMIT, reject, false));
    assertThat(market.trades()).isZero();
  }

  @Test
  void whenTheCheckThrowsOrIsSilent_thenItIsNotSent() {
    List<UnaryOperator<OrderDesk.Builder>> broken = List.of(
        desk -> desk.check(order -> {
          throw new ArithmeticException("a\nb");
        }),
        desk -> desk.check(order -> {
          throw new AssertionError();
        }),
        desk -> desk.check(order -> null),
        desk -> desk.haltedBy(() -> null),
        desk -> desk.haltedBy(() -> {
          throw QilinException.invalid("no state");
        }));
    for (UnaryOperator<OrderDesk.Builder> setting : broken) {
      assertThat(send(ORDER, setting))
          .isInstanceOfSatisfying(
              SendOutcome.Vetoed.class,
              vetoed -> assertThat(vetoed.verdict().reason()).isNotBlank().doesNotContain("\n"));
    }
    assertThat(market.trades()).isZero();
  }

  @Test
  void whenTheIdIsThatOfAnotherOrder_thenItIsRefused() {
    paper.connect();
    paper.submit(ID, OnePriceMatching.buy("10.00", 200));
    for (Fault fault : List.of(Fault.NONE, Fault.LOST)) {
      assertThat(send(fault))
          .isInstanceOfSatisfying(
              SendOutcome.Refused.class,
              refused ->
                  assertThat(refused.rejection().reason()).isEqualTo(RejectReason.DUPLICATE_ID));
    }
    assertThat(market.trades()).isEqualTo(1);
  }

  @Test
  void whenTheRefusalWasLost_thenItIsFoundByAsking() {
    assertThat(
            send(OnePriceMatching.buy("10.00", 150), UnaryOperator.identity(), Fault.ANSWER_LOST))
        .isInstanceOf(SendOutcome.Refused.class);
    assertThat(steps()).containsExactly(Step.SUBMIT, Step.QUERY);
  }

  @Test
  void whenTheGatewayFailsForGood_thenAPersonIsCalledAtOnce() {
    paper.connect();
    paper.close();
    assertThat(OrderDesk.builder(paper, alerts, log::add, pause, clock).build().send(ID, ORDER))
        .isInstanceOfSatisfying(
            SendOutcome.Unresolved.class,
            unresolved -> assertThat(unresolved.cause()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    assertThat(waits).containsExactly(RECONNECT);
  }

  @Test
  void whenTheWaitIsInterrupted_thenTheFlagIsSetAgain() {
    pause = length -> {
      throw new InterruptedException();
    };
    assertThat(send(Fault.THROTTLED))
        .isInstanceOfSatisfying(
            SendOutcome.Unresolved.class,
            unresolved -> assertThat(unresolved.cause()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whenTheAlertCannotBeDelivered_thenTheLogSaysSoAndTheOutcomeStays() {
    sink = alert -> {
      throw new UnsupportedOperationException("no mail");
    };
    assertThat(send(OnePriceMatching.buy("10.00", 1100), UnaryOperator.identity()))
        .isInstanceOf(SendOutcome.Refused.class);
    assertThat(log.entries().get(1).result()).contains("not delivered", "no mail");
  }

  @Test
  void whenThePolicyIsAnother_thenItIsFollowed() {
    RetryPolicy once = new RetryPolicy(1, Duration.ofMillis(7), 0, Duration.ZERO);
    assertThat(send(ORDER, desk -> desk.policy(once), Fault.THROTTLED, Fault.DISCONNECTED))
        .isInstanceOf(SendOutcome.Unresolved.class);
    assertThat(waits).containsExactly(Duration.ofMillis(7));
  }

  @Test
  void whenAPolicyIsOutOfRange_thenItIsRefused() {
    List<ThrowingCallable> bad = List.of(
        () -> new RetryPolicy(-1, RETRY, 0, RECONNECT),
        () -> new RetryPolicy(101, RETRY, 0, RECONNECT),
        () -> new RetryPolicy(0, RETRY.negated(), 0, RECONNECT),
        () -> new RetryPolicy(0, RETRY, -1, RECONNECT),
        () -> new RetryPolicy(0, RETRY, 101, RECONNECT));
    assertThat(bad)
        .allSatisfy(policy -> assertThatThrownBy(policy)
            .isInstanceOfSatisfying(
                QilinException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT)));
  }

  @Test
  void whenThereIsAnOutcome_thenEachCaseHasItsOwnAnswer() {
    SendOutcome placed = send();
    assertThat(name(placed)).isEqualTo("placed");
    assertThat(name(new SendOutcome.Refused(ID, Rejection.of(RejectReason.TICK, "tick"))))
        .isEqualTo("refused");
    assertThat(name(new SendOutcome.Vetoed(
            ID, ErrorCode.RISK_LIMIT, new RiskVerdict.Reject("a", "b"), false)))
        .isEqualTo("vetoed");
    assertThat(name(new SendOutcome.Unresolved(ID, ErrorCode.TIMEOUT, "m", true)))
        .isEqualTo("unresolved");
  }

  private static String name(SendOutcome outcome) {
    return outcome.fold(a -> "placed", b -> "refused", c -> "vetoed", d -> "unresolved");
  }
}
