package io.qilin.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.source.BarQuery;
import io.qilin.core.factor.FactorPlan;
import io.qilin.data.csv.CsvBarReader;
import io.qilin.data.demo.DemoMarket;
import io.qilin.testkit.Panels;
import io.qilin.testkit.SharedFiles;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job computes the bits of the engine. */
class FlinkFactorsTest {
  private static final List<Field> FIELDS =
      List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.VOLUME, Field.VWAP);

  private static LocalCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = LocalCluster.start();
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.stop();
  }

  private static List<FactorRow> batch(
      PlanDescription plan,
      List<FactorRow> rows,
      List<LocalDate> days,
      int parallelism,
      RuntimeExecutionMode mode)
      throws Exception {
    StreamExecutionEnvironment environment = cluster.environment(parallelism);
    environment.setRuntimeMode(mode);
    CloseableIterator<FactorRow> factors = FlinkFactors.of(plan, FIELDS)
        .batch(environment.fromData(rows, Forms.type(Forms.ROW)), days)
        .collectAsync();
    return LocalCluster.collect(environment, factors);
  }

  @ParameterizedTest
  @CsvSource({"1,STREAMING", "3,BATCH"})
  void whenFactorsCompareInstruments_thenTheBitsAreThoseOfTheEngine(
      int parallelism, RuntimeExecutionMode mode) throws Exception {
    Panel panel = Panels.random(9, 60, 0.1, 5 + parallelism);
    String named = panel.symbols().get(4).toString();
    FactorPlan plan = FactorSets.crossing(named);
    List<FactorRow> rows = PanelRows.shuffled(panel, FIELDS, 1);
    List<FactorRow> made =
        batch(() -> FactorSets.crossing(named), rows, panel.days(), parallelism, mode);
    assertThat(PanelRows.differences(panel, plan.compute(panel), made, false)).isZero();
  }

  @Test
  void whenBarsAreReal_thenAlpha158HasTheBitsOfTheEngine() throws Exception {
    Panel all = CsvBarReader.builder(SharedFiles.golden("cn_input.csv.gz"))
        .build()
        .read(BarQuery.ALL)
        .panel();
    assertAlpha158(all.until(all.days().get(200)));
  }

  @Test
  void whenBarsAreMadeUp_thenAlpha158HasTheBitsOfTheEngine() throws Exception {
    Panel all = DemoMarket.of(8, 1, 3).bars().panel();
    assertAlpha158(all.until(all.days().get(120)));
  }

  private static void assertAlpha158(Panel panel) throws Exception {
    List<FactorRow> made = batch(
        FactorSets::alpha158,
        PanelRows.shuffled(panel, FIELDS, 2),
        panel.days(),
        2,
        RuntimeExecutionMode.BATCH);
    assertThat(made).hasSizeGreaterThan(500);
    assertThat(PanelRows.differences(panel, FactorSets.alpha158().compute(panel), made, false))
        .isZero();
  }

  @Test
  void whenRowsComeMomentByMomentOutOfOrder_thenTheBitsAreThoseOfTheBatch() throws Exception {
    Panel panel = Panels.random(9, 60, 0, 8);
    String named = panel.symbols().get(2).toString();
    List<FactorRow> rows =
        new ArrayList<>(PanelRows.asMoments(PanelRows.inOrder(panel, FIELDS, false)));
    rows.addAll(PanelRows.ends(panel));
    rows.sort(Comparator.comparing(FactorRow::time));
    for (int at = 0; at + 5 < rows.size(); at += 5) {
      Collections.shuffle(rows.subList(at, at + 5), new Random(at));
    }
    FactorRow late = rows.stream().filter(row -> row.size() > 0).findFirst().orElseThrow();
    FactorRow second = rows.get(rows.size() - 1);
    rows.add(second);
    rows.add(late);
    StreamExecutionEnvironment environment = cluster.environment(2);
    FlinkFactors.Results results = FlinkFactors.of(() -> FactorSets.crossing(named), FIELDS).stream(
        environment.fromData(rows, Forms.type(Forms.ROW)), Duration.ofMinutes(10));
    CloseableIterator<FactorRow> factors = results.factors().collectAsync();
    CloseableIterator<FactorRow> setAside = results.setAside().collectAsync();
    List<FactorRow> made = LocalCluster.collect(environment, factors);

    FactorTable expected = FactorSets.crossing(named).compute(panel);
    assertThat(PanelRows.differences(panel, expected, made, true)).isZero();
    assertThat(LocalCluster.drain(setAside)).containsExactlyInAnyOrder(second, late);
  }

  @Test
  void whenARowIsOnAHoliday_thenTheJobFailsWithItsCode() {
    Panel panel = Panels.random(3, 10, 1);
    List<FactorRow> rows = PanelRows.shuffled(panel, FIELDS, 1);
    List<LocalDate> days = panel.days().subList(0, 9);
    assertThatThrownBy(
            () -> batch(FactorSets::alpha158, rows, days, 1, RuntimeExecutionMode.STREAMING))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_A_TRADING_DAY))
        .hasMessageContaining(panel.days().get(9).toString());
  }

  @Test
  void whenADayIsThereTwice_thenTheJobFailsWithItsCode() {
    Panel panel = Panels.random(3, 10, 1);
    List<FactorRow> rows = new ArrayList<>(PanelRows.shuffled(panel, FIELDS, 1));
    rows.add(rows.get(0));
    assertThatThrownBy(() ->
            batch(FactorSets::alpha158, rows, panel.days(), 1, RuntimeExecutionMode.STREAMING))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CONFLICT));
  }

  @Test
  void whenRowsLackAField_thenTheJobIsNotBuilt() {
    assertThatThrownBy(() -> FlinkFactors.of(FactorSets::alpha158, List.of(Field.CLOSE)))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_NOT_FOUND))
        .hasMessageContaining("$open");
  }
}
