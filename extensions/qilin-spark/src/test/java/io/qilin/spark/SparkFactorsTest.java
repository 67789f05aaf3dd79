package io.qilin.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.Alpha101;
import io.qilin.core.factor.Alpha158;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.MissingData;
import io.qilin.core.factor.NumericMode;
import io.qilin.data.demo.DemoMarket;
import io.qilin.data.demo.SplitMixPanel;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.TableField;
import io.qilin.data.table.TableSchema;
import io.qilin.testkit.SharedFiles;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of Spark are those of the local engine, to the last bit. */
class SparkFactorsTest {
  private static final FactorSet MIXED = FactorSet.of(
      "mixed",
      new Factor("deep", "CSRank(Mean(CSDemean($close/$open),5)) - $low"),
      new Factor("slope", "Slope($close,7) + Count($close, 0)"),
      new Factor("plain", "Ref($close, 3)/$close"));

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 17})
  void whenAlpha158OfADemoMarket_thenTheBitsAreTheLocalOnes(int partitions) {
    Panel panel = DemoMarket.of(24, 1, 5).bars().panel();

    assertThat(compare(panel, Alpha158.factors(), partitions)).isGreaterThan(500_000);
  }

  @Test
  void whenAlpha158OfRealBars_thenTheBitsAreTheLocalOnes() {
    assertThat(compare(GoldenBars.panel("cn_input.csv.gz"), Alpha158.factors(), 3))
        .isGreaterThan(4_000_000);
  }

  @Test
  void whenExpressionsOfTheGoldenSetMeetHardBars_thenTheBitsAreTheLocalOnes() {
    Panel panel = GoldenBars.panel("edge_input.csv.gz");
    List<Factor> factors = new ArrayList<>();
    SharedFiles.lines(SharedFiles.golden("edge_expressions.tsv")).stream()
        .skip(1)
        .map(line -> line.split("\t"))
        .forEach(cells -> factors.add(new Factor(cells[0], cells[1])));
    FactorSet set = new FactorSet(
        "edge", factors.stream().filter(factor -> isFactor(factor)).toList());
    FactorEngine engine = FactorEngine.builder().missing(MissingData.NAN).build();

    Dataset<Row> result = SparkFactors.compute(
        BarRows.of(Sessions.local(), panel, 4),
        set,
        SparkFactorSettings.builder()
            .missing(MissingData.NAN)
            .infinities()
            .partitions(3)
            .build());

    assertThat(set.factors().size()).isGreaterThan(100);
    assertThat(Sameness.check(result, engine.compute(panel, set), panel)).isGreaterThan(50_000);
  }

  private static boolean isFactor(Factor factor) {
    return io.qilin.core.expression.Expression.parse(factor.expression()).lookAhead() == 0;
  }

  @Test
  void whenAlpha101ComparesInstruments_thenTheBitsAreTheLocalOnes() {
    Panel panel = SplitMixPanel.wide(23, 90, 0.02);

    assertThat(compare(panel, Alpha101.factors(), 3)).isGreaterThan(80_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void whenExpressionsNameInstruments_thenTheBitsAreTheLocalOnes(int partitions) {
    Panel panel = DemoMarket.of(30, 1, 11).bars().panel();
    String named = panel.symbols().get(3).qlib();
    String ratio = "$close/Mask($open, '" + named + "')";
    FactorSet factors = FactorSet.of(
        "named",
        new Factor("place", "IdxMax(CSRank(" + ratio + "), 5)"),
        new Factor("slope", "Slope(CSDemean(CSRank(" + ratio + ")), 7) + Count($close, 0)"),
        new Factor("line", "WMA(CSZScore(" + ratio + "), 6) * Mean($volume, 3)"));

    assertThat(compare(panel, factors, partitions)).isGreaterThan(5_000);
  }

  @Test
  void whenATaskMayUseLittleMemory_thenTheBitsAreTheLocalOnes() {
    Panel panel = SplitMixPanel.wide(120, 400, 0.02);
    SparkFactorSettings settings =
        SparkFactorSettings.builder().partitions(2).taskBytes(1 << 20).build();

    Dataset<Row> factors =
        SparkFactors.compute(BarRows.of(Sessions.local(), panel, 2), MIXED, settings);

    assertThat(Sameness.check(factors, FactorEngine.DEFAULT.compute(panel, MIXED), panel))
        .isGreaterThan(100_000);
  }

  @Test
  void whenNumbersAreCorrected_thenTheBitsAreThoseOfTheCorrectedEngine() {
    Panel panel = SplitMixPanel.wide(8, 60, 0.05);
    FactorSet set = FactorSet.of("set", new Factor("wma", "CSRank(WMA($close,10))"));
    FactorEngine engine = FactorEngine.builder().mode(NumericMode.CORRECTED).build();

    Dataset<Row> factors = SparkFactors.compute(
        BarRows.of(Sessions.local(), panel, 2),
        set,
        SparkFactorSettings.builder().mode(NumericMode.CORRECTED).build());

    assertThat(Sameness.check(factors, engine.compute(panel, set), panel)).isGreaterThan(400);
  }

  @Test
  void whenAFieldIsMissingAndTakenForNaN_thenItCountsAsLocally() {
    Panel panel = SplitMixPanel.dense(6, 20);
    FactorSet set = FactorSet.of(
        "set",
        new Factor("none", "Count(CSRank($nothing) > 0, 3)"),
        new Factor("some", "Count(CSRank($nothing + $close) > 0, 3)"),
        new Factor("named", "$close / ChangeInstrument('SH600519', $close)"),
        new Factor("only", "Count($nothing, 3)"));
    FactorEngine engine = FactorEngine.builder().missing(MissingData.NAN).build();

    Dataset<Row> factors = SparkFactors.compute(
        BarRows.of(Sessions.local(), panel, 2),
        set,
        SparkFactorSettings.builder().missing(MissingData.NAN).build());

    Sameness.check(factors, engine.compute(panel, set), panel);
  }

  @Test
  void whenColumnsHaveOtherNamesAndTypes_thenTheyAreRead() {
    Panel panel = SplitMixPanel.dense(6, 20);
    FactorSet set = FactorSet.of("set", new Factor("f", "CSRank($close)*Mean($volume,3)-$open"));
    Panel rounded = panel
        .with(Field.VOLUME, (i, day) -> Math.rint(panel.value(Field.VOLUME, i, day)))
        .with(Field.OPEN, (i, day) -> (float) panel.value(Field.OPEN, i, day));
    Dataset<Row> bars = BarRows.of(Sessions.local(), rounded, 2)
        .withColumn("volume", functions.col("volume").cast(DataTypes.LongType))
        .withColumn("open", functions.col("open").cast(DataTypes.FloatType))
        .withColumn("t", functions.expr("cast(day as timestamp) - interval 8 hours"))
        .withColumnRenamed("instrument", "ts.code")
        .withColumnRenamed("close", "CLOSE")
        .withColumnRenamed("volume", "vol")
        .drop("day");

    Dataset<Row> factors = SparkFactors.compute(
        bars,
        set,
        SparkFactorSettings.builder()
            .instrumentColumn("ts.code")
            .dayColumn("t")
            .fieldColumns(Map.of(Field.VOLUME, "vol"))
            .build());

    assertThat(factors.columns()).containsExactly("ts.code", "t", "f");
    assertThat(Sameness.check(factors, FactorEngine.DEFAULT.compute(rounded, set), rounded))
        .isEqualTo(6 * 20);
  }

  @Test
  void whenACalendarIsGiven_thenItsDaysTakePlacesInWindows() {
    Panel panel = SplitMixPanel.dense(3, 20);
    List<LocalDate> days = panel.days();
    Dataset<Row> bars =
        BarRows.of(Sessions.local(), panel, 2).filter(functions.col("day").notEqual(days.get(7)));
    FactorSet set = FactorSet.of("set", new Factor("f", "Ref($close, 1)"));

    List<LocalDate> longer = new ArrayList<>(days);
    longer.add(days.get(19).plusDays(1));
    Dataset<Row> factors = SparkFactors.compute(
        bars, set, SparkFactorSettings.builder().calendar(longer).build());

    assertThat(factors.count()).isEqualTo(3 * 20);
    assertThat(factors
            .filter(functions.col("day").equalTo(days.get(8)))
            .select("f")
            .distinct()
            .first())
        .satisfies(row -> assertThat(row.isNullAt(0)).isTrue());
    assertThat(factors.filter("f is null").count()).isEqualTo(6);
  }

  @Test
  void whenArrowIsAskedFor_thenItHoldsTheSameBits() {
    Panel panel = DemoMarket.of(12, 1, 3).bars().panel();
    Dataset<byte[]> streams = SparkFactors.computeArrow(
        BarRows.of(Sessions.local(), panel, 2), MIXED, SparkFactorSettings.DEFAULT);
    TableSchema schema = new TableSchema(List.of(
        new TableField("instrument", ColumnType.TEXT),
        new TableField("day", ColumnType.DATE),
        new TableField("deep", ColumnType.FLOAT64),
        new TableField("slope", ColumnType.FLOAT64),
        new TableField("plain", ColumnType.FLOAT64)));

    Dataset<Row> factors = SparkTables.fromArrow(streams, schema);

    assertThat(Sameness.check(factors, FactorEngine.DEFAULT.compute(panel, MIXED), panel))
        .isGreaterThan(5_000);
  }

  @Test
  void whenTheResultIsUsedTwiceKeptOrJoined_thenItIsTheSame() {
    Panel panel = SplitMixPanel.dense(10, 30);
    Dataset<Row> bars = BarRows.of(Sessions.local(), panel, 3);
    Dataset<Row> factors = SparkFactors.compute(bars, MIXED).cache();

    assertThat(factors.count()).isEqualTo(300);
    assertThat(bars.join(factors, new String[] {"instrument", "day"}).count()).isEqualTo(300);
    assertThat(factors.orderBy("day", "instrument").limit(7).collectAsList())
        .extracting(row -> row.getString(0))
        .startsWith("P000000", "P000001");
    factors.unpersist();
  }

  private static long compare(Panel panel, FactorSet factors, int partitions) {
    FactorTable local = FactorEngine.DEFAULT.compute(panel, factors);
    SparkFactorSettings settings =
        SparkFactorSettings.builder().partitions(partitions).build();
    return Sameness.check(
        SparkFactors.compute(BarRows.of(Sessions.local(), panel, 4), factors, settings),
        local,
        panel);
  }
}
