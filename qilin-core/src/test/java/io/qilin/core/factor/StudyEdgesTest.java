package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.factor.Label;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.factor.report.StudyReport;
import io.qilin.testkit.Panels;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Studies where something is equal, at an end, or outside. */
class StudyEdgesTest {
  private static final double NAN = Double.NaN;

  /** As pandas' {@code nlargest} and {@code nsmallest}: those that stand first. */
  @Test
  void whenScoresAreEqualAtACut_thenTheFirstComeInAtBothEnds() {
    Panel panel = panel(10, 1, 10);

    FactorStudy constant = study(panel, i -> 3, i -> i / 100.0, StudySettings.DEFAULT);
    FactorStudy tied = study(panel, i -> Math.min(i + 1, 8), i -> i / 100.0, StudySettings.DEFAULT);

    assertThat(constant.days().get(0).longShortReturn()).isZero();
    assertThat(constant.days().get(0).longPrecision()).isEqualTo(0.5);
    assertThat(constant.days().get(0).shortPrecision()).isZero();
    assertThat(tied.days().get(0).longShortReturn()).isCloseTo(0.035, within(1e-15));
  }

  @Test
  void whenHalfAreNotListed_thenAFifthIsOneOfTheOthersAndTheirValuesCountNowhere() {
    Panel panel = panel(20, 4, 10);

    FactorStudy study =
        study(panel, i -> i, i -> i / 100.0, StudySettings.builder().bars(panel).build());

    assertThat(study.coverage()).isEqualTo(1);
    assertThat(study.dailyCoverage()).containsOnly(1);
    assertThat(study.days().get(0).known()).isEqualTo(10);
    assertThat(study.days().get(0).pairs()).isEqualTo(10);
    assertThat(study.days().get(3).pairs()).isEqualTo(20);
    // Two of ten: 8 and 9 less 0 and 1; then four of twenty.
    assertThat(study.days().get(0).longShortReturn()).isCloseTo(0.04, within(1e-15));
    assertThat(study.days().get(3).longShortReturn()).isCloseTo(0.08, within(1e-15));
  }

  @Test
  void whenNoOutcomeIsKnown_thenNothingIsSaidOfWhatCouldBeBought() {
    Panel panel = panel(10, 3, 10);
    LabelTable.Writer labels = LabelTable.writer(List.of("l"), panel, 0, 3);
    for (int i = 0; i < 10; i++) {
      labels.write(0, i, 0, new double[] {i, i, NAN}, 0, 3);
    }

    FactorStudy study = FactorStudy.all(
            factor(panel, i -> i),
            labels.build(),
            settings()
                .tradability((symbol, day) -> day.isBefore(panel.days().get(2)))
                .build())
        .factors()
        .get(0);

    assertThat(study.buyableTopShare()).isEqualTo(1);
  }

  @Test
  void whenAHorizonIsNone_thenRefused() {
    FactorStudy study = study(panel(10, 3, 10), i -> i, i -> i, StudySettings.DEFAULT);

    assertThat(study.dailyIc(0)).hasSize(3);
    for (int horizon : new int[] {-1, 1}) {
      assertThatThrownBy(() -> study.dailyIc(horizon))
          .isInstanceOf(QilinException.class)
          .hasMessageContaining("horizons are 0 to 0");
    }
    assertThatThrownBy(() -> StudySettings.builder()
            .horizons(List.of(
                new Horizon(1, new Label("a", "$open"), "open"),
                new Horizon(1, new Label("b", "$close"), "close"))))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("of different days");
    assertThat(Horizon.ofDays(2519).label().expression()).startsWith("Ref($close,-2520)");
    assertThatThrownBy(() -> Horizon.ofDays(2520))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("1 to 2519");
    assertThatThrownBy(() -> new Horizon(10_001, new Label("a", "$open"), "open"))
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenFiguresAreTheSameButForRounding_thenTheyHaveNoTStatistic() {
    for (double figure : new double[] {0.1, 2 / 35.0, -0.8, 1}) {
      for (int days = 2; days < 400; days++) {
        double[] figures = new double[days];
        Arrays.setAll(figures, t -> t % 3 == 0 ? Math.nextUp(figure) : figure);
        for (MeanTest test : List.of(MeanTest.of(figures, 3), MeanTest.of(figures, 0))) {
          assertThat(test.tStatistic()).as("%s for %s days", figure, days).isNaN();
          assertThat(test.ratio()).isNaN();
          assertThat(test.mean()).isCloseTo(figure, within(1e-15));
        }
      }
    }
    assertThat(MeanTest.of(new double[] {1, 1 + 1e-12}, 0).tStatistic()).isPositive();
  }

  @Test
  void whenGroupsRankAlike_thenTheNeutralCorrelationIsOneAndNotMore() {
    Panel panel = panel(61, 5, 61);
    FactorStudy study = study(
        panel,
        i -> i,
        i -> i,
        settings()
            .grouping((symbol, day) -> Optional.of("g" + Integer.parseInt(symbol.code()) % 7))
            .build());

    assertThat(Arrays.stream(study.dailyNeutralRankIc(0)).boxed())
        .allMatch(ic -> ic <= 1 && ic > 1 - 1e-12);
  }

  /** Powers of two change no digit of a correlation. */
  @Test
  void whenValuesAreVeryLargeOrSmall_thenTheirCorrelationIsThatOfOthers() {
    SplittableRandom random = new SplittableRandom(8);
    for (int count : new int[] {2, 3, 30, 31}) {
      double[] x = random.doubles(count, -1, 1).toArray();
      double[] y = random.doubles(count, -1, 1).toArray();
      double expected = Correlation.of(x, y, count);
      for (int a : new int[] {-1000, -600, -450, 0, 450, 600, 1020, 1023}) {
        for (int b : new int[] {-1000, -450, 0, 600, 1023}) {
          double[] large = Arrays.stream(x).map(v -> Math.scalb(v, a)).toArray();
          double[] other = Arrays.stream(y).map(v -> Math.scalb(v, b)).toArray();
          assertThat(Correlation.of(large, other, count))
              .as("2^%s and 2^%s", a, b)
              .isCloseTo(expected, within(1e-13));
        }
      }
    }
  }

  @Test
  void whenAHostsGroupingOrTradabilityFails_thenTheErrorNamesTheShareAndTheDay() {
    Panel panel = panel(10, 3, 10);
    for (StudySettings failing : List.of(
        settings().grouping((symbol, day) -> null).build(),
        settings()
            .grouping((symbol, day) -> {
              throw new IllegalStateException("asleep");
            })
            .build(),
        settings()
            .tradability((symbol, day) -> {
              throw new IllegalStateException("asleep");
            })
            .build())) {
      assertThatThrownBy(() -> study(panel, i -> i, i -> i, failing))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROVIDER))
          .hasMessageContaining("600000.SH")
          .hasMessageContaining(panel.days().get(0).toString());
    }
  }

  @Test
  void whenATitleHasControlCharacters_thenTheTerminalDoesNotSeeThem() {
    Panel panel = panel(10, 3, 10);
    LabelTable labels = label(panel, i -> i);
    StudyResult result =
        FactorStudy.all(factor(panel, i -> i), labels, settings().build());

    String text = StudyReport.builder(result)
        .title("a\u001b[31m")
        .notice("b\u0007")
        .build()
        .text();

    assertThat(text).startsWith("a [31m").doesNotContain("\u001b", "\u0007");
  }

  /** All but the first so many instruments are listed on the last day only. */
  private static Panel panel(int instruments, int days, int early) {
    Panel.Builder builder = Panel.builder(Panels.weekdays(Panels.FIRST_DAY, days), Adjustment.RAW);
    for (int i = 0; i < instruments; i++) {
      int rows = i < early ? days : 1;
      builder.column(
          Symbol.parse((600000 + i) + ".SH"), Field.CLOSE, days - rows, new double[rows]);
    }
    return builder.build();
  }

  private static StudySettings.Builder settings() {
    return StudySettings.builder()
        .horizons(List.of(new Horizon(1, new Label("l", "$close"), "as given")));
  }

  private static FactorStudy study(
      Panel panel, IntToDoubleFunction x, IntToDoubleFunction y, StudySettings settings) {
    StudySettings own =
        settings.toBuilder().horizons(settings().build().horizons()).build();
    return FactorStudy.all(factor(panel, x), label(panel, y), own).factors().get(0);
  }

  private static FactorTable factor(Panel panel, IntToDoubleFunction values) {
    int days = panel.days().size();
    FactorTable.Writer writer = FactorTable.writer(List.of("f"), panel, 0, days);
    for (int i = 0; i < panel.symbols().size(); i++) {
      writer.write(0, i, 0, row(days, values.applyAsDouble(i)), 0, days);
    }
    return writer.build();
  }

  private static LabelTable label(Panel panel, IntToDoubleFunction values) {
    int days = panel.days().size();
    LabelTable.Writer writer = LabelTable.writer(List.of("l"), panel, 0, days);
    for (int i = 0; i < panel.symbols().size(); i++) {
      writer.write(0, i, 0, row(days, values.applyAsDouble(i)), 0, days);
    }
    return writer.build();
  }

  private static double[] row(int days, double value) {
    double[] row = new double[days];
    Arrays.fill(row, value);
    return row;
  }
}
