package io.qilin.core.risk;

import static io.qilin.core.risk.RiskCases.MAIN;
import static io.qilin.core.risk.RiskCases.NEW;
import static io.qilin.core.risk.RiskCases.OTHER;
import static io.qilin.core.risk.RiskCases.buy;
import static io.qilin.core.risk.RiskCases.cash;
import static io.qilin.core.risk.RiskCases.context;
import static io.qilin.core.risk.RiskCases.sell;
import static io.qilin.core.risk.RiskCases.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.risk.RiskRule;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Portfolio;
import io.qilin.api.trading.Side;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RiskSessionTest {
  private static final Symbol GONE = Symbol.parse("600999.SH");

  private static void refused(Runnable call, ErrorCode code, String... words) {
    assertThatThrownBy(call::run).isInstanceOfSatisfying(QilinException.class, e -> {
      assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
      assertThat(e.getMessage()).contains(words);
    });
  }

  @Test
  void whenABuyIsAccepted_thenItCountsAsFilled() {
    RiskSession session = RiskSession.of(cash("20000"));
    session.accept(buy(MAIN, "10.10", 1000));
    // 10 100.00, commission 5.00, transfer fee 0.10.
    assertThat(session.cashFen()).isEqualTo(989_490);
    assertThat(session.valueMills()).isEqualTo(10_000_000);
    assertThat(session.share(MAIN).held()).isEqualTo(1000);
    assertThat(session.share(MAIN).sellable()).isZero();
    assertThat(session.share(MAIN).boughtToday()).isEqualTo(1000);
    assertThat(session.context().portfolio().cash()).isEqualTo(Money.parse("9894.90"));
    refused(
        () -> session.accept(buy(MAIN, "10.00", 1000)),
        ErrorCode.INSUFFICIENT_CASH,
        "10005.10",
        "9894.90");
  }

  @Test
  void whenASaleIsAccepted_thenItsSharesAreBlockedButBringNothingUntilTheyAreSold() {
    RiskSession session = RiskSession.of(context(with("0", Map.of(MAIN, 1000L))));
    session.accept(sell(MAIN, "10.00", 600));
    assertThat(session.share(MAIN).sellable()).isEqualTo(400);
    assertThat(session.valueMills()).isEqualTo(10_000_000);
    assertThat(session.cashFen()).isZero();
    assertThat(session.context().portfolio().sellable(MAIN, RiskCases.SESSION)).isEqualTo(400);
    refused(() -> session.accept(sell(MAIN, "10.00", 500)), ErrorCode.POSITION, "400", "500");
    refused(() -> session.sold(sell(MAIN, "10.00", 700)), ErrorCode.POSITION, "600", "700");
    refused(() -> session.sold(buy(MAIN, "10.00", 100)), ErrorCode.INVALID_ARGUMENT, "BUY");
    session.sold(sell(MAIN, "10.50", 600));
    // 6 300.00 less commission 5.00, stamp tax 3.15, transfer fee 0.06.
    assertThat(session.cashFen()).isEqualTo(629_179);
    assertThat(session.share(MAIN).held()).isEqualTo(400);
    assertThat(session.share(MAIN).sellable()).isEqualTo(400);
    assertThat(session.valueMills()).isEqualTo(4_000_000);
  }

  @Test
  void whenAPriceIsMarked_thenTheAccountCountsAtIt() {
    RiskSession session = RiskSession.of(context(with("900000", Map.of(MAIN, 10_000L))));
    session.mark(MAIN, new BigDecimal("9.50"));
    assertThat(session.equityMills()).isEqualTo(995_000_000);
    assertThat(session.share(MAIN).closeMills()).isEqualTo(10_000);
    RiskSettings settings = RiskSettings.moderate().toBuilder()
        .dayStart(Money.parse("1000000"))
        .dailyLoss(0.005)
        .build();
    assertThat(RiskGate.standard(settings).check(buy(OTHER, "10.00", 100), session))
        .isInstanceOfSatisfying(RiskVerdict.Reject.class, reject -> {
          assertThat(reject.rule()).isEqualTo("daily-loss");
          assertThat(reject.reason()).contains("995000.00", "1000000.00", "0.005");
        });
    session.mark(MAIN, new BigDecimal("9.501"));
    assertThat(
            RiskGate.standard(settings).check(buy(OTHER, "10.00", 100), session).passed())
        .isTrue();
    for (String wrong : List.of("0", "-1", "0.0001", "1E+12")) {
      refused(() -> session.mark(MAIN, new BigDecimal(wrong)), ErrorCode.INVALID_ARGUMENT, "price");
    }
  }

  @Test
  void whenAMarkCannotBeCounted_thenNothingChanges() {
    RiskSession session =
        RiskSession.of(context(with("0", Map.of(MAIN, 1_000_000_000_000L, OTHER, 100L))));
    long before = session.equityMills();
    refused(
        () -> session.mark(MAIN, new BigDecimal("900000000000")),
        ErrorCode.LIMIT_EXCEEDED,
        "worth");
    assertThat(session.equityMills()).isEqualTo(before);
    assertThat(session.stressMills(1)).isEqualTo(before / 10);
  }

  @Test
  void whenAHoldingHasNoPrice_thenItIsMissedUntilItIsMarked() {
    RiskSession session = RiskSession.of(context(with("0", Map.of(GONE, 1_000L, MAIN, 100L))));
    refused(session::equityMills, ErrorCode.DATA_NOT_FOUND, "600999.SH");
    refused(() -> session.stressMills(3), ErrorCode.DATA_NOT_FOUND, "600999.SH");
    session.mark(GONE, BigDecimal.ONE);
    assertThat(session.equityMills()).isEqualTo(2_000_000);
    assertThat(session.stressMills(1)).isEqualTo(200_000);
  }

  @Test
  void whenOrdersArePlanned_thenEachIsJudgedWithThoseBefore() {
    RiskSession session = RiskSession.of(context(with("900000", Map.of(MAIN, 10_000L))));
    RiskGate gate = RiskGate.standard(RiskSettings.moderate());
    PlannedOrder sale = PlannedOrder.of(MAIN, Side.SELL, 6_000, "too much");
    PlannedOrder more = PlannedOrder.of(OTHER, Side.BUY, 8_000, "good");
    List<RiskReview> reviews = gate.review(
        List.of(
            sale,
            sale,
            more,
            more,
            PlannedOrder.of(MAIN, Side.BUY, 0, "nothing"),
            more.limit(new BigDecimal("10.00"))),
        session,
        session::worstPrice);
    assertThat(reviews).extracting(review -> review.order().symbol()).startsWith(MAIN, MAIN);
    assertThat(reviews)
        .extracting(review -> review.verdict().fold(() -> "pass", RiskVerdict.Reject::rule))
        .containsExactly("pass", "sellable", "pass", "single", "price", "single");
  }

  @Test
  void whenAGateLeavesOutTheCash_thenTheAccountStillRefuses() {
    RiskGate gate = RiskGate.of(List.of(RiskRules.killSwitch(new KillSwitch())));
    RiskSession session = RiskSession.of(cash("1"));
    List<RiskReview> reviews = gate.review(
        List.of(PlannedOrder.of(MAIN, Side.BUY, 100, "")), session, session::worstPrice);
    assertThat(reviews.get(0).verdict())
        .isInstanceOfSatisfying(
            RiskVerdict.Reject.class, reject -> assertThat(reject.rule()).isEqualTo("account"));
  }

  @Test
  void whenAnOrderStatesNoLimit_thenItsWorstPriceIsThatOfTheDay() {
    RiskSession session = RiskSession.of(cash());
    PlannedOrder buy = PlannedOrder.of(MAIN, Side.BUY, 100, "");
    assertThat(session.worstPrice(buy)).isEqualTo(new BigDecimal("11.00"));
    assertThat(session.worstPrice(PlannedOrder.of(MAIN, Side.SELL, 100, "")))
        .isEqualTo(new BigDecimal("9.00"));
    assertThat(session.worstPrice(buy.limit(new BigDecimal("10.2"))))
        .isEqualTo(new BigDecimal("10.2"));
    refused(
        () -> session.worstPrice(PlannedOrder.of(NEW, Side.BUY, 100, "")),
        ErrorCode.ORDER_INVALID,
        "no price limit",
        "give the order a limit");
  }

  @Test
  void whenARuleIsTheHosts_thenItSeesAcceptedOrders() {
    RiskRule once = new RiskRule() {
      @Override
      public String id() {
        return "once";
      }

      @Override
      public RiskVerdict check(Order order, RiskContext context) {
        return context.portfolio().shares(order.symbol()) == 0
            ? RiskVerdict.pass()
            : new RiskVerdict.Reject(id(), "held already");
      }
    };
    SessionRule prepared = new SessionRule() {
      @Override
      public String id() {
        return "once-prepared";
      }

      @Override
      public RiskVerdict judge(Order order, RiskSession session) {
        return session.share(order.symbol()).held() == 0
            ? RiskVerdict.pass()
            : new RiskVerdict.Reject(id(), "held already");
      }
    };
    RiskGate gate = RiskGate.of(List.of(once, prepared));
    RiskSession session = RiskSession.of(cash());
    Order order = buy(MAIN, "10.00", 100);
    assertThat(gate.check(order, session)).isSameAs(RiskVerdict.pass());
    session.accept(order);
    assertThat(gate.objections(order, session))
        .extracting(RiskVerdict.Reject::rule)
        .containsExactly("once", "once-prepared");
  }

  @Test
  void whenTheAccountIsLargerThanCanBeCounted_thenThereIsNoSession() {
    Portfolio huge = with("0", Map.of(MAIN, Long.MAX_VALUE / 2000));
    refused(() -> RiskSession.of(context(huge)), ErrorCode.LIMIT_EXCEEDED, "worth more");
  }
}
