package io.qilin.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.quality.table.JudgeOptions;
import io.qilin.data.quality.table.TableFinding;
import io.qilin.data.quality.table.TableJudge;
import io.qilin.data.quality.table.TableReport;
import io.qilin.data.quality.table.TableRules;
import io.qilin.data.table.TableBatch;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkQualityTest {
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
  private static final TableRules RULES = TableRules.parse("""
      key instrument,day
      complete close 0.99
      critical unique instrument,day
      price-order open high low close
      range close 0 1000 as in-range
      """);
  private static final StructType SCHEMA = new StructType()
      .add("instrument", DataTypes.StringType)
      .add("day", DataTypes.DateType)
      .add("open", DataTypes.DoubleType)
      .add("high", DataTypes.DoubleType)
      .add("low", DataTypes.DoubleType)
      .add("close", DataTypes.DoubleType)
      .add("note", DataTypes.createArrayType(DataTypes.StringType));

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 17})
  void whenATableIsJudgedInPartitions_thenTheReportIsTheLocalOne(int partitions) {
    List<Row> rows = rows();

    TableReport report = SparkQuality.judge(table(rows).repartition(partitions), RULES, CLOCK);

    TableReport local =
        TableJudge.of(RULES, JudgeOptions.builder().build(), CLOCK).judge("local", batches(rows));
    assertThat(report.rows()).isEqualTo(rows.size());
    assertThat(report.outcomes()).isEqualTo(local.outcomes());
    assertThat(report.scores()).isEqualTo(local.scores());
    assertThat(report.overall()).isEqualTo(local.overall());
    assertThat(keys(report, "in-range")).isNotEmpty().isEqualTo(keys(local, "in-range"));
    assertThat(report.passed()).isFalse();
  }

  @Test
  void whenThereIsNoRow_thenTheReportIsTheLocalOne() {
    Dataset<Row> none = table(rows()).filter("false");

    assertThat(SparkQuality.judge(none, RULES, CLOCK))
        .isEqualTo(TableJudge.of(RULES, JudgeOptions.builder().build(), CLOCK)
            .judge("local", batches(List.of())));
  }

  @Test
  void whenOptionsAreGiven_thenEachTaskHasThem() {
    Instant now = Instant.parse("2024-06-03T08:00:00Z");
    TableRules fresh = TableRules.parse("fresh day within 60\n");

    TableReport late = SparkQuality.judge(
        table(rows()), fresh, () -> JudgeOptions.builder().now(now).build(), CLOCK);

    assertThat(late.outcomes())
        .isEqualTo(TableJudge.of(fresh, JudgeOptions.builder().now(now).build(), CLOCK)
            .judge("local", batches(rows()))
            .outcomes());
    assertThat(late.passed()).isFalse();
  }

  @Test
  void whenARuleNamesNoColumnOrATypeIsNotRead_thenTheErrorSaysSo() {
    assertThatThrownBy(() -> SparkQuality.judge(
            table(rows()).drop("note"), TableRules.parse("complete clse 1\n"), CLOCK))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND))
        .hasMessageContaining("'close'");
    assertThatThrownBy(
            () -> SparkQuality.judge(table(rows()), TableRules.parse("complete note 1\n"), CLOCK))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
        .hasMessageContaining("ARRAY<STRING>");
  }

  @Test
  void whenATableHasColumnsThatAreNotRead_thenTheyMatterToNoRule() {
    TableReport report =
        SparkQuality.judge(table(rows()), TableRules.parse("rows 1 5000\n"), CLOCK);

    assertThat(report.passed()).isTrue();
    assertThat(report.rows()).isEqualTo(3000);
    assertThatThrownBy(
            () -> SparkQuality.judge(table(rows()), TableRules.parse("complete Close 1\n"), CLOCK))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND))
        .hasMessageContaining("'close'");
  }

  @Test
  void whenNamesOfColumnsDifferInCase_thenTheRulesTellThemApart() {
    Dataset<Row> both =
        table(rows()).toDF("instrument", "day", "Close", "a.b", "`", "close", "note");

    TableReport report = SparkQuality.judge(
        both,
        TableRules.parse("complete close 0.99\ncomplete Close 1\ncomplete a.b 1\ncomplete ` 1\n"),
        CLOCK);

    assertThat(report.outcomes())
        .extracting(outcome -> outcome.passed())
        .containsExactly(false, true, true, true);
  }

  @Test
  void whenKeysNeedTooMuchMemory_thenTheLimitIsNamed() {
    assertThatThrownBy(() -> SparkQuality.judge(
            table(rows()), RULES, () -> JudgeOptions.builder().keyBytes(64).build(), CLOCK))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
  }

  private static List<String> keys(TableReport report, String rule) {
    return report.findings().stream()
        .filter(finding -> finding.rule().equals(rule))
        .map(TableFinding::key)
        .sorted()
        .toList();
  }

  private static List<TableBatch> batches(List<Row> rows) {
    List<TableBatch> batches = new ArrayList<>();
    SparkTables.batches(table(rows).drop("note")).forEachRemaining(batches::add);
    if (batches.isEmpty()) {
      SparkTables.batches(table(rows()).drop("note"))
          .forEachRemaining(batch -> batches.add(batch.select(new int[0])));
    }
    return batches;
  }

  private static Dataset<Row> table(List<Row> rows) {
    return Sessions.local().createDataFrame(rows, SCHEMA);
  }

  /** Bars with some closes missing, some beyond the range, some keys twice, some highs below lows. */
  private static List<Row> rows() {
    SplittableRandom random = new SplittableRandom(3);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      double price = 10 + random.nextInt(90);
      Double close =
          i % 50 == 7 ? null : i % 301 == 5 ? Double.valueOf(-price) : Double.valueOf(price);
      rows.add(RowFactory.create(
          "P" + i % 30,
          LocalDate.of(2024, 1, 1).plusDays(i / 30 - (i == 2999 ? 1 : 0)),
          price,
          i % 400 == 9 ? price - 5 : price + 1,
          price - 1,
          close,
          null));
    }
    return rows;
  }
}
