package io.qilin.core.risk;

import static io.qilin.core.risk.RiskCases.MAIN;
import static io.qilin.core.risk.RiskCases.NEW;
import static io.qilin.core.risk.RiskCases.OTHER;
import static io.qilin.core.risk.RiskCases.buy;
import static io.qilin.core.risk.RiskCases.sell;
import static io.qilin.core.risk.RiskCases.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.Portfolio;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Value at risk of an account: 101 days, on which a share loses 10 % every tenth day. */
class TailRuleTest {
  private static final int ROWS = 101;
  private static final List<LocalDate> DAYS = Panels.weekdays(Panels.FIRST_DAY, ROWS);
  private static final LocalDate SESSION = DAYS.get(ROWS - 1).plusDays(1);

  /** MAIN falls on every tenth day and gets it back on the next, OTHER never moves, NEW is young. */
  static Panel history(boolean factor) {
    Panel.Builder builder = Panel.builder(DAYS, Adjustment.RAW);
    for (Symbol symbol : List.of(MAIN, OTHER, NEW)) {
      int from = symbol.equals(NEW) ? ROWS - 60 : 0;
      double[] close = new double[ROWS - from];
      double[] ones = new double[ROWS - from];
      double[] volume = new double[ROWS - from];
      Arrays.fill(ones, 1);
      Arrays.fill(volume, 1_000_000);
      for (int d = 0; d < close.length; d++) {
        close[d] = symbol.equals(MAIN) && d % 10 == 5 ? 9 : 10;
      }
      builder.column(symbol, Field.CLOSE, from, close).column(symbol, Field.VOLUME, from, volume);
      if (factor) {
        builder.column(symbol, Field.FACTOR, from, ones);
      }
    }
    return builder.build();
  }

  static RiskContext context(Panel history, Portfolio portfolio) {
    return new RiskContext(SESSION, history, RiskCases.SECURITIES, portfolio);
  }

  private static Optional<String> objection(SessionRule rule, Order order, RiskContext context) {
    return RiskGate.of(List.of(rule))
        .check(order, context)
        .fold(Optional::empty, reject -> Optional.of(reject.reason()));
  }

  @Test
  void whenTheLossReachesTheLimit_thenOneLotMoreIsRefusedWithFigures() {
    SessionRule rule = RiskRules.valueAtRisk(RiskSettings.moderate());
    RiskContext million = context(history(true), Portfolio.ofCash(Money.parse("1000000")));
    // A tenth of the days loses 10 %: 5 % of a million are 500 000 yuan of the share.
    assertThat(objection(rule, buy(MAIN, "10.00", 50_000), million)).isEmpty();
    assertThat(objection(rule, buy(MAIN, "10.00", 50_100), million))
        .hasValueSatisfying(reason -> assertThat(reason)
            .contains(
                "50100.00", "HISTORICAL", "0.95", "50000.00", "0.05", "is 0.00", "50000 shares"));
    assertThat(objection(rule, buy(OTHER, "10.00", 90_000), million)).isEmpty();
    RiskContext held = context(history(true), with("0", Map.of(MAIN, 100_000L)));
    assertThat(objection(rule, buy(OTHER, "10.00", 100), held)).isPresent();
    assertThat(objection(rule, sell(MAIN, "10.00", 100), held)).isEmpty();
  }

  @Test
  void whenASessionGoesOn_thenAcceptedOrdersAreInTheTail() {
    SessionRule rule = RiskRules.valueAtRisk(RiskSettings.moderate());
    RiskGate gate = RiskGate.of(List.of(rule));
    RiskSession session =
        RiskSession.of(context(history(true), Portfolio.ofCash(Money.parse("1000000"))));
    assertThat(gate.check(buy(MAIN, "10.00", 30_000), session).passed()).isTrue();
    session.accept(buy(MAIN, "10.00", 30_000));
    assertThat(gate.check(buy(MAIN, "10.00", 19_900), session).passed()).isTrue();
    RiskVerdict more = gate.check(buy(MAIN, "10.00", 20_100), session);
    assertThat(more).isEqualTo(gate.check(buy(MAIN, "10.00", 20_100), session.context()));
    assertThat(more.passed()).isFalse();
  }

  @Test
  void whenTheMeanOfTheTailIsLimited_thenItIsExpectedShortfall() {
    RiskContext million = context(history(true), Portfolio.ofCash(Money.parse("1000000")));
    SessionRule rule =
        RiskRules.expectedShortfall(new ValueAtRisk(ValueAtRisk.Method.HISTORICAL, 0.8), 0.02);
    // The worst 20 of 100 days: 10 lose 10 %, 10 nothing: 5 % on average.
    assertThat(rule.id()).isEqualTo("expected-shortfall");
    assertThat(objection(rule, buy(MAIN, "10.00", 39_900), million)).isEmpty();
    assertThat(objection(rule, buy(MAIN, "10.00", 40_100), million))
        .hasValueSatisfying(
            reason -> assertThat(reason).contains("expected shortfall", "20050.00"));
    for (ValueAtRisk.Method method : ValueAtRisk.Method.values()) {
      SessionRule any = RiskRules.valueAtRisk(new ValueAtRisk(method, 0.95), 0.05);
      assertThat(objection(any, buy(MAIN, "10.00", 20_000), million))
          .as("%s", method)
          .isEmpty();
      assertThat(objection(any, buy(MAIN, "10.00", 99_000), million))
          .as("%s", method)
          .isPresent();
    }
    assertThatThrownBy(() -> RiskRules.valueAtRisk(ValueAtRisk.HISTORICAL_95, 0))
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenReturnsAreNotKnown_thenNothingIsBought() {
    SessionRule rule = RiskRules.valueAtRisk(RiskSettings.moderate());
    Portfolio cash = Portfolio.ofCash(Money.parse("1000000"));
    assertThat(objection(rule, buy(MAIN, "10.00", 100), context(history(false), cash)))
        .hasValueSatisfying(reason -> assertThat(reason).contains("$factor"));
    // 60 days make 59 returns.
    assertThat(objection(rule, buy(NEW, "10.00", 100), context(history(true), cash)))
        .hasValueSatisfying(reason -> assertThat(reason).contains("59 returns", "60"));
    RiskContext held = context(history(true), with("900000", Map.of(NEW, 100L)));
    assertThat(objection(rule, buy(OTHER, "10.00", 100), held))
        .hasValueSatisfying(reason -> assertThat(reason).contains("600004.SH"));
  }

  @Test
  void whenAShareWasSuspendedOrIsYoung_thenItsReturnsAreFilledAsWritten() {
    double nan = Double.NaN;
    Panel panel = Panel.builder(Panels.weekdays(Panels.FIRST_DAY, 7), Adjustment.RAW)
        .column(MAIN, Field.CLOSE, 0, new double[] {nan, nan, 10, 11, nan, 12.1, 6.05})
        .column(MAIN, Field.FACTOR, 0, new double[] {1, 1, 1, 1, 1, 1, 2})
        .build();
    Scenarios scenarios = new Scenarios(panel, 250, 2);
    // 10 % on the fourth day and, over the gap, on the sixth; the halved price is a bonus issue.
    assertThat(scenarios.with(MAIN, 1_000))
        .usingComparatorWithPrecision(1e-12)
        .containsExactly(0.1, 0, 0.1, 0, 0.1, 0);
  }
}
