package io.qilin.core.risk;

import static io.qilin.core.risk.RiskCases.MAIN;
import static io.qilin.core.risk.RiskCases.OTHER;
import static io.qilin.core.risk.RiskCases.buy;
import static io.qilin.core.risk.RiskCases.context;
import static io.qilin.core.risk.RiskCases.sell;
import static io.qilin.core.risk.RiskCases.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.risk.RiskVerdict;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarketBreakerTest {
  private static final MarketDay CALM =
      new MarketDay(0, 0.01, 0.02, 0.01, OptionalDouble.empty(), 0, 0, 0);

  private static MarketDay day(double index, double limitDown, double drawdown) {
    return new MarketDay(index, limitDown, 0.02, 0.01, OptionalDouble.empty(), 0, 0, drawdown);
  }

  @ParameterizedTest
  @CsvSource({
    "-0.0099,0.02,0.02,0.01,0,0,0,0,0",
    "-0.01,0.02,0.02,0.01,0,0,0,0,1",
    "-0.02,0.02,0.02,0.01,0,0,0,0,2",
    "-0.03,0.02,0.02,0.01,0,0,0,0,4",
    "0,0.0499,0.02,0.01,0,0,0,0,0",
    "0,0.05,0.02,0.01,0,0,0,0,3",
    "0,0,0.0101,0.01,0,0,0,0,0",
    "0,0,0.01,0.01,0,0,0,0,2",
    "0,0,0.02,0.0051,0,0,0,0,0",
    "0,0,0.02,0.005,0,0,0,0,1",
    "0,0,0.02,0.01,-4.99e9,0,0,0,0",
    "0,0,0.02,0.01,-5e9,0,0,0,1",
    "0,0,0.02,0.01,-10e9,0,0,0,2",
    "0,0,0.02,0.01,0,-0.0499,0,0,0",
    "0,0,0.02,0.01,0,-0.05,0,0,2",
    "0,0,0.02,0.01,0,0,2,0,0",
    "0,0,0.02,0.01,0,0,3,0,2",
    "0,0,0.02,0.01,0,0,0,0.1499,0",
    "0,0,0.02,0.01,0,0,0,0.15,3",
    "-0.05,0.2,0,0,-2e10,-0.1,5,0.3,19"
  })
  void whenASignReachesItsLimit_thenItGivesItsPoints(
      double index,
      double down,
      double up,
      double turnover,
      double northbound,
      double day,
      int losing,
      double drawdown,
      int points) {
    assertThat(MarketBreaker.DEFAULT.score(new MarketDay(
            index, down, up, turnover, OptionalDouble.of(northbound), day, losing, drawdown)))
        .isEqualTo(points);
  }

  @Test
  void whenPointsAddUp_thenTheLevelsAreAtThreeFiveSevenNine() {
    assertThat(MarketBreaker.DEFAULT.level(day(-0.02, 0, 0))).isZero();
    assertThat(MarketBreaker.DEFAULT.level(day(0, 0.05, 0))).isEqualTo(1);
    assertThat(MarketBreaker.DEFAULT.level(day(-0.02, 0.05, 0))).isEqualTo(2);
    assertThat(MarketBreaker.DEFAULT.level(day(-0.03, 0.05, 0))).isEqualTo(3);
    assertThat(MarketBreaker.DEFAULT.level(day(-0.03, 0.05, 0.15))).isEqualTo(4);
    assertThat(MarketBreaker.DEFAULT.cap(day(-0.03, 0.05, 0.15))).isZero();
  }

  /** The northbound flow is not published any more; that alone is no sign of distress. */
  @Test
  void whenTheNorthboundFlowIsNotPublished_thenItGivesNoPoints() {
    assertThat(MarketBreaker.DEFAULT.score(CALM)).isZero();
    assertThat(MarketBreaker.DEFAULT.cap(CALM)).isEqualTo(1);
  }

  @Property
  void whenTheDayIsWorse_thenNoMoreMayBeHeld(
      @ForAll @DoubleRange(min = -0.1, max = 0.1) double index,
      @ForAll @DoubleRange(min = 0, max = 0.05) double worse,
      @ForAll @DoubleRange(min = 0, max = 0.3) double drawdown) {
    assertThat(MarketBreaker.DEFAULT.cap(day(index - worse, worse, drawdown + worse)))
        .isLessThanOrEqualTo(MarketBreaker.DEFAULT.cap(day(index, 0, drawdown)));
  }

  @Test
  void whenCapsRiseWithTheLevel_thenTheyAreRefused() {
    for (List<Double> wrong : List.of(
        List.of(1.0, 0.7, 0.4, 1.0, 0.0),
        List.of(1.0, 0.7),
        List.of(1.1, 0.7, 0.4, 0.2, 0.0),
        List.of(1.0, Double.NaN, 0.4, 0.2, 0.0),
        List.of(1.0, 0.7, 0.4, 0.2, -0.1))) {
      assertThatThrownBy(() -> new MarketBreaker(wrong)).isInstanceOf(QilinException.class);
    }
  }

  @Test
  void whenSomethingIsNotKnown_thenThereIsNoDay() {
    assertThatThrownBy(() -> day(Double.NaN, 0, 0))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND));
    assertThatThrownBy(() -> day(0, 1.1, 0)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> day(0, 0, -0.1)).isInstanceOf(QilinException.class);
  }

  @Test
  void whenTheMarketFalls_thenTheRuleLowersWhatMayBeHeld() {
    AtomicReference<MarketDay> today = new AtomicReference<>(CALM);
    RiskGate gate =
        RiskGate.of(List.of(RiskRules.marketBreaker(MarketBreaker.DEFAULT, today::get)));
    RiskContext held = context(with("700000", Map.of(MAIN, 30_000L)));
    assertThat(gate.check(buy(OTHER, "10.00", 69_000), held).passed()).isTrue();
    today.set(day(-0.02, 0.05, 0));
    assertThat(gate.check(buy(OTHER, "10.00", 10_000), held).passed()).isTrue();
    assertThat(gate.check(buy(OTHER, "10.00", 10_100), held))
        .isInstanceOfSatisfying(
            RiskVerdict.Reject.class,
            reject -> assertThat(reject.reason())
                .contains("level 2", "5 points", "401000.00", "400000.00", "10000 shares"));
    assertThat(gate.check(sell(MAIN, "10.00", 100), held).passed()).isTrue();
  }

  @Test
  void whenTheMarketIsNotKnown_thenNothingIsBought() {
    RiskGate gate = RiskGate.of(
        List.of(RiskRules.marketBreaker(MarketBreaker.DEFAULT, () -> day(Double.NaN, 0, 0))));
    assertThat(gate.check(buy(MAIN, "10.00", 100), RiskCases.cash()).passed()).isFalse();
  }
}
