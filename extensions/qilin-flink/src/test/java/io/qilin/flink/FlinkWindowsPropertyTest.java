package io.qilin.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.record.Tick;
import io.qilin.data.stream.ClosedWindow;
import io.qilin.data.stream.DeadLetter;
import io.qilin.data.stream.DeadLetterReason;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A job makes of a log what pipelines in process make of it, to the last bit. */
class FlinkWindowsPropertyTest {
  private static final int TRIES = 5;
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

  private static InProcess job(
      long seed, List<SourceMessage> messages, int sources, int parallelism) throws Exception {
    StreamExecutionEnvironment environment = cluster.environment(parallelism);
    StreamDescription<Tick> description = () -> RandomLog.describe(seed);
    FlinkWindows.Results results = FlinkWindows.of(description, RandomLog.sources(sources))
        .apply(environment.fromData(messages, Forms.type(Forms.MESSAGE)));
    CloseableIterator<ClosedWindow> windows = results.windows().collectAsync();
    CloseableIterator<DeadLetter> letters = results.deadLetters().collectAsync();
    environment.execute();
    return new InProcess(LocalCluster.drain(windows), LocalCluster.drain(letters));
  }

  @Test
  void whenOneSourceIsLateRepeatedAndBad_thenWindowsAndDeadLettersAreThoseOfAPipeline()
      throws Exception {
    Set<DeadLetterReason> reasons = new HashSet<>();
    int anomalies = 0;
    for (long seed = 1; seed <= TRIES; seed++) {
      long own = seed;
      List<SourceMessage> messages = RandomLog.messages(seed, MESSAGES, 1, Duration.ofSeconds(4));
      InProcess expected = InProcess.together(() -> RandomLog.describe(own), messages);
      InProcess made = job(seed, messages, 1, 1 + (int) (seed % 4));
      assertThat(made.windows()).as("seed %s", seed).isEqualTo(expected.windows());
      assertThat(made.deadLetters())
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

  @Test
  void whenSourcesAreSeveral_thenResultsAreThoseOfAPipelineForEach() throws Exception {
    for (long seed = 11; seed < 11 + TRIES; seed++) {
      long own = seed;
      List<SourceMessage> messages = RandomLog.messages(seed, MESSAGES, 3, Duration.ofSeconds(4));
      InProcess expected = InProcess.apart(() -> RandomLog.describe(own), messages);
      InProcess made = job(seed, messages, 3, 1 + (int) (seed % 4));
      assertThat(made.windows()).as("seed %s", seed).isEqualTo(expected.windows());
      assertThat(made.deadLetters())
          .as("seed %s", seed)
          .containsExactlyInAnyOrderElementsOf(expected.deadLetters());
    }
  }
}
