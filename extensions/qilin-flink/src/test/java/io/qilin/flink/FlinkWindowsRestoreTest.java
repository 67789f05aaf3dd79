package io.qilin.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.record.Tick;
import io.qilin.data.stream.ClosedWindow;
import io.qilin.data.stream.DeadLetter;
import io.qilin.data.stream.PipelineBuilder;
import io.qilin.data.stream.WindowSpec;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Windows go on from checkpoints and savepoints as if nothing had happened, or are refused. */
@Timeout(180)
class FlinkWindowsRestoreTest {
  private static final long SEED = 11;

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

  @BeforeEach
  void forget() {
    Collected.clear("windows");
    Collected.clear("letters");
  }

  /** Prices are a tenth higher. */
  static PipelineBuilder<ByteBuffer, Tick> enriched() {
    return RandomLog.describe(SEED)
        .enrich(t -> new Tick(
            t.of(),
            t.eventTime(),
            t.asOf(),
            t.source(),
            t.sequence(),
            t.price() * 1.1,
            t.volume(),
            t.amount(),
            t.phase()));
  }

  private static List<SourceMessage> messages(int sources) {
    return RandomLog.messages(SEED, 600, sources, Duration.ofSeconds(4));
  }

  @Test
  void whenAnEnrichedJobFailsAndAPartitionIsEmpty_thenResultsAreThoseOfAPipeline()
      throws Exception {
    List<SourceMessage> messages = messages(1);
    GatedSource<SourceMessage> source = GatedSource.of("enriched", messages, 300);
    FailOnce.arm("enriched", source::open);
    StreamExecutionEnvironment environment = cluster.checkpointed(2, Duration.ofMillis(20));
    DataStream<SourceMessage> log = source
        .in(environment, SourceMessage.type())
        .map(FailOnce.of("enriched"))
        .returns(SourceMessage.type())
        .setParallelism(1);
    FlinkWindows.Results results = FlinkWindows.of(
            FlinkWindowsRestoreTest::enriched, RandomLog.sources(3))
        .idleAfter(Duration.ofMillis(200))
        .apply(log);
    CloseableIterator<DeadLetter> letters = results.deadLetters().collectAsync();
    List<ClosedWindow> windows =
        LocalCluster.collect(environment, results.windows().collectAsync());
    InProcess expected = InProcess.together(FlinkWindowsRestoreTest::enriched, messages);
    assertThat(FailOnce.failures("enriched")).isEqualTo(1);
    assertThat(windows.equals(expected.windows())).isTrue();
    assertThat(LocalCluster.drain(letters))
        .containsExactlyInAnyOrderElementsOf(expected.deadLetters());
    assertThat(windows)
        .isNotEqualTo(
            InProcess.together(() -> RandomLog.describe(SEED), messages).windows());
  }

  @Test
  void whenAPartitionIsEmptyAndTheStreamGoesOn_thenWindowsDoNotWaitForIt() throws Exception {
    List<SourceMessage> messages = messages(1);
    GatedSource<SourceMessage> source = GatedSource.slow("going on", messages, 5);
    StreamExecutionEnvironment environment = cluster.environment(2);
    Collected.under(
        "windows",
        FlinkWindows.of(() -> RandomLog.describe(SEED), RandomLog.sources(2))
            .idleAfter(Duration.ofMillis(200))
            .apply(source.in(environment, SourceMessage.type()))
            .windows());
    JobClient job = LocalCluster.start(environment);
    Collected.await("windows", 3);
    source.open();
    FlinkJobs.await(job);
    assertThat(Collected.<ClosedWindow>so("windows"))
        .isEqualTo(InProcess.together(() -> RandomLog.describe(SEED), messages).windows());
  }

  @Test
  void whenAStepSpreadsTheMessagesOfASource_thenTheJobFails() throws Exception {
    GatedSource<SourceMessage> source = GatedSource.of("spread", messages(1), 600);
    StreamExecutionEnvironment environment = cluster.checkpointed(3, Duration.ofMillis(50));
    DataStream<SourceMessage> spread = source
        .in(environment, SourceMessage.type())
        .map(message -> message)
        .returns(SourceMessage.type());
    Collected.under(
        "windows",
        FlinkWindows.of(() -> RandomLog.describe(SEED), RandomLog.sources(1))
            .apply(spread)
            .windows());
    assertThatThrownBy(() -> FlinkJobs.await(LocalCluster.start(environment)))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining("ascend");
  }

  private static StreamExecutionEnvironment from(String savepoint, int parallelism) {
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
    if (!savepoint.isEmpty()) {
      settings.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment environment = cluster.environment(parallelism, settings);
    environment.setMaxParallelism(8);
    return environment;
  }

  private static JobClient job(
      String savepoint, int parallelism, int free, StreamDescription<Tick> description) {
    GatedSource<SourceMessage> source = GatedSource.of("saved log", messages(2), free);
    StreamExecutionEnvironment environment = from(savepoint, parallelism);
    FlinkWindows.Results results = FlinkWindows.of(description, RandomLog.sources(2))
        .apply(source.in(environment, SourceMessage.type()));
    Collected.under("windows", results.windows());
    Collected.under("letters", results.deadLetters());
    return LocalCluster.start(environment);
  }

  @Test
  void whenASavepointIsRestored_thenWindowsGoOnInTwoTasksAndOtherSettingsAreRefused()
      throws Exception {
    JobClient first = job("", 1, 400, () -> RandomLog.describe(SEED));
    Collected.await("windows", 3);
    String savepoint = first
        .stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
        .get(60, TimeUnit.SECONDS);

    assertRefused(
        savepoint,
        () -> RandomLog.describe(SEED)
            .windows(new WindowSpec(
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(3),
                Duration.ofSeconds(3))));
    assertRefused(savepoint, () -> RandomLog.describe(SEED).rules(List.of()));
    assertRefused(savepoint, () -> RandomLog.describe(SEED).anomalies(List.of()));

    FlinkJobs.await(job(savepoint, 2, 600, () -> RandomLog.describe(SEED)));
    InProcess expected = InProcess.apart(() -> RandomLog.describe(SEED), messages(2));
    assertThat(Collected.<ClosedWindow>so("windows")).isEqualTo(expected.windows());
    assertThat(Collected.<DeadLetter>so("letters"))
        .containsExactlyInAnyOrderElementsOf(expected.deadLetters());
  }

  private static void assertRefused(String savepoint, StreamDescription<Tick> description) {
    assertThatThrownBy(() -> FlinkJobs.await(job(savepoint, 2, 600, description)))
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code())
                .as("%s", e.getMessage())
                .isEqualTo(ErrorCode.INVALID_CONFIGURATION));
  }
}
