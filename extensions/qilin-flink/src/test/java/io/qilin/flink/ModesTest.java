package io.qilin.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.data.stream.DeadLetter;
import io.qilin.data.stream.PackedTick;
import io.qilin.data.stream.PipelineBuilder;
import io.qilin.testkit.Panels;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a job does in the modes and with the settings of Flink that people use, and what it refuses. */
@Timeout(180)
class ModesTest {
  private static final List<Field> FIELDS =
      List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.VOLUME, Field.VWAP);

  private static final Instant START = Instant.parse("2024-01-02T01:30:00Z");
  private static final Symbol ONE = RandomLog.symbol(1);
  private static final Symbol TWO = RandomLog.symbol(2);

  private static LocalCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = LocalCluster.start();
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.stop();
  }

  private static FactorRow row(Symbol symbol, int minute) {
    return FactorRow.of(symbol, START.plusSeconds(60L * minute), 1, 2, 3, 4, 5, 6);
  }

  private static FlinkFactors crossing() {
    return FlinkFactors.of(() -> FactorSets.crossing(TWO.toString()), FIELDS);
  }

  private static void assertFails(StreamExecutionEnvironment environment, ErrorCode code) {
    assertThatThrownBy(() -> FlinkJobs.run(environment, "refused"))
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).as("%s", e.getMessage()).isEqualTo(code));
  }

  @ParameterizedTest
  @EnumSource(
      value = RuntimeExecutionMode.class,
      names = {"BATCH", "AUTOMATIC"})
  void whenWindowsOrAStreamOfFactorsRunInBatchMode_thenTheJobFailsForItsResultsWouldBeOthers(
      RuntimeExecutionMode mode) {
    StreamExecutionEnvironment windows = cluster.environment(2);
    windows.setRuntimeMode(mode);
    FlinkWindows.of(() -> RandomLog.describe(3), RandomLog.sources(2))
        .apply(windows.fromData(
            RandomLog.messages(3, 50, 2, Duration.ofSeconds(2)), SourceMessage.type()))
        .windows()
        .sinkTo(new DiscardingSink<>());
    assertFails(windows, ErrorCode.INVALID_CONFIGURATION);

    StreamExecutionEnvironment factors = cluster.environment(2);
    factors.setRuntimeMode(mode);
    crossing().stream(factors.fromData(List.of(row(TWO, 0)), FactorRow.type()), Duration.ZERO)
        .factors()
        .sinkTo(new DiscardingSink<>());
    assertFails(factors, ErrorCode.INVALID_CONFIGURATION);
  }

  @Test
  void whenRowsAreOfTheOtherKind_thenTheJobFailsAndIsNotRestarted() {
    StreamExecutionEnvironment stream = cluster.checkpointed(1, Duration.ofSeconds(1));
    FactorRow day = FactorRow.of(TWO, RandomLog.DAY, 1, 2, 3, 4, 5, 6);
    crossing().stream(stream.fromData(List.of(day), FactorRow.type()), Duration.ZERO)
        .factors()
        .sinkTo(new DiscardingSink<>());
    assertFails(stream, ErrorCode.INVALID_ARGUMENT);

    StreamExecutionEnvironment batch = cluster.checkpointed(1, Duration.ofSeconds(1));
    batch.setRuntimeMode(RuntimeExecutionMode.BATCH);
    crossing()
        .batch(batch.fromData(List.of(row(TWO, 0)), FactorRow.type()), List.of(RandomLog.DAY))
        .sinkTo(new DiscardingSink<>());
    assertFails(batch, ErrorCode.NOT_A_TRADING_DAY);
  }

  @Test
  void whenABatchRunsInStreamingModeWithCheckpoints_thenItIsRefusedAndNotRestartedForEver() {
    StreamExecutionEnvironment environment = cluster.checkpointed(1, Duration.ofSeconds(1));
    assertThatThrownBy(() -> crossing()
            .batch(
                environment.fromData(List.of(row(TWO, 0)), FactorRow.type()),
                List.of(RandomLog.DAY)))
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining("setRuntimeMode(BATCH)");
  }

  @Test
  void whenAnInstrumentHasARowAtTheMomentOfItsEnd_thenTheRowIsSetAside() throws Exception {
    StreamExecutionEnvironment environment = cluster.environment(1);
    FactorRow after = row(ONE, 1);
    FlinkFactors.Results results = crossing().stream(
        environment.fromData(
            List.of(
                row(ONE, 0),
                row(TWO, 0),
                after,
                FactorRow.end(ONE, START.plusSeconds(60)),
                row(TWO, 1)),
            FactorRow.type()),
        Duration.ofMinutes(5));
    CloseableIterator<FactorRow> setAside = results.setAside().collectAsync();
    List<FactorRow> made = LocalCluster.collect(environment, results.factors().collectAsync());
    assertThat(made).extracting(FactorRow::symbol).containsExactly(ONE, TWO, TWO);
    assertThat(LocalCluster.drain(setAside)).containsExactly(after);
  }

  @Test
  void whenTheFactorsOfTheReadmeAreComputed_thenMinutesAndDaysHaveThem() throws Exception {
    Panel panel = Panels.random(5, 30, 0, 8);
    List<FactorRow> rows = PanelRows.inOrder(panel, List.of(Field.CLOSE), false);
    StreamExecutionEnvironment streaming = cluster.environment(2);
    List<FactorRow> ended = new ArrayList<>(PanelRows.asMoments(rows));
    ended.addAll(PanelRows.ends(panel));
    ended.sort(Comparator.comparing(FactorRow::time));
    List<FactorRow> minutes = LocalCluster.collect(
        streaming,
        FactorsExample.minutes(streaming.fromData(ended, FactorRow.type()))
            .factors()
            .collectAsync());
    StreamExecutionEnvironment batch = cluster.environment(2);
    List<FactorRow> days = LocalCluster.collect(
        batch,
        FactorsExample.days(batch.fromData(rows, FactorRow.type()), panel.days())
            .collectAsync());
    assertThat(PanelRows.differences(panel, FactorsExample.plan().compute(panel), minutes, true))
        .isZero();
    assertThat(PanelRows.differences(panel, FactorsExample.plan().compute(panel), days, false))
        .isZero();
  }

  @Test
  void whenATaskOfTheInputHasNothing_thenAStreamOfFactorsDoesNotWaitForIt() throws Exception {
    Panel panel = Panels.random(5, 60, 0, 8);
    String named = panel.symbols().get(2).toString();
    List<FactorRow> rows =
        new ArrayList<>(PanelRows.asMoments(PanelRows.inOrder(panel, FIELDS, false)));
    rows.addAll(PanelRows.ends(panel));
    rows.sort(Comparator.comparing(FactorRow::time));
    GatedSource<FactorRow> source = GatedSource.slow("one task", rows, 5);
    StreamExecutionEnvironment environment = cluster.environment(2);
    Collected.under(
        "of one task",
        FlinkFactors.of(() -> FactorSets.crossing(named), FIELDS)
            .idleAfter(Duration.ofMillis(200))
            .stream(
                source
                    .in(environment, FactorRow.type())
                    .keyBy(row -> 0, Types.INT)
                    .map(row -> row)
                    .returns(FactorRow.type()),
                Duration.ZERO)
            .factors());
    JobClient job = LocalCluster.start(environment);
    Collected.await("of one task", 20);
    source.open();
    FlinkJobs.await(job);
    List<FactorRow> made = Collected.so("of one task");
    assertThat(PanelRows.differences(panel, FactorSets.crossing(named).compute(panel), made, true))
        .isZero();
  }

  /** A tick of the first second keeps the task for a moment, in which it looks once after its sources; one after five minutes for three seconds. */
  static PipelineBuilder<ByteBuffer, PackedTick> stalling() {
    return FlinkFigures.describe().enrich(tick -> {
      long second = (tick.eventNanos() - FlinkFigures.START_NANOS) / 1_000_000_000;
      long stall = second == 1 ? 600 : second == 301 ? 3_000 : 0;
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(stall);
      while (System.nanoTime() < until) {
        LockSupport.parkNanos(10_000_000);
      }
      return tick;
    });
  }

  private static SourceMessage tick(String source, int share, long position, int second) {
    return SourceMessage.of(
        source,
        position,
        FlinkFigures.tick(share, START.toEpochMilli() + second * 1000L, position));
  }

  @Test
  void whenTheTaskStandsStill_thenItsSourcesAreNotSilent() throws Exception {
    List<SourceMessage> messages = List.of(
        tick("a", 1, 0, 0),
        tick("b", 2, 0, 0),
        tick("a", 1, 1, 1),
        tick("a", 1, 2, 301),
        tick("b", 2, 1, 10),
        tick("b", 2, 2, 300));
    StreamExecutionEnvironment environment = cluster.environment(1);
    FlinkWindows.Results results = FlinkWindows.of(ModesTest::stalling, List.of("a", "b"))
        .idleAfter(Duration.ofSeconds(1))
        .apply(environment.fromData(messages, SourceMessage.type()));
    CloseableIterator<DeadLetter> letters = results.deadLetters().collectAsync();
    assertThat(LocalCluster.collect(environment, results.windows().collectAsync()))
        .isNotEmpty();
    assertThat(LocalCluster.drain(letters)).isEmpty();
  }

  /** Keeps windows back from the first on, until it is opened. */
  private static final CountDownLatch BLOCKED = new CountDownLatch(1);

  private static final CountDownLatch OPEN = new CountDownLatch(1);

  /** Slides of one source with many instruments, and of another that is four slides behind. */
  private static List<SourceMessage> behind(int slides, int shares) {
    List<SourceMessage> messages = new ArrayList<>();
    for (int slide = 0; slide < slides; slide++) {
      for (int share = 1; share <= shares; share++) {
        messages.add(tick("a", share, (long) slide * shares + share, 30 * slide));
      }
      messages.add(tick("b", 0, slide, Math.max(slide, 30 * (slide - 4))));
    }
    return messages;
  }

  @Test
  void whenNobodyTakesTheWindows_thenSourcesAreNotSilent() throws Exception {
    GatedSource<SourceMessage> source =
        GatedSource.of("behind", behind(100, 800), Integer.MAX_VALUE);
    StreamExecutionEnvironment environment = cluster.environment(1);
    FlinkWindows.Results results = FlinkWindows.of(FlinkFigures::describe, List.of("a", "b"))
        .idleAfter(Duration.ofSeconds(2))
        .apply(source.in(environment, SourceMessage.type()));
    results
        .windows()
        .map(window -> {
          BLOCKED.countDown();
          OPEN.await();
          return window.number();
        })
        .returns(Types.LONG)
        .sinkTo(new DiscardingSink<>());
    Collected.under("letters of those behind", results.deadLetters());
    JobClient job = LocalCluster.start(environment);
    assertThat(BLOCKED.await(60, TimeUnit.SECONDS)).isTrue();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(10_000_000);
    }
    OPEN.countDown();
    FlinkJobs.await(job);
    assertThat(Collected.<DeadLetter>so("letters of those behind")).isEmpty();
  }

  @Test
  void whenUidsAreNotMadeUp_thenAllOperatorsHaveTheirOwn() {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    StreamExecutionEnvironment environment = cluster.environment(2, settings);
    environment.enableCheckpointing(1_000);
    WindowsExample.build(environment, "127.0.0.1:1");
    crossing().stream(
            environment.fromData(List.of(row(TWO, 0)), FactorRow.type()).uid("rows"), Duration.ZERO)
        .factors()
        .sinkTo(new DiscardingSink<>())
        .uid("factors");
    environment.setRuntimeMode(RuntimeExecutionMode.AUTOMATIC);
    crossing()
        .name("batch")
        .batch(
            environment.fromData(List.of(row(TWO, 0)), FactorRow.type()).uid("days"),
            List.of(RandomLog.DAY))
        .sinkTo(new DiscardingSink<>())
        .uid("batch factors");
    assertThat(environment.getStreamGraph(false).getJobGraph().getNumberOfVertices())
        .isGreaterThan(5);
  }

  @Test
  void whenTwoStreamsOfAJobWriteToOneTopic_thenEachHasItsWriter() {
    StreamExecutionEnvironment environment = cluster.environment(1);
    environment.enableCheckpointing(1_000);
    for (String name : List.of("fast", "slow")) {
      FlinkWindows.Results results = FlinkWindows.of(() -> RandomLog.describe(3), List.of("a"))
          .name(name)
          .apply(environment.fromData(
              List.of(SourceMessage.of("a", 0, new byte[0])), SourceMessage.type()));
      KafkaOut.of("127.0.0.1:1", "invalid", name).deadLetters(results.deadLetters());
    }
    assertThat(environment.getStreamGraph(false).getJobGraph().getNumberOfVertices())
        .isGreaterThan(4);
  }

  @Test
  void whenADescriptionCapturesWhatCannotBeSent_thenItIsRefusedAtOnce() {
    Object kept = new Object();
    assertThatThrownBy(
            () -> FlinkWindows.of(() -> RandomLog.describe(kept.hashCode()), List.of("a")))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining("java.lang.Object");
    assertThatThrownBy(() -> FlinkFactors.of(() -> FactorSets.crossing(kept.toString()), FIELDS))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }
}
