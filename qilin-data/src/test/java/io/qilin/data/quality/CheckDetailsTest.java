package io.qilin.data.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.check.CheckOutcome;
import io.qilin.api.check.QualityCheck;
import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the checks make of the odd cases of real data. */
class CheckDetailsTest {
  private static final QualityCheck LIMIT = new BeyondLimit(MarketRuleBook.aShare());

  private static List<QualitySeverity> severities(QualityCheck check, QualityInput input) {
    return check.check(input).findings().stream().map(QualityFinding::severity).toList();
  }

  @Nested
  class Limits {
    private QualityInput highs(String symbol, String first, String second) {
      return Fixtures.raw(String.format("""
              day        symbol    open   high   low    close  pre_close
              2024-01-03 %1$s 10.00  %2$s 9.90   10.00  10.00
              2024-01-04 %1$s 10.00  %3$s 9.90   10.00  10.00
              """, symbol, first, second));
    }

    @Test
    void whenAPriceIsExactlyAtTheLimit_thenItIsGood() {
      assertThat(LIMIT.check(highs("600519.SH", "11.00", "11.00")).bad()).isZero();
      assertThat(LIMIT.check(highs("600519.SH", "11.00", "11.01")).bad()).isEqualTo(1);
    }

    @Test
    void whenTheBoardIsWider_thenSoIsTheLimit() {
      assertThat(LIMIT.check(highs("300750.SZ", "12.00", "12.00")).bad()).isZero();
      assertThat(LIMIT.check(highs("688981.SH", "12.00", "12.01")).bad()).isEqualTo(1);
      assertThat(LIMIT.check(highs("920002.BJ", "13.00", "13.01")).bad()).isEqualTo(1);
    }

    @Test
    void whenAShareIsKnownToBeSt_thenItsLimitIsNarrowAndElseItIsNot() {
      QualityInput input = highs("600519.SH", "10.50", "10.51");
      assertThat(LIMIT.check(input).bad()).isZero();
      assertThat(LIMIT.check(known(input, RiskWarning.ST, Optional.empty())).bad())
          .isEqualTo(1);
    }

    @Test
    void whenAShareIsKnownToBeUnreformed_thenItsLimitIsNarrow() {
      QualityInput input = highs("600519.SH", "10.50", "10.51");
      SecurityStatus unreformed = new SecurityStatus(
          Panels.SYMBOL,
          LocalDate.of(2020, 1, 2),
          Board.SSE_MAIN,
          "S拟",
          RiskWarning.NONE,
          Optional.empty(),
          OptionalLong.empty());
      assertThat(LIMIT.check(with(input, unreformed)).bad()).isEqualTo(1);
    }

    @Test
    void whenAShareIsNewlyListed_thenItsFirstDaysHaveNoLimit() {
      QualityInput input = highs("600519.SH", "35.00", "29.00");
      assertThat(LIMIT.check(input).bad()).isEqualTo(2);
      QualityInput listed = known(input, RiskWarning.NONE, Optional.of(LocalDate.of(2024, 1, 3)));
      assertThat(LIMIT.check(listed)).isEqualTo(CheckOutcome.NOT_APPLICABLE);
    }

    @Test
    void whenAnInstrumentBeginsLateAndNothingIsKnown_thenItMayBeANewListing() {
      QualityInput input = Fixtures.raw("""
              day        symbol    high   low    close
              2024-01-02 600519.SH 10.00  9.90   10.00
              2024-01-03 600520.SH 35.00  9.90   30.00
              2024-01-04 600520.SH 50.00  29.90  48.00
              """);
      assertThat(LIMIT.check(input).bad()).isZero();
    }

    @Test
    void whenDelistingConsolidationBegins_thenThatDayHasNoLimit() {
      QualityInput input = highs("600519.SH", "10.00", "15.00");
      SecurityStatus before =
          status(LocalDate.of(2020, 1, 2), RiskWarning.STAR_ST, Optional.empty());
      SecurityStatus after =
          status(LocalDate.of(2024, 1, 4), RiskWarning.DELISTING, Optional.empty());
      assertThat(LIMIT.check(with(input, before, after)).bad()).isZero();
    }

    @Test
    void whenThereIsNoReferencePrice_thenFactorOrLastCloseStandIn() {
      String rows = """
          day        symbol    high   low    close  factor
          2024-01-03 600519.SH 10.00  9.90   10.00  1.0
          2024-01-04 600519.SH 5.50   4.50   5.00   2.0
          """;
      assertThat(LIMIT.check(Fixtures.raw(rows)).bad()).isZero();
      assertThat(severities(LIMIT, Fixtures.raw(rows.replace(" 2.0", " 1.0"))))
          .containsExactly(QualitySeverity.ERROR);
      String without = rows.replaceAll("(?m) +(factor|[0-9]\\.0)$", "");
      assertThat(severities(LIMIT, Fixtures.raw(without))).containsExactly(QualitySeverity.WARNING);
    }

    @Test
    void whenPricesAreForwardAdjusted_thenTheyAreMadeRawFirst() {
      String rows = """
          day        symbol    high   low    close  factor pre_close
          2024-01-03 600519.SH 3.3    3.0    3.1    0.333  9.00
          2024-01-04 600519.SH 3.3967 3.1    3.2    0.333  9.31
          """;
      assertThat(LIMIT
              .check(Fixtures.input(Panels.table(Adjustment.FORWARD, rows)))
              .bad())
          .isZero();
      Panel beyond = Panels.table(Adjustment.FORWARD, rows.replace("3.3967", "3.5   "));
      assertThat(LIMIT.check(Fixtures.input(beyond)).bad()).isEqualTo(1);
      Panel noFactor = Panels.table(Adjustment.FORWARD, rows.replace("factor", "other "));
      assertThat(LIMIT.check(Fixtures.input(noFactor))).isEqualTo(CheckOutcome.NOT_APPLICABLE);
    }

    private QualityInput known(
        QualityInput input, RiskWarning warning, Optional<LocalDate> listed) {
      return with(input, status(LocalDate.of(2020, 1, 2), warning, listed));
    }

    private SecurityStatus status(LocalDate from, RiskWarning warning, Optional<LocalDate> listed) {
      return new SecurityStatus(
          Panels.SYMBOL, from, Board.SSE_MAIN, "拟", warning, listed, OptionalLong.empty());
    }

    private QualityInput with(QualityInput input, SecurityStatus... statuses) {
      SecurityTimeline timeline = SecurityTimeline.of(List.of(statuses));
      return Fixtures.input(input.bars().panel(), List.of(), Map.of(Panels.SYMBOL, timeline));
    }
  }

  @Nested
  class Gaps {
    private static final String GAP = """
        day        symbol    close  factor pre_close
        2024-01-02 600519.SH 10.00  1.0    9.90
        2024-01-05 600519.SH 10.30  %s    %s
        """;

    @Test
    void whenTheReferencePriceContinues_thenAGapLooksLikeASuspension() {
      CheckOutcome outcome =
          new AbsentRows().check(Fixtures.raw(String.format(GAP, "1.0", "10.00")));
      assertThat(outcome.bad()).isZero();
      assertThat(outcome.findings()).singleElement().satisfies(f -> {
        assertThat(f.severity()).isEqualTo(QualitySeverity.INFO);
        assertThat(f.value()).isEqualTo(2);
      });
    }

    @Test
    void whenTheShareGoesExRightOnResuming_thenAGapLooksLikeASuspension() {
      QualityInput input = Fixtures.raw(String.format(GAP, "2.0", "5.00"));
      assertThat(severities(new AbsentRows(), input)).containsExactly(QualitySeverity.INFO);
    }

    @Test
    void whenTheReferencePriceDoesNotContinue_thenRowsAreAbsent() {
      CheckOutcome outcome =
          new AbsentRows().check(Fixtures.raw(String.format(GAP, "1.0", "10.20")));
      assertThat(outcome.bad()).isEqualTo(2 * 7);
      assertThat(outcome.judged()).isEqualTo(4 * 7);
      assertThat(outcome.findings()).singleElement().satisfies(f -> {
        assertThat(f.severity()).isEqualTo(QualitySeverity.ERROR);
        assertThat(f.day()).contains(LocalDate.of(2024, 1, 5));
      });
    }

    @Test
    void whenThereIsNoReferencePrice_thenNothingIsClaimed() {
      QualityInput input = Fixtures.raw(String.format(GAP, "1.0", "-"));
      assertThat(severities(new AbsentRows(), input)).containsExactly(QualitySeverity.WARNING);
    }

    @Test
    void whenNobodyHasARowOnASession_thenThatDayIsAbsent() {
      StringBuilder rows = new StringBuilder("day symbol close\n");
      for (int i = 0; i < 6; i++) {
        rows.append("2024-01-03 60000")
            .append(i)
            .append(".SH 10\n2024-01-05 60000")
            .append(i)
            .append(".SH 10\n");
      }
      CheckOutcome outcome = new AbsentRows().check(Fixtures.raw(rows.toString()));
      assertThat(outcome.findings())
          .hasSize(6)
          .allMatch(f -> f.severity() == QualitySeverity.ERROR);
      assertThat(outcome.bad()).isEqualTo(outcome.judged() / 3);
    }
  }

  @Nested
  class Units {
    private QualityInput times(double volume, double amount) {
      int n = 30;
      Panel.Builder builder = Panel.builder(Panels.weekdays(Panels.FIRST_DAY, n), Adjustment.RAW);
      double[] price = filled(n, 10);
      builder
          .column(Panels.SYMBOL, Field.HIGH, 0, filled(n, 10.2))
          .column(Panels.SYMBOL, Field.LOW, 0, filled(n, 9.8));
      builder
          .column(Panels.SYMBOL, Field.CLOSE, 0, price)
          .column(Panels.SYMBOL, Field.OPEN, 0, price);
      builder.column(Panels.SYMBOL, Field.VOLUME, 0, filled(n, 12_345_600 * volume));
      builder.column(Panels.SYMBOL, Field.AMOUNT, 0, filled(n, 123_456_000 * amount));
      return Fixtures.input(builder.build());
    }

    private double[] filled(int n, double value) {
      double[] values = new double[n];
      java.util.Arrays.fill(values, value);
      return values;
    }

    @Test
    void whenUnitsAreSharesAndYuan_thenAllIsWell() {
      assertThat(new AveragePrice().check(times(1, 1)))
          .isEqualTo(new CheckOutcome(30, 0, List.of()));
    }

    @Test
    void whenUnitsAreOthers_thenOneCriticalFindingSaysWhich() {
      assertUnits(times(0.01, 1), "volume looks like lots of 100 shares;");
      assertUnits(times(0.01, 0.001), "lots of 100 shares and amount like thousands of yuan;");
      assertUnits(times(1, 0.001), "amount looks like thousands of yuan;");
      assertUnits(times(1, 0.0001), "万元");
    }

    private void assertUnits(QualityInput input, String said) {
      CheckOutcome outcome = new AveragePrice().check(input);
      assertThat(outcome.bad()).isZero();
      assertThat(outcome.findings()).singleElement().satisfies(f -> {
        assertThat(f.severity()).isEqualTo(QualitySeverity.CRITICAL);
        assertThat(f.message()).contains(said);
      });
    }
  }

  @Test
  void whenAdjustedPricesAreReadAsRaw_thenThatIsCritical() {
    double[] closes = new double[25];
    java.util.Arrays.setAll(closes, i -> 10.0137 + 0.011 * i);
    CheckOutcome outcome =
        new TickMultiple(MarketRuleBook.aShare()).check(Fixtures.input(Panels.closes(closes)));
    assertThat(outcome.findings().get(0).severity()).isEqualTo(QualitySeverity.CRITICAL);
    assertThat(outcome.findings().get(0).message()).contains("look adjusted");
  }

  @Test
  void whenAFundIsJudged_thenItsTickIsAThousandth() {
    Panel panel = Panel.builder(Panels.weekdays(Panels.FIRST_DAY, 2), Adjustment.RAW)
        .column(Symbol.parse("510300.SH"), Field.CLOSE, 0, new double[] {3.456, 3.4567})
        .build();
    assertThat(new TickMultiple(MarketRuleBook.aShare())
            .check(Fixtures.input(panel))
            .bad())
        .isEqualTo(1);
  }

  @Test
  void whenAShareGoesExRight_thenTheReferencePriceFollowsTheFactor() {
    QualityCheck check = new PreviousClose();
    String rows = """
        day        symbol    close  factor pre_close
        2024-01-04 600519.SH 20.00  1.0    19.90
        2024-01-05 600519.SH 15.30  %s     %s
        """;
    assertThat(
            check.check(Fixtures.raw(String.format(rows, "1.333333", "15.00"))).bad())
        .isZero();
    assertThat(severities(check, Fixtures.raw(String.format(rows, "1.333333", "18.00"))))
        .containsExactly(QualitySeverity.WARNING);
    assertThat(severities(check, Fixtures.raw(String.format(rows, "1.0", "15.00"))))
        .containsExactly(QualitySeverity.ERROR);
    assertThat(check.check(Fixtures.raw(String.format(rows, "-", "15.00"))).judged())
        .isZero();
  }

  @Test
  void whenARequiredFieldIsOftenMissing_thenThatIsCriticalAndElseNot() {
    assertThat(missing(200, 1)).containsOnly(QualitySeverity.ERROR, QualitySeverity.WARNING);
    assertThat(missing(200, 3)).contains(QualitySeverity.CRITICAL);
  }

  private static List<QualitySeverity> missing(int rows, int gaps) {
    double[] closes = new double[rows];
    java.util.Arrays.fill(closes, 10);
    double[] volume = new double[rows];
    java.util.Arrays.fill(volume, 100);
    java.util.Arrays.fill(volume, 10, 10 + gaps, Double.NaN);
    Panel.Builder builder = Panel.builder(Panels.weekdays(Panels.FIRST_DAY, rows), Adjustment.RAW);
    for (Field field : BarFields.OHLC) {
      builder.column(Panels.SYMBOL, field, 0, closes);
    }
    builder.column(Panels.SYMBOL, Field.VOLUME, 0, volume);
    return new ArrayList<>(severities(new MissingValues(), Fixtures.input(builder.build())));
  }
}
