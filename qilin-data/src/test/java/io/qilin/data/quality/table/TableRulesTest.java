package io.qilin.data.quality.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.alert.Alert;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.quality.QualityDimension;
import io.qilin.data.table.TableBatch;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class TableRulesTest {
  private static final double NAN = Double.NaN;

  private static long bad(TableReport report) {
    return report.outcomes().get(0).bad();
  }

  private static long judged(TableReport report) {
    return report.outcomes().get(0).judged();
  }

  @Test
  void whenPricesContradict_thenEachKindIsCountedOnce() {
    TableReport report = Tables.table()
        .numbers("o", 10, 10, 10, -1, NAN, NAN, 10)
        .numbers("h", 11, 9, 11, 11, 11, NAN, 11)
        .numbers("l", 9, 8, 9.5, 9, 9, NAN, 0)
        .numbers("c", 10, 8.5, 9, 10, 10, NAN, 10)
        .judge("price-order o h l c");
    assertThat(judged(report)).isEqualTo(6);
    assertThat(bad(report)).isEqualTo(5);
    assertThat(report.findings()).extracting(TableFinding::row).containsExactly(1L, 2L, 3L, 4L, 6L);
    assertThat(report.findings().get(4).message()).contains("not positive");
  }

  @Test
  void whenCellsAreMissing_thenCompletenessKnowsTheShare() {
    Tables table = Tables.table().numbers("a", 1, NAN, 3, 4);
    assertThat(table.judge("complete a 0.75").passed()).isTrue();
    assertThat(table.judge("complete a 0.76").passed()).isFalse();
    assertThat(table.judge("complete a 0.76").scores())
        .containsEntry(QualityDimension.COMPLETENESS, 0.75);
  }

  @Test
  void whenNumbersAreOutside_thenMissingOnesAreNotJudged() {
    TableReport range =
        Tables.table().numbers("a", 1, NAN, Double.POSITIVE_INFINITY, -1).judge("range a 0 2");
    assertThat(judged(range)).isEqualTo(3);
    assertThat(bad(range)).isEqualTo(2);
    assertThat(bad(Tables.table().numbers("a", 1, NAN, Double.NEGATIVE_INFINITY).judge("finite a")))
        .isEqualTo(1);
  }

  @Test
  void whenTextsAreJudged_thenPatternsMatchWholeTextsInLinearTime() {
    Tables table = Tables.table().texts("a", "600519.SH", "x600519.SH", null, "a".repeat(5000));
    assertThat(bad(table.judge("matches a '[0-9]{6}\\\\.(SH|SZ)'"))).isEqualTo(2);
    assertThat(bad(table.judge("matches a '(a*)*b'"))).isEqualTo(3);
    assertThat(bad(table.judge("one-of a '600519.SH','b'"))).isEqualTo(2);
  }

  @Test
  void whenAConditionPicksRows_thenOnlyThoseAreJudged() {
    TableReport report = Tables.table()
        .texts("board", "STAR", "MAIN", "STAR", null)
        .numbers("pct", 0.3, 0.3, 0.1, 0.3)
        .judge("where board = 'STAR' and pct > 0 range pct -0.2 0.2");
    assertThat(judged(report)).isEqualTo(2);
    assertThat(report.findings()).extracting(TableFinding::row).containsExactly(0L);
  }

  @Test
  void whenTimeFallsWithinAKey_thenThatRowIsBad() {
    TableReport report = Tables.table()
        .texts("c", "a", "b", "a", "b", "a")
        .days("d", "2024-01-03", "2024-01-01", "2024-01-04", "2024-01-02", "2024-01-04")
        .judge("increasing d by c strictly\nincreasing d by c as weak\nincreasing d as whole");
    assertThat(bad(report)).isEqualTo(1);
    assertThat(report.outcome("weak").bad()).isZero();
    assertThat(report.outcome("whole").bad()).isEqualTo(2);
    assertThat(report.findings().get(0).row()).isEqualTo(4);
  }

  @Test
  void whenColumnsAreCompared_thenWithinTheTolerance() {
    Tables table = Tables.table().numbers("a", 1, 2, NAN).numbers("b", 1.01, 2.2, 1);
    assertThat(bad(table.judge("compare a = b within 0.05"))).isEqualTo(1);
    assertThat(bad(table.judge("compare a >= b"))).isEqualTo(2);
  }

  @Test
  void whenFiguresAreJudged_thenSumsAreExact() {
    Tables table = Tables.table().numbers("a", 1e16, 1, -1e16, NAN, 3);
    TableReport report = table.judge("mean a 1 1\ndeviation a 0 1\nrows 5 5\ndistinct a 5 9");
    assertThat(report.outcomes())
        .extracting(RuleOutcome::passed)
        .containsExactly(true, false, true, false);
    TableReport deviation =
        Tables.table().numbers("a", 2, 4, 4, 4, 5, 5, 7, 9).judge("deviation a 0 1");
    assertThat(deviation.outcomes().get(0).value()).isEqualTo(Math.sqrt(32.0 / 7));
  }

  @Test
  void whenRowsAreLate_thenFourBuckets() {
    Tables table = Tables.table()
        .texts("c", "a", "b", "c", "d")
        .moments(
            "t",
            "2024-01-05T07:00:00Z",
            "2024-01-05T06:58:00Z",
            "2024-01-05T06:50:00Z",
            "2024-01-04T07:00:00Z");
    TableReport report = table.judge("fresh t by c");
    assertThat(report.outcomes().get(0).score()).isEqualTo((1 + 0.8 + 0.5 + 0.2) / 4);
    assertThat(bad(report)).isEqualTo(3);
    assertThat(judged(table.judge("fresh t", JudgeOptions.builder().build()))).isZero();
  }

  @Test
  void whenItIsSunday_thenFridaysRowsAreFresh() {
    TradingCalendar calendar = TradingCalendar.of(
        List.of(LocalDate.of(2024, 1, 4), LocalDate.of(2024, 1, 5), LocalDate.of(2024, 1, 8)),
        LocalDate.of(2024, 1, 1),
        LocalDate.of(2024, 1, 10));
    JudgeOptions sunday = JudgeOptions.builder()
        .calendar(calendar)
        .now(Instant.parse("2024-01-07T04:00:00Z"))
        .build();
    Tables table = Tables.table()
        .texts("c", "a", "b")
        .days("d", "2024-01-05", "2024-01-04")
        .moments("t", "2024-01-05T07:00:00Z", "2024-01-05T05:10:00Z");
    assertThat(bad(table.judge("fresh d by c", sunday))).isEqualTo(1);
    TableReport moments = table.judge("fresh t by c", sunday);
    assertThat(moments.outcomes().get(0).score()).isEqualTo((1 + 0.2) / 2);
    assertThat(moments.findings().get(0).value()).isEqualTo(110 * 60.0);
  }

  @Test
  void whenSessionsAreMissing_thenSuspensionsAreSpared() {
    TradingCalendar calendar = TradingCalendar.of(
        List.of(
            LocalDate.of(2024, 1, 2),
            LocalDate.of(2024, 1, 3),
            LocalDate.of(2024, 1, 4),
            LocalDate.of(2024, 1, 5)),
        LocalDate.of(2024, 1, 1),
        LocalDate.of(2024, 1, 10));
    Tables table = Tables.table()
        .texts("c", "a", "a", "b", "b")
        .days("d", "2024-01-02", "2024-01-05", "2024-01-02", "2024-01-05");
    JudgeOptions options = JudgeOptions.builder()
        .calendar(calendar)
        .suspensions(Map.of("a", Set.of(LocalDate.of(2024, 1, 3), LocalDate.of(2024, 1, 4))))
        .build();
    TableReport report = table.judge("every-session d by c", options);
    assertThat(judged(report)).isEqualTo(6);
    assertThat(bad(report)).isEqualTo(2);
    assertThat(report.findings().get(0).message())
        .isEqualTo("no row on 2024-01-03 and 1 more sessions");
    assertThat(judged(table.judge("every-session d by c"))).isZero();
  }

  @Test
  void whenPricesBreakTheRuleBook_thenLimitsAndTicksTellIt() {
    Tables table = Tables.table()
        .texts("c", "600000.SH", "600000.SH", "688001.SH", "XYZ", "510300.SH")
        .days("d", "2024-01-02", "2024-01-02", "2024-01-02", "2024-01-02", "2024-01-02")
        .numbers("ref", 10, 10, 10, 10, 1)
        .numbers("h", 11, 11.01, 11.5, 20, 1.001)
        .numbers("l", 9, 9, 9, 9, 0.999)
        .numbers("c0", 10.005, 10, 10, 10.005, 1.001);
    TableReport limits = table.judge("price-limits c d ref h l");
    assertThat(judged(limits)).isEqualTo(4);
    assertThat(limits.findings()).extracting(TableFinding::row).containsExactly(1L);
    assertThat(limits.findings().get(0).message()).contains("above limit-up 11.0");
    TableReport tick = table.judge("tick c d c0");
    assertThat(judged(tick)).isEqualTo(4);
    assertThat(bad(tick)).isEqualTo(1);
  }

  @Test
  void whenVolumeIsInLots_thenTheUnitIsToldOnceAndRowsAreNotBad() {
    double[] price = new double[30];
    double[] lots = new double[30];
    double[] yuan = new double[30];
    for (int i = 0; i < 30; i++) {
      price[i] = 10 + i;
      lots[i] = 50 + i;
      yuan[i] = price[i] * lots[i] * 100;
    }
    TableReport report = Tables.table()
        .numbers("a", yuan)
        .numbers("v", lots)
        .numbers("l", price)
        .numbers("h", price)
        .judge("average-price a v l h");
    assertThat(bad(report)).isZero();
    assertThat(report.passed()).isFalse();
    assertThat(report.findings())
        .singleElement()
        .satisfies(finding ->
            assertThat(finding.message()).startsWith("volume looks like lots of 100 shares;"));
  }

  @Test
  void whenTheReferenceIsNotTheCloseBefore_thenOnlyAnExDateExplainsIt() {
    TableReport report = Tables.table()
        .texts("c", "a", "a", "a", "a")
        .numbers("pre", 9, 10, 5, 7)
        .numbers("close", 10, 10, 5, 5)
        .numbers("f", 1, 1, 2, 2)
        .judge("previous-close c pre close factor f");
    assertThat(judged(report)).isEqualTo(3);
    assertThat(report.findings()).extracting(TableFinding::row).containsExactly(3L);
  }

  @Test
  void whenVolumeAndSuspensionDisagree_thenTheRowIsBad() {
    TableReport report = Tables.table()
        .numbers("v", 0, 0, 100, 100, NAN, 0.5)
        .flags("s", true, false, false, true, true, false)
        .judge("suspended v s\nwhole-shares v");
    assertThat(report.outcomes()).extracting(RuleOutcome::bad).containsExactly(2L, 1L);
    assertThat(report.outcomes()).extracting(RuleOutcome::judged).containsExactly(6L, 5L);
  }

  @Test
  void whenAColumnIsMissingOrOfTheWrongType_thenATypedError() {
    Tables table = Tables.table().numbers("close", 1).texts("c", "a");
    assertThatThrownBy(() -> table.judge("complete clsoe"))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND))
        .hasMessageContaining("close");
    assertThatThrownBy(() -> table.judge("range c 0 1")).hasMessageContaining("holds TEXT");
  }

  @Test
  void whenTheScoreIsLow_thenTheSinkIsTold() {
    List<Alert> alerts = new ArrayList<>();
    TableRules rules = TableRules.parse("critical range a 0 1");
    TableJudge judge =
        TableJudge.of(rules, JudgeOptions.builder().build(), Tables.CLOCK).alerting(alerts::add);
    TableReport report =
        judge.judge("t", List.of(Tables.table().numbers("a", 1, 1, 2).batch()));
    assertThat(report.overall()).isEqualTo(0.5);
    assertThat(alerts)
        .singleElement()
        .satisfies(alert -> assertThat(alert.code()).isEqualTo(ErrorCode.DATA_QUALITY));
    assertThat(report.quality().bad()).containsEntry("range-a-0-1", 1L);
  }

  @Test
  void whenTheExecutorTakesNoWork_thenTheReportIsTheSame() {
    TableJudge judge = TableJudge.of(
        TableRules.parse("range a 0 1"), JudgeOptions.builder().build(), Tables.CLOCK);
    List<TableBatch> table = List.of(Tables.table().numbers("a", 1, 1, 2).batch());
    Executor full = work -> {
      throw new RejectedExecutionException("planted");
    };
    assertThat(judge.judge("t", table, full, 3)).isEqualTo(judge.judge("t", table));
  }

  @Test
  void whenAStateIsClosed_thenItTakesAndTellsNothing() {
    TableBatch batch = Tables.table().numbers("a", 1, 1, 2).batch();
    TableJudge judge =
        TableJudge.of(TableRules.parse("unique a"), JudgeOptions.builder().build(), Tables.CLOCK);
    TableState state = judge.begin(batch.schema(), "t");
    state.add(batch);
    state.close();
    assertThatThrownBy(() -> state.add(batch)).hasMessageContaining("closed");
    assertThatThrownBy(() -> judge.report(state)).hasMessageContaining("closed");
  }

  @Test
  void whenAReportIsWritten_thenJsonTextAndPageTellTheSame() {
    TableReport report = Tables.table()
        .texts("c", "600000.SH", "<b>")
        .numbers("a", 5, NAN)
        .judge("key c\nrange a 0 1\ncomplete a\nmean a 9 9");
    assertThat(TableReportJson.of(report))
        .contains("\"bad\":1", "\"key\":\"600000.SH\"", "\"row\":0", "\"value\":null");
    assertThat(TableReportPage.text(report, 10)).contains("broken", "600000.SH", "overall");
    assertThat(TableReportPage.html("Bars", report))
        .contains("<svg", "&lt;b&gt;", "600000.SH")
        .doesNotContain("<b>");
    assertThat(report.quality().findings()).anyMatch(finding -> finding.symbol().isPresent());
  }
}
