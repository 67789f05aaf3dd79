package io.qilin.agents.analyst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.testkit.Panels;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RiskManagerAnalystTest {
  private static final Symbol SHARE = Markets.share(1);

  private static Panel panel(int days, double amount, IntToDoubleFunction close) {
    return Panel.builder(Panels.weekdays(Panels.FIRST_DAY, days), Adjustment.RAW)
        .column(
            SHARE, Field.CLOSE, 0, IntStream.range(0, days).mapToDouble(close).toArray())
        .column(
            SHARE,
            Field.AMOUNT,
            0,
            IntStream.range(0, days).mapToDouble(d -> amount).toArray())
        .column(
            SHARE,
            Field.VOLUME,
            0,
            IntStream.range(0, days).mapToDouble(d -> 4_000_000).toArray())
        .build();
  }

  private static Opinion opinion(RiskManagerAnalyst analyst, Panel panel, RiskWarning warning) {
    Opinion opinion = analyst
        .analyze(Markets.snapshot(panel, Map.of(SHARE, Markets.status(SHARE, warning))))
        .get(SHARE);
    return java.util.Objects.requireNonNull(opinion);
  }

  private static double score(Panel panel, RiskWarning warning) {
    return ((Opinion.Scored) opinion(new RiskManagerAnalyst(), panel, warning)).score();
  }

  private static ScoreComponent part(Opinion opinion, String name) {
    return opinion.components().stream()
        .filter(component -> component.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whenAShareNeverMoves_thenOnlyTheLockedLimitAndTheLiquidityCost() {
    Opinion opinion = opinion(new RiskManagerAnalyst(), panel(80, 1e7, d -> 10), RiskWarning.NONE);
    assertThat(part(opinion, "volatility-60d").normalised()).isEqualTo(1);
    assertThat(part(opinion, "drawdown-250d").normalised()).isEqualTo(1);
    assertThat(part(opinion, "locked-limit-3d").raw()).isCloseTo(0.271, within(1e-15));
    // 100 000 yuan of 10 million a day is 1 %, a fifth of the 5 % that count as too much.
    assertThat(part(opinion, "liquidity-20d").normalised()).isCloseTo(0.8, within(1e-12));
    double mean = 0.25 + 0.20 + 0.25 * 0.729 + 0.20 * 0.8 + 0.10;
    assertThat(((Opinion.Scored) opinion).score()).isCloseTo(2 * mean - 1, within(1e-12));
  }

  @Test
  void whenAShareFellByThreeTenths_thenHalfOfTheDrawdownPartIsLeft() {
    Opinion opinion =
        opinion(new RiskManagerAnalyst(), panel(80, 1e7, d -> d < 10 ? 10 : 7), RiskWarning.NONE);
    assertThat(part(opinion, "drawdown-250d").raw()).isCloseTo(0.3, within(1e-12));
    assertThat(part(opinion, "drawdown-250d").normalised()).isCloseTo(0.5, within(1e-12));
  }

  @Property(tries = 100)
  void whenAShareSwingsMore_thenItIsNoSafer(
      @ForAll @IntRange(max = 90) int swing, @ForAll @IntRange(max = 90) int more) {
    double calm = score(panel(80, 1e8, d -> 10 + d % 2 * swing * 0.01), RiskWarning.NONE);
    double wild = score(panel(80, 1e8, d -> 10 + d % 2 * (swing + more) * 0.01), RiskWarning.NONE);
    assertThat(wild).isLessThanOrEqualTo(calm);
  }

  @Test
  void whenWarningsGrowWorse_thenTheRiskPartFalls() {
    Panel panel = panel(80, 1e8, d -> 10);
    double before = 2;
    for (RiskWarning warning : RiskWarning.values()) {
      Opinion opinion = opinion(new RiskManagerAnalyst(), panel, warning);
      double value = part(opinion, "risk-warning").normalised();
      assertThat(value).isLessThan(before);
      before = value;
      assertThat(opinion.flags())
          .isEqualTo(
              warning == RiskWarning.NONE
                  ? java.util.List.of()
                  : java.util.List.of(warning.name()));
    }
  }

  @Test
  void whenThePositionIsLarger_thenItIsLessSafe() {
    Panel panel = panel(80, 1e7, d -> 10);
    RiskManagerAnalyst large = new RiskManagerAnalyst(Preset.STANDARD, Money.parse("400000"));
    assertThat(part(opinion(large, panel, RiskWarning.NONE), "liquidity-20d").normalised())
        .isCloseTo(0.2, within(1e-12));
    assertThatThrownBy(() -> new RiskManagerAnalyst(Preset.STANDARD, Money.ZERO))
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenTheHistoryIsShort_thenItAbstains() {
    assertThat(opinion(new RiskManagerAnalyst(), panel(59, 1e7, d -> 10), RiskWarning.NONE))
        .isInstanceOf(Opinion.Abstained.class);
  }

  @Test
  void whenTheStatusIsUnknown_thenItSaysSo() {
    Opinion opinion = new RiskManagerAnalyst()
        .analyze(Markets.snapshot(panel(80, 1e7, d -> 10), Map.of()))
        .get(SHARE);
    assertThat(opinion.coverage()).isEqualTo(0.9);
    assertThat(opinion.warnings()).anyMatch(warning -> warning.contains("not known"));
  }

  @Test
  void whenTheOldTableIsUsed_thenTheDeductionsAreThoseOfTheTable() {
    RiskManagerAnalyst legacy = new RiskManagerAnalyst(Preset.LEGACY, Money.parse("100000"));
    // Calm: no deduction; 4 of 100 million shares turned over: 15 of 20; ST: 8 of 15.
    Opinion opinion = opinion(legacy, panel(80, 1e7, d -> 10), RiskWarning.ST);
    assertThat(opinion.coverage()).isEqualTo(0.6);
    double mean = (0.25 + 0.20 * 0.25 + 0.15 * 7 / 15) / 0.6;
    assertThat(((Opinion.Scored) opinion).score()).isCloseTo(2 * mean - 1, within(1e-12));
    assertThat(part(opinion, "mood").known()).isFalse();
  }
}
