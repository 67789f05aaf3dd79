package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.Label;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class StudyResultTest {
  private static final Panel PANEL = Panels.random(30, 80, 5);
  private static final FactorSet SET = FactorSet.of(
      "three",
      new Factor("reversal", "$close/Ref($close,5)-1"),
      new Factor("tomorrow is close", "$close"),
      new Factor("gap", "$volume/Ref($volume,0)/0"));

  private static StudySettings.Builder settings() {
    return StudySettings.builder().horizons(1, 5);
  }

  private static StudyResult run(StudySettings settings) {
    return FactorStudy.all(FactorEngine.DEFAULT, PANEL, SET, settings);
  }

  @Test
  void whenComputedInBlocks_thenAsFromWholeTables() {
    List<Label> labels = List.of(Horizon.ofDays(1).label(), Horizon.ofDays(5).label());
    StudyResult whole = FactorStudy.all(
        FactorEngine.DEFAULT.compute(PANEL, SET),
        FactorEngine.DEFAULT.labels(PANEL, labels),
        settings().bars(PANEL).build());
    for (long memory : new long[] {1, 30 * 8 * 5 * 7, 1L << 30}) {
      StudyResult blocks = run(settings().memory(memory).build());
      assertThat(blocks.days()).isEqualTo(whole.days());
      for (int f = 0; f < 3; f++) {
        assertThat(blocks.factors().get(f).days())
            .isEqualTo(whole.factors().get(f).days());
        assertThat(blocks.factors().get(f).horizons())
            .isEqualTo(whole.factors().get(f).horizons());
        assertThat(blocks.factors().get(f).drops().counts())
            .isEqualTo(whole.factors().get(f).drops().counts());
      }
    }
  }

  @Test
  void whenTheOutcomeIsBoughtTomorrow_thenTheLabelSaysSo() {
    Horizon horizon = Horizon.ofDays(5);
    LabelTable labels = FactorEngine.DEFAULT.labels(PANEL, List.of(horizon.label()));

    double expected = PANEL.value(Field.CLOSE, 0, 16) / PANEL.value(Field.CLOSE, 0, 11) - 1;
    assertThat(labels.value(0, 0, 10)).isEqualTo(expected);
    assertThat(horizon)
        .hasToString("5 days: bought at the close of T+1, sold at the close of T+6:"
            + " Ref($close,-6)/Ref($close,-1)-1");
    assertThat(Horizon.ofDays(1).label().expression())
        .isEqualTo(Label.NEXT_DAY_RETURN.expression());
  }

  @Test
  void whenBarsAreGiven_thenSpansAndFingerprintAreKnown() {
    StudyResult result = run(settings().build());
    Drops drops = result.factor("reversal").drops();
    long outside = 0;
    for (int i = 0; i < 30; i++) {
      outside += 80 - (PANEL.endRow(i) - PANEL.firstRow(i));
    }
    assertThat(drops.count(DropReason.OUTSIDE_SPAN)).isEqualTo(outside).isPositive();
    assertThat(result.factor("tomorrow is close").coverage()).isGreaterThan(0.9).isLessThan(1);
    assertThat(result.fingerprint())
        .hasValueSatisfying(hex -> assertThat(hex)
            .matches("[0-9a-f]{64}")
            .isEqualTo(PanelFingerprint.of(Panels.random(30, 80, 5)))
            .isNotEqualTo(PanelFingerprint.of(Panels.random(30, 80, 6)))
            .isNotEqualTo(PanelFingerprint.of(PANEL.until(PANEL.days().get(78)))));
  }

  @Test
  void whenAFactorIsInfinite_thenItIsCountedAsSuchAndRankedLast() {
    StudyResult result = run(settings().build());
    FactorStudy gap = result.factor("gap");

    assertThat(gap.drops().count(DropReason.INFINITE)).isPositive();
    assertThat(gap.ic()).isNaN();
    assertThat(gap.excludedDays()).isEqualTo(80);
    assertThat(result.ranking()).containsExactlyInAnyOrder(0, 1, 2).endsWith(2);
    assertThat(result.testing().trials()).isEqualTo(3);
    assertThat(result.testing().holm(2)).isNaN();
    assertThatThrownBy(() -> result.factor("x"))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND));
  }

  @Test
  void whenTheSpreadIsCumulated_thenItIsAddedUpByTheHorizonsDays() {
    FactorStudy study = run(StudySettings.builder().horizons(5).build()).factor("reversal");
    double[] daily = study.dailySpread(0);
    double[] curve = study.cumulated(daily);

    double sum = DoubleStream.of(daily).filter(Double::isFinite).sum();
    assertThat(curve[curve.length - 1])
        .isCloseTo(sum / 5, org.assertj.core.data.Offset.offset(1e-12));
    assertThat(curve).doesNotContain(Double.NaN);
  }

  @Test
  void whenTheNextCloseIsSealedOrThereIsNoTrade_thenNotBuyable() {
    Panel panel = Panels.table(Adjustment.RAW, """
        day        symbol    open  high  low   close volume pre_close
        2024-01-02 600000.SH 10.00 10.10 9.90  10.00 1000   10.00
        2024-01-03 600000.SH 10.50 11.00 10.40 11.00 1000   10.00
        2024-01-04 600000.SH 11.50 12.10 11.00 11.20 1000   11.00
        2024-01-05 600000.SH -     -     -     -     -      -
        2024-01-08 600000.SH 11.20 11.30 11.10 11.20 1000   11.20
        """);
    Tradability tradability =
        Tradability.atNextClose(LimitUpFacts.of(panel, Map.of(), MarketRuleBook.aShare()));
    Symbol symbol = panel.symbols().get(0);
    List<LocalDate> days = panel.days();

    assertThat(tradability.buyable(symbol, days.get(0))).as("sealed").isFalse();
    assertThat(tradability.buyable(symbol, days.get(1))).as("touched only").isTrue();
    assertThat(tradability.buyable(symbol, days.get(2))).as("suspended").isFalse();
    assertThat(tradability.buyable(symbol, days.get(3))).as("trades again").isTrue();
    assertThat(tradability.buyable(symbol, days.get(4))).as("no day after").isFalse();
    assertThat(tradability.buyable(symbol, LocalDate.of(2024, 1, 6)))
        .as("no day")
        .isFalse();
    assertThat(tradability.buyable(Symbol.parse("600001.SH"), days.get(1))).isFalse();
  }

  @Test
  void whenTopNamesCannotBeBought_thenBothFiguresAreThere() {
    Tradability tradability =
        Tradability.atNextClose(LimitUpFacts.of(PANEL, Map.of(), MarketRuleBook.aShare()));
    FactorStudy study = run(settings().tradability(tradability).build()).factor("reversal");

    assertThat(study.buyableTopShare()).isGreaterThan(0.5).isLessThan(1);
    assertThat(study.buyableTopReturn()).isFinite().isNotEqualTo(study.topReturn());
    assertThat(study.drops().count(DropReason.NOT_BUYABLE)).isPositive();
  }

  @Test
  void whenConventionsAreAskedFor_thenTheyFollowTheSettings() {
    List<StudyConventions.Convention> plain = run(settings().build()).conventions();
    List<StudyConventions.Convention> full = run(settings()
            .lag(3)
            .tradability((symbol, day) -> true)
            .grouping((symbol, day) -> java.util.Optional.of("x"))
            .build())
        .conventions();

    assertThat(plain.toString())
        .contains("Ref($close,-6)/Ref($close,-1)-1", "no groups were given", "floor(4*");
    assertThat(full.toString()).contains("lag 3 as given").doesNotContain("Not measured");
    assertThat(plain.stream().map(StudyConventions.Convention::metric)).doesNotHaveDuplicates();
  }

  @Test
  void whenThePanelLacksAField_thenAsTheEngineSays() {
    FactorSet set = FactorSet.of("s", new Factor("f", "$nothing"));
    assertThatThrownBy(
            () -> FactorStudy.all(FactorEngine.DEFAULT, PANEL, set, settings().build()))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND));
  }
}
