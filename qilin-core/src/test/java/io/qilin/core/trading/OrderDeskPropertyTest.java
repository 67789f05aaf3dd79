package io.qilin.core.trading;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.trading.ClientOrderId;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.OrderState.Status;
import io.qilin.core.monitor.BoundedLog;
import io.qilin.core.trading.OrderAttempt.Step;
import io.qilin.testkit.FaultyBroker;
import io.qilin.testkit.FaultyBroker.Fault;
import io.qilin.testkit.RecordingAlertSink;
import io.qilin.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Whatever goes wrong, one order is never two. */
class OrderDeskPropertyTest {
  private static final ClientOrderId ID = ClientOrderId.parse("one");
  private static final Order ORDER = OnePriceMatching.buy("10.00", 100);
  private static final Duration LONGEST = Duration.ofSeconds(3 * 5 + 5 * 10);

  /** One account, and a way to it on which the script happens. */
  private static final class Course {
    final OnePriceMatching market = new OnePriceMatching();
    final PaperBroker paper = new PaperBroker(market);
    final RecordingAlertSink alerts = new RecordingAlertSink();
    final SettableClock clock = SettableClock.at(Instant.EPOCH);
    final BoundedLog<OrderAttempt> log = new BoundedLog<>(10_000);
    final FaultyBroker broker;
    final OrderDesk desk;

    Course(List<Fault> script) {
      paper.connect();
      broker = new FaultyBroker(paper, script);
      desk = OrderDesk.builder(broker, alerts, log::add, clock::advance, clock).build();
    }

    SendOutcome send() {
      return desk.send(ID, ORDER);
    }
  }

  @Property(tries = 5000)
  void whenAnythingGoesWrong_thenThereIsAtMostOneOrderAndTheOutcomeIsTrue(
      @ForAll @Size(max = 25) List<Fault> script) {
    Course course = new Course(script);
    SendOutcome outcome = course.send();
    course.broker.settle();
    int trades = course.market.trades();
    assertThat(trades).isLessThanOrEqualTo(1);
    assertThat(course.clock.instant()).isBeforeOrEqualTo(Instant.EPOCH.plus(LONGEST));
    assertThat(course.broker.submitted()).isLessThanOrEqualTo(1 + 3 + 5);
    assertAskedBeforeItIsSentAgain(course.log.entries());
    if (outcome instanceof SendOutcome.Placed placed) {
      assertThat(placed.state().status()).isEqualTo(Status.FILLED);
      assertThat(trades).isEqualTo(1);
    } else {
      assertThat(outcome).isInstanceOfSatisfying(SendOutcome.Unresolved.class, unresolved -> {
        assertThat(unresolved.mayBeLive() || trades == 0).isTrue();
        assertThat(course.alerts.alerts()).hasSize(1);
      });
    }
  }

  @Property(tries = 2000)
  void whenItIsSentUntilItIsPlaced_thenItIsFilledExactlyOnce(
      @ForAll @Size(max = 40) List<Fault> script) {
    Course course = new Course(script);
    SendOutcome outcome = course.send();
    while (!(outcome instanceof SendOutcome.Placed)) {
      outcome = course.send();
    }
    course.broker.settle();
    assertThat(course.market.trades()).isEqualTo(1);
    assertThat(course.paper.portfolio().shares(OnePriceMatching.SYMBOL)).isEqualTo(100);
    assertThat(course.paper.query(ID).orElseThrow().filledShares()).isEqualTo(100);
  }

  /** The last word of the broker before a further sending is a refusal, or that it has no order. */
  private static void assertAskedBeforeItIsSentAgain(List<OrderAttempt> attempts) {
    String said = "";
    for (OrderAttempt attempt : attempts) {
      if (attempt.step() == Step.SUBMIT && attempt.number() > 1) {
        assertThat(said).matches("(THROTTLED|UNAVAILABLE): .*|the broker does not have it");
      }
      if (attempt.step() == Step.SUBMIT || attempt.step() == Step.QUERY) {
        said = attempt.result();
      }
    }
  }
}
