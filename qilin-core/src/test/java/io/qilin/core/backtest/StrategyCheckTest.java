package io.qilin.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Side;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.LookAheadReport;
import io.qilin.core.portfolio.PortfolioOptimizer;
import io.qilin.core.portfolio.WeightLimits;
import io.qilin.testkit.Panels;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StrategyCheckTest {
  private static final Panel PANEL = Panels.random(12, 90, 11);
  private static final FactorSet MOMENTUM =
      FactorSet.of("s", new Factor("f", "$close/Ref($close,5)-1"));

  /** Yesterday's close over the close of the day before, from the history alone. */
  private static final Signal LAST_RETURN =
      history -> IntStream.range(0, history.symbols().size())
          .mapToDouble(i -> {
            int last = history.days().size() - 1;
            return last == 0
                ? Double.NaN
                : history.value(Field.CLOSE, i, last) / history.value(Field.CLOSE, i, last - 1);
          })
          .toArray();

  private static TopK top(Signal signal) {
    return EqualWeight.top(signal, 4, 0.9, TargetSettings.DEFAULT);
  }

  @Test
  void whenAStrategyReadsItsHistoryOnly_thenItPasses() {
    List<Strategy> honest = List.of(
        top(LAST_RETURN),
        new EqualWeight(0.9, TargetSettings.DEFAULT),
        new TopK(LAST_RETURN, 4, Weighting.INVERSE_VOLATILITY, 0.9, TargetSettings.DEFAULT),
        OptimalWeights.builder(
                LAST_RETURN, 5, PortfolioOptimizer.minimumVariance(WeightLimits.DEFAULT))
            .returns(20, 10)
            .build());
    for (Strategy strategy : honest) {
      LookAheadReport report = StrategyCheck.of(panel -> strategy).run(PANEL, 7, 4);
      assertThat(report.orThrow()).isSameAs(report);
      assertThat(report.compared()).as(strategy.toString()).isGreaterThan(10);
    }
  }

  @Test
  void whenScoresAreFactorsOfTheWholePanel_thenItPasses() {
    assertThat(StrategyCheck.of(
                panel -> top(ScoreTable.of(FactorEngine.DEFAULT.compute(panel, MOMENTUM), "f")))
            .run(PANEL, 1, 5)
            .passed())
        .isTrue();
  }

  @Test
  void whenAStrategyHoldsTheWholePanel_thenItIsCaught() {
    LookAheadReport report = StrategyCheck.of(panel -> top(history -> {
          int next = Math.min(history.days().size(), panel.days().size() - 1);
          return history.symbols().stream()
              .mapToDouble(s -> panel.value(Field.CLOSE, panel.indexOf(s), next))
              .toArray();
        }))
        .run(PANEL, 1, 3);

    LookAheadReport.Difference found = report.difference().orElseThrow();
    assertThat(found.subject()).isEqualTo("orders");
    assertThat(found.day()).isEqualTo(found.cut());
    assertThatThrownBy(report::orThrow)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOOK_AHEAD))
        .hasMessageContaining("account 0");
  }

  @Test
  void whenAStrategyNeedsTheFuture_thenItsFailureIsTheDifference() {
    LookAheadReport report = StrategyCheck.of(panel -> (history, portfolio) -> {
          double next = panel.value(Field.CLOSE, 0, history.days().size());
          return next > 1e9 ? List.of() : List.of(buy(panel, 0));
        })
        .run(PANEL, 1, 1);

    assertThat(report.difference().orElseThrow().other())
        .contains("fails with", "IndexOutOfBounds");
  }

  @Test
  void whenOnlyTheOrderOfTheOrdersChanges_thenItIsCaught() {
    assertThat(StrategyCheck.of(panel -> {
              boolean whole = panel.days().size() == PANEL.days().size();
              return (history, portfolio) -> whole
                  ? List.of(buy(panel, 0), buy(panel, 1))
                  : List.of(buy(panel, 1), buy(panel, 0));
            })
            .run(PANEL, 1, 1)
            .passed())
        .isFalse();
  }

  @Test
  void whenTheStrategyFailsWithTheTrueFuture_thenItsErrorComesOut() {
    assertThatThrownBy(() -> StrategyCheck.of(panel -> (history, portfolio) -> {
              throw QilinException.invalid("no");
            })
            .run(PANEL, 1, 1))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("no");
  }

  @Test
  void whenOtherAccountsAreGiven_thenTheyAreUsed() {
    LookAheadReport report = StrategyCheck.of(
            panel -> (history, portfolio) -> List.of(buy(panel, 0)))
        .accounts((history, day) -> List.of())
        .run(PANEL, 1, 2);

    assertThat(report.passed()).isTrue();
    assertThat(report.compared()).isZero();
  }

  private static PlannedOrder buy(Panel panel, int share) {
    return PlannedOrder.of(panel.symbols().get(share), Side.BUY, 100, "test");
  }
}
