package io.qilin.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.FactorEngine;
import io.qilin.data.demo.SplitMixPanel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bars as others write them, in sessions as others set them up; and the factors where others use them. */
class ForeignBarsTest {
  private static final FactorSet FACTORS = FactorSet.of(
      "set",
      new Factor("slope", "Slope($close, 7)/$close"),
      new Factor("rank", "CSRank(Mean(CSDemean($close/$open), 5)) - $low"));

  private final SparkSession session = Sessions.local();
  private final Panel panel = SplitMixPanel.wide(8, 30, 0.05);

  @AfterEach
  void reset() {
    for (String key : List.of(
        "spark.sql.session.timeZone",
        "spark.sql.ansi.enabled",
        "spark.sql.adaptive.enabled",
        "spark.sql.caseSensitive")) {
      session.conf().unset(key);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "csv, UTC, true, true",
    "csv, America/New_York, false, true",
    "parquet, Pacific/Kiritimati, true, false",
    "parquet, +05:45, false, false"
  })
  void whenRealBarsComeFromFiles_thenTheBitsAreTheLocalOnes(
      String format, String zone, boolean ansi, boolean adaptive, @TempDir Path folder) {
    session.conf().set("spark.sql.session.timeZone", zone);
    session.conf().set("spark.sql.ansi.enabled", ansi);
    session.conf().set("spark.sql.adaptive.enabled", adaptive);
    Panel real = GoldenBars.panel("cn_input.csv.gz");
    String files = folder.resolve("bars").toString();
    BarRows.of(session, real, 3).write().format(format).option("header", true).save(files);

    Dataset<Row> bars = session
        .read()
        .format(format)
        .option("header", true)
        .option("inferSchema", true)
        .load(files);
    Dataset<Row> spread = bars.repartition(5, functions.col("day"));

    assertSame(SparkFactors.compute(spread, FACTORS), real, 40_000);
  }

  @Test
  void whenFactorsAreStoredAndJoined_thenTheyFitTheBars(@TempDir Path folder) {
    Dataset<Row> bars = BarRows.of(session, panel, 3);
    String files = folder.resolve("factors").toString();
    SparkFactors.compute(bars, FACTORS).write().parquet(files);

    Dataset<Row> stored = session.read().parquet(files);

    assertSame(stored, panel, 300);
    assertThat(bars.join(stored, new String[] {"instrument", "day"}).count())
        .isEqualTo(bars.count());
  }

  @Test
  void whenDaysAreMidnightsInShanghai_thenTheyAreJoinedAsDates() {
    Dataset<Row> bars = BarRows.of(session, panel, 3)
        .withColumn("day", functions.expr("to_utc_timestamp(day, 'Asia/Shanghai')"));

    Dataset<Row> factors = SparkFactors.compute(bars, FACTORS);
    Dataset<Row> dated =
        bars.withColumn("day", functions.expr("to_date(from_utc_timestamp(day, 'Asia/Shanghai'))"));

    assertSame(factors, panel, 300);
    assertThat(dated.join(factors, new String[] {"instrument", "day"}).count())
        .isEqualTo(bars.count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"America/New_York", "Asia/Tokyo", "+05:45"})
  void whenDaysAreMidnightsElsewhere_thenTheErrorSaysHowToMakeThemDates(String zone) {
    session.conf().set("spark.sql.session.timeZone", zone);
    Dataset<Row> bars =
        BarRows.of(session, panel, 3).withColumn("day", functions.expr("cast(day as timestamp)"));

    assertRefused(() -> SparkFactors.compute(bars, FACTORS), ErrorCode.DATA_FORMAT, "to_date");

    assertSame(
        SparkFactors.compute(bars.withColumn("day", functions.expr("to_date(day)")), FACTORS),
        panel,
        300);
  }

  @Test
  void whenNamesDifferInCaseHaveDotsOrBackticks_thenTheRightColumnIsRead() {
    Dataset<Row> bars = BarRows.of(session, panel, 3)
        .withColumnRenamed("instrument", "a.`b`")
        .withColumnRenamed("close", "`")
        .withColumn("x", functions.lit(1.0));
    String[] names = bars.columns();
    names[names.length - 1] = "Open";

    Dataset<Row> factors = SparkFactors.compute(
        bars.toDF(names),
        FACTORS,
        SparkFactorSettings.builder()
            .instrumentColumn("a.`b`")
            .fieldColumns(Map.of(Field.CLOSE, "`", Field.OPEN, "open"))
            .build());

    assertSame(factors, panel, 300);
  }

  @Test
  void whenOneColumnServesTwoFields_thenBothAreRead() {
    FactorSet twice = FactorSet.of("set", new Factor("none", "$close - $vwap"));

    Dataset<Row> factors = SparkFactors.compute(
        BarRows.of(session, panel, 3),
        twice,
        SparkFactorSettings.builder().fieldColumns(Map.of(Field.VWAP, "close")).build());

    assertThat(factors.filter("none = 0").count()).isGreaterThan(100);
    assertThat(factors.filter("none <> 0").count()).isZero();
  }

  @Test
  void whenFactorsDifferInCaseAlone_thenTheyAreRefusedUnlessSparkTellsThemApart() {
    FactorSet alike = FactorSet.of("set", new Factor("F", "$close"), new Factor("f", "$open"));
    Dataset<Row> bars = BarRows.of(session, panel, 3);

    assertRefused(
        () -> SparkFactors.compute(bars, alike), ErrorCode.INVALID_ARGUMENT, "'f'", "rename");

    session.conf().set("spark.sql.caseSensitive", "true");
    assertSame(SparkFactors.compute(bars, alike), panel, alike, 300);
  }

  @Test
  void whenAFactorIsNotKnown_thenItIsNullAndNoFilterTakesIt() {
    FactorSet late = FactorSet.of("set", new Factor("rank", "CSRank(Ref($close, 20))"));
    Dataset<Row> bars = BarRows.of(session, SplitMixPanel.dense(8, 30), 3);

    Dataset<Row> factors = SparkFactors.compute(bars, late);
    Dataset<Row> nans =
        SparkFactors.compute(bars, late, SparkFactorSettings.builder().nans().build());

    assertThat(factors.filter("rank > 0.5").count()).isEqualTo(4 * 10);
    assertThat(factors.filter("rank is null").count()).isEqualTo(8 * 20);
    assertThat(nans.filter("rank is null").count()).isZero();
    // Why this is not the default: Spark takes NaN for larger than any number.
    assertThat(nans.filter("rank > 0.5").count()).isEqualTo(4 * 10 + 8 * 20);
  }

  @Test
  void whenTheQueryMeetsACellItCannotRead_thenItIsBadDataAndNotToBeTriedAgain() {
    session.conf().set("spark.sql.ansi.enabled", true);
    Dataset<Row> bars = BarRows.of(session, panel, 3)
        .withColumn("close", functions.expr("cast('x' || string(close) as double)"));

    assertRefused(
        () -> SparkFactors.compute(bars, FACTORS), ErrorCode.DATA_FORMAT, "CAST_INVALID_INPUT");
  }

  @Test
  void whenBarsStream_thenTheyAreRefusedAndItsBatchesAreNot(@TempDir Path folder) throws Exception {
    String files = folder.resolve("bars").toString();
    BarRows.of(session, panel, 3).write().parquet(files);
    Dataset<Row> stream = session.readStream().schema(BarRows.schema(panel)).parquet(files);

    assertRefused(
        () -> SparkFactors.compute(stream, FACTORS), ErrorCode.UNSUPPORTED, "foreachBatch");
    assertRefused(() -> SparkTables.toArrow(stream), ErrorCode.UNSUPPORTED, "foreachBatch");

    List<Long> rows = new CopyOnWriteArrayList<>();
    stream
        .writeStream()
        .trigger(Trigger.AvailableNow())
        .option("checkpointLocation", folder.resolve("checkpoint").toString())
        .foreachBatch((VoidFunction2<Dataset<Row>, Long>)
            (batch, id) -> rows.add(SparkFactors.compute(batch, FACTORS).count()))
        .start()
        .awaitTermination();
    assertThat(rows)
        .containsExactly(
            SparkFactors.compute(BarRows.of(session, panel, 3), FACTORS).count());
  }

  private void assertSame(Dataset<Row> factors, Panel bars, int least) {
    assertSame(factors, bars, FACTORS, least);
  }

  private static void assertSame(Dataset<Row> factors, Panel bars, FactorSet set, int least) {
    assertThat(Sameness.check(factors, FactorEngine.DEFAULT.compute(bars, set), bars))
        .isGreaterThan(least);
  }

  private static void assertRefused(Runnable call, ErrorCode code, String... words) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code))
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }
}
