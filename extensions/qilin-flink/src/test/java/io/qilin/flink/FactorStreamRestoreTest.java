package io.qilin.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.testkit.Panels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stream of factors that goes on from a checkpoint or a savepoint has the bits of one that was never interrupted. */
@Timeout(120)
class FactorStreamRestoreTest {
  private static final List<Field> FIELDS =
      List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.VOLUME, Field.VWAP);

  private static final Panel PANEL = Panels.random(9, 40, 0.1, 8);
  private static final String NAMED = PANEL.symbols().get(2).toString();

  private static LocalCluster cluster;

  @TempDir
  Path folder;

  @BeforeAll
  static void start() throws Exception {
    cluster = LocalCluster.start();
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.stop();
  }

  private static List<FactorRow> rows() {
    List<FactorRow> rows =
        new ArrayList<>(PanelRows.asMoments(PanelRows.inOrder(PANEL, FIELDS, false)));
    rows.addAll(PanelRows.ends(PANEL));
    rows.sort(Comparator.comparing(FactorRow::time));
    return rows;
  }

  private static FlinkFactors.Results stream(
      StreamExecutionEnvironment environment,
      GatedSource<FactorRow> source,
      PlanDescription plan,
      List<Field> fields) {
    return FlinkFactors.of(plan, fields).stream(
        source
            .in(environment, FactorRow.type())
            .map(FailOnce.of("factors"))
            .returns(FactorRow.type())
            .uid("fail"),
        Duration.ofMinutes(1));
  }

  private static long differences(List<FactorRow> made) {
    return PanelRows.differences(PANEL, FactorSets.crossing(NAMED).compute(PANEL), made, true);
  }

  @Test
  void whenTheJobFails_thenTheBitsAreThoseOfAnUnbrokenRun() throws Exception {
    List<FactorRow> rows = rows();
    GatedSource<FactorRow> source = GatedSource.of("failing", rows, rows.size() / 2);
    FailOnce.arm("factors", source::open);
    StreamExecutionEnvironment environment = cluster.checkpointed(2, Duration.ofMillis(20));
    FlinkFactors.Results results =
        stream(environment, source, () -> FactorSets.crossing(NAMED), FIELDS);
    CloseableIterator<FactorRow> setAside = results.setAside().collectAsync();
    List<FactorRow> made = LocalCluster.collect(environment, results.factors().collectAsync());
    assertThat(FailOnce.failures("factors")).isEqualTo(1);
    assertThat(differences(made)).isZero();
    assertThat(LocalCluster.drain(setAside)).isEmpty();
  }

  private StreamExecutionEnvironment from(String savepoint, int parallelism) {
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
    if (!savepoint.isEmpty()) {
      settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment environment = cluster.environment(parallelism, settings);
    environment.setMaxParallelism(8);
    return environment;
  }

  @Test
  void whenASavepointIsRestored_thenTheBitsGoOnAndOtherFactorsOrColumnsAreRefused()
      throws Exception {
    List<FactorRow> rows = rows();
    int held = rows.size() / 2;
    GatedSource<FactorRow> first = GatedSource.of("saved", rows, held);
    StreamExecutionEnvironment environment = from("", 1);
    Collected.under(
        "factors",
        stream(environment, first, () -> FactorSets.crossing(NAMED), FIELDS).factors());
    JobClient job = LocalCluster.start(environment);
    Collected.await("factors", held / 2);
    String savepoint = job.stopWithSavepoint(
            false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
        .get(60, TimeUnit.SECONDS);
    assertThat(Collected.so("factors")).hasSizeLessThan(held);

    List<Field> others = new ArrayList<>(FIELDS);
    Collections.swap(others, 0, 3);
    assertRefused(
        savepoint, rows, () -> FactorSets.crossing(NAMED), others, ErrorCode.INVALID_CONFIGURATION);
    assertRefused(savepoint, rows, FactorSets::alpha158, FIELDS, ErrorCode.RECORD_MISMATCH);

    GatedSource<FactorRow> second = GatedSource.of("saved", rows, rows.size());
    StreamExecutionEnvironment wider = from(savepoint, 2);
    Collected.under(
        "factors",
        stream(wider, second, () -> FactorSets.crossing(NAMED), FIELDS).factors());
    FlinkJobs.await(LocalCluster.start(wider));
    assertThat(differences(Collected.so("factors"))).isZero();
  }

  private void assertRefused(
      String savepoint,
      List<FactorRow> rows,
      PlanDescription plan,
      List<Field> fields,
      ErrorCode code) {
    GatedSource<FactorRow> source = GatedSource.of("saved", rows, rows.size());
    StreamExecutionEnvironment environment = from(savepoint, 1);
    Collected.under("factors", stream(environment, source, plan, fields).factors());
    assertThatThrownBy(() -> FlinkJobs.await(LocalCluster.start(environment)))
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).as("%s", e.getMessage()).isEqualTo(code));
  }
}
