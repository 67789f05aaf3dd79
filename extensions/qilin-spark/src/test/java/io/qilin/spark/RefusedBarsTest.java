package io.qilin.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.Label;
import io.qilin.api.market.Panel;
import io.qilin.data.demo.SplitMixPanel;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

/** What is wrong with bars, settings or factors is told when factors are asked for, with a code and where. */
class RefusedBarsTest {
  private static final FactorSet CLOSE = FactorSet.of("set", new Factor("f", "Mean($close, 3)"));

  private final Panel panel = SplitMixPanel.dense(3, 10);

  @Test
  void whenARowComesTwice_thenItIsNamed() {
    Dataset<Row> twice =
        bars().union(bars().filter("instrument = 'P000001' and day = date'2020-01-03'"));

    refused(twice, CLOSE, ErrorCode.DATA_CONFLICT, "P000001.OTHER", "2020-01-03");
  }

  @Test
  void whenAnInstrumentIsWrittenInTwoWays_thenBothAreNamed() {
    Dataset<Row> one = bars().withColumn("instrument", functions.lit("600519.SH"));
    Dataset<Row> first = one.dropDuplicates("day");

    Dataset<Row> mixed = first.withColumn(
        "instrument",
        functions
            .when(functions.expr("day < date'2020-01-05'"), "SH600519")
            .otherwise("600519.SH"));

    refused(mixed, CLOSE, ErrorCode.DATA_CONFLICT, "'SH600519'", "'600519.SH'");
    refused(mixed.coalesce(1), CLOSE, ErrorCode.DATA_CONFLICT, "'SH600519'", "'600519.SH'");
  }

  @Test
  void whenACellCannotBe_thenPartitionRowAndColumnAreNamed() {
    Dataset<Row> one = bars().coalesce(1);

    refused(
        one.withColumn("close", functions.expr("double('Infinity')")),
        CLOSE,
        ErrorCode.DATA_FORMAT,
        "partition 0, row 1, column 'close'",
        "infinite");
    refused(
        one.withColumn("instrument", functions.expr("cast(null as string)")),
        CLOSE,
        ErrorCode.DATA_FORMAT,
        "row 1, column 'instrument'",
        "missing");
    refused(
        one.withColumn("instrument", functions.lit("贵州 茅台")),
        CLOSE,
        ErrorCode.DATA_FORMAT,
        "row 1, column 'instrument'");
    refused(
        one.withColumn("instrument", functions.expr("repeat('x', 10000000)")),
        CLOSE,
        ErrorCode.DATA_FORMAT,
        "row 1, column 'instrument'",
        "10000000 bytes");
    refused(
        one.withColumn("day", functions.expr("cast(null as date)")),
        CLOSE,
        ErrorCode.DATA_FORMAT,
        "column 'day'",
        "missing");
    refused(
        one.withColumn("day", functions.expr("timestamp'2024-01-02 09:30:00'")),
        CLOSE,
        ErrorCode.DATA_FORMAT,
        "2024-01-02T09:30:00Z is a time of day");
    refused(
        one.withColumn("day", functions.expr("timestamp_ntz'2024-01-02 16:00:00'")),
        CLOSE,
        ErrorCode.DATA_FORMAT,
        "is a time of day");
    refused(
        one.withColumn("day", functions.expr("date_from_unix_date(-800000)")),
        CLOSE,
        ErrorCode.DATA_FORMAT,
        "years 1 to 9999");
    refused(
        one.withColumn("close", functions.lit((1L << 53) + 1)),
        CLOSE,
        ErrorCode.DATA_FORMAT,
        "no double holds exactly");
  }

  @Test
  void whenAColumnIsMissingOrOfAnotherType_thenItIsNamed() {
    refused(
        bars().drop("close").withColumnRenamed("open", "clsoe"),
        CLOSE,
        ErrorCode.DATA_NOT_FOUND,
        "factor 'f' reads $close",
        "'clsoe'");
    refused(bars().drop("day"), CLOSE, ErrorCode.DATA_NOT_FOUND, "'day'");
    refused(
        bars().selectExpr("instrument", "day", "struct(close) bar"),
        CLOSE,
        ErrorCode.DATA_NOT_FOUND,
        "they have 'instrument', 'day', 'bar'");
    refused(
        bars().withColumn("day", functions.expr("string(day)")),
        CLOSE,
        ErrorCode.DATA_FORMAT,
        "STRING",
        "to_date");
    refused(
        bars().withColumn("instrument", functions.lit(600519)),
        CLOSE,
        ErrorCode.DATA_FORMAT,
        "INT");
    refused(
        bars().withColumn("close", functions.lit("10.5")), CLOSE, ErrorCode.DATA_FORMAT, "STRING");
    refused(
        bars().drop("close").selectExpr("*", "1D as Close", "2D as CLOSE"),
        CLOSE,
        ErrorCode.INVALID_ARGUMENT,
        "2 columns");
  }

  @Test
  void whenThereIsNoRow_thenItSaysSo() {
    refused(bars().filter("false"), CLOSE, ErrorCode.DATA_NOT_FOUND, "no row");
  }

  @Test
  void whenAFactorCannotBe_thenItIsTheEnginesError() {
    refused(
        bars(),
        FactorSet.of("set", new Factor("f", Label.NEXT_DAY_RETURN.expression())),
        ErrorCode.LOOK_AHEAD,
        "'f'");
    refused(
        bars(),
        FactorSet.of("set", new Factor("f", "Mean($close")),
        ErrorCode.EXPRESSION_SYNTAX,
        "'f'");
    refused(
        bars(),
        FactorSet.of("set", new Factor("f", "ChangeInstrument('SH600519',$close)")),
        ErrorCode.DATA_NOT_FOUND,
        "600519.SH");
    refused(
        bars(),
        FactorSet.of("set", new Factor("Day", "$close")),
        ErrorCode.INVALID_ARGUMENT,
        "Day");
  }

  @Test
  void whenARowIsBesideTheCalendar_thenItsDayIsNamed() {
    List<LocalDate> days = panel.days().stream()
        .filter(day -> !day.equals(LocalDate.of(2020, 1, 4)))
        .toList();
    SparkFactorSettings settings = SparkFactorSettings.builder().calendar(days).build();

    assertThatThrownBy(() -> SparkFactors.compute(bars(), CLOSE, settings))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_A_TRADING_DAY))
        .hasMessageContaining("2020-01-04");
  }

  @Test
  void whenSettingsCannotBe_thenTheyAreRefused() {
    SparkFactorSettings.Builder builder = SparkFactorSettings.builder();
    assertInvalid(() -> SparkFactorSettings.builder().dayColumn("Instrument").build(), "one");
    assertInvalid(() -> SparkFactorSettings.builder().partitions(-1).build(), "-1");
    assertInvalid(() -> SparkFactorSettings.builder().taskBytes(5).build(), "5");
    assertInvalid(
        () -> builder.calendar(List.of(LocalDate.EPOCH, LocalDate.EPOCH)).build(), "1970-01-01");
    assertThat(SparkFactorSettings.builder().fieldColumns(Map.of()).build())
        .isEqualTo(SparkFactorSettings.DEFAULT);
  }

  private static void assertInvalid(Runnable build, String word) {
    assertThatThrownBy(build::run)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining(word);
  }

  private Dataset<Row> bars() {
    return BarRows.of(Sessions.local(), panel, 2);
  }

  private static void refused(
      Dataset<Row> bars, FactorSet factors, ErrorCode code, String... words) {
    assertThatThrownBy(() -> SparkFactors.compute(bars, factors))
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code))
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }
}
