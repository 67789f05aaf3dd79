package io.qilin.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.record.Tick;
import io.qilin.data.stream.ClosedWindow;
import io.qilin.data.stream.DeadLetter;
import io.qilin.data.stream.DeadLetterReason;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job makes of a log what pipelines in process make of it, to the last bit. */
class FlinkWindowsPropertyTest {
  private static final int TRIES = 4;
  private static final int MESSAGES = 400;

  private static LocalCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = LocalCluster.start();
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.stop();
  }

  /** What one job makes of the logs of some seeds, each a stream of its own. */
  private static Map<Long, InProcess> job(
      Map<Long, List<SourceMessage>> logs, int sources, int parallelism) throws Exception {
    StreamExecutionEnvironment environment = cluster.environment(parallelism);
    Map<Long, CloseableIterator<ClosedWindow>> windows = new TreeMap<>();
    Map<Long, CloseableIterator<DeadLetter>> letters = new TreeMap<>();
    logs.forEach((seed, messages) -> {
      StreamDescription<Tick> description = () -> RandomLog.describe(seed);
      FlinkWindows.Results results = FlinkWindows.of(description, RandomLog.sources(sources))
          .name("seed-" + seed)
          .apply(environment.fromData(messages, Forms.type(Forms.MESSAGE)));
      windows.put(seed, results.windows().collectAsync());
      letters.put(seed, results.deadLetters().collectAsync());
    });
    JobClient job = environment.executeAsync("logs");
    Map<Long, InProcess> made = new TreeMap<>();
    for (Long seed : logs.keySet()) {
      made.put(
          seed,
          new InProcess(
              LocalCluster.drain(windows.get(seed)), LocalCluster.drain(letters.get(seed))));
    }
    FlinkJobs.await(job);
    return made;
  }

  private static Map<Long, List<SourceMessage>> logs(long first, int sources) {
    Map<Long, List<SourceMessage>> logs = new TreeMap<>();
    for (long seed = first; seed < first + TRIES; seed++) {
      logs.put(seed, RandomLog.messages(seed, MESSAGES, sources, Duration.ofSeconds(4)));
    }
    return logs;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void whenOneSourceIsLateRepeatedAndBad_thenWindowsAndDeadLettersAreThoseOfAPipeline(
      int parallelism) throws Exception {
    Map<Long, List<SourceMessage>> logs = logs(100L * parallelism, 1);
    Set<DeadLetterReason> reasons = new HashSet<>();
    int anomalies = 0;
    for (Map.Entry<Long, InProcess> made : job(logs, 1, parallelism).entrySet()) {
      long seed = made.getKey();
      InProcess expected =
          InProcess.together(() -> RandomLog.describe(seed), logs.getOrDefault(seed, List.of()));
      assertThat(made.getValue().windows()).as("seed %s", seed).isEqualTo(expected.windows());
      assertThat(made.getValue().deadLetters())
          .as("seed %s", seed)
          .containsExactlyInAnyOrderElementsOf(expected.deadLetters());
      expected.deadLetters().forEach(letter -> reasons.add(letter.reason()));
      anomalies +=
          expected.windows().stream().mapToInt(w -> w.anomalies().size()).sum();
    }
    assertThat(reasons)
        .contains(
            DeadLetterReason.LATE,
            DeadLetterReason.UNREADABLE,
            DeadLetterReason.DAMAGED,
            DeadLetterReason.RULE,
            DeadLetterReason.OUT_OF_SESSION);
    assertThat(anomalies).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void whenSourcesAreSeveral_thenResultsAreThoseOfAPipelineForEach(int parallelism)
      throws Exception {
    Map<Long, List<SourceMessage>> logs = logs(1000L * parallelism, 3);
    for (Map.Entry<Long, InProcess> made : job(logs, 3, parallelism).entrySet()) {
      long seed = made.getKey();
      InProcess expected =
          InProcess.apart(() -> RandomLog.describe(seed), logs.getOrDefault(seed, List.of()));
      assertThat(made.getValue().windows()).as("seed %s", seed).isEqualTo(expected.windows());
      assertThat(made.getValue().deadLetters())
          .as("seed %s", seed)
          .containsExactlyInAnyOrderElementsOf(expected.deadLetters());
    }
  }
}
