package io.qilin.mlops.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.model.Run;
import io.qilin.api.model.RunQuery;
import io.qilin.api.model.RunStatus;
import io.qilin.mlops.artifact.ArtifactStore;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.store.StoreKind;
import io.qilin.mlops.store.TestStore;
import io.qilin.testkit.fault.FaultRun;
import io.qilin.testkit.fault.KillScenario;
import io.qilin.testkit.fault.KilledChild;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scenario F3: the process is killed while four threads track runs; this process keeps what was acknowledged. */
@Tag("fault")
@Tag("F3")
class TrackerKillTest {
  /** How many of the last acknowledgements are looked up after each kill; the earlier ones were before. */
  private static final int LOOKED_UP = 400;

  private final List<String> acks = new ArrayList<>();

  @TempDir
  Path folder;

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whenTheProcessIsKilled_thenAllThatWasAcknowledgedIsThereAndWhole(StoreKind kind) {
    FaultRun run = FaultRun.of("F3", 1);
    Assumptions.assumeTrue(
        kind == StoreKind.SQLITE || run.n() > 1,
        "skipped in a usual build: run the scenario F3 for PostgreSQL");
    try (TestStore store = kind.open(folder)) {
      KillScenario scenario = KillScenario.run(
          run, kill -> child(store.place()), (kill, lines) -> check(store.place(), lines));
      System.out.println(scenario.report());
      assertThat(scenario.faults()).isEmpty();
      assertThat(scenario.acknowledged()).isPositive();
    }
  }

  @Test
  void whenTheChildAcknowledgesBeforeItLogs_thenTheScenarioSeesStepsLost() {
    String place = folder.resolve("planted.db").toString();
    KillScenario scenario = KillScenario.run(
        new FaultRun("F3", 1, 7),
        kill -> child(place, "early"),
        (kill, lines) -> check(place, lines));
    assertThat(scenario.faults()).isNotEmpty();
  }

  private KilledChild child(String place, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(place, folder.resolve("files").toString()));
    arguments.addAll(List.of(more));
    return KilledChild.of(TrackerChild.class, folder, arguments.toArray(String[]::new));
  }

  private void check(String place, List<String> lines) {
    acks.addAll(lines);
    try (Database database = TestStore.at(place)) {
      database.verify();
      EmbeddedTracker tracker = EmbeddedTracker.open(
          database,
          ArtifactStore.open(folder.resolve("files"), Clock.systemUTC()),
          Clock.systemUTC(),
          new Random(1));
      for (String ack : acks.subList(Math.max(0, acks.size() - LOOKED_UP), acks.size())) {
        String[] words = ack.split(" ");
        Run run = tracker.run(words[2]);
        switch (words[1]) {
          case "step" -> {
            assertThat(run.params()).containsKey("p" + words[3]);
            assertThat(run.metrics()).containsKey("m");
            assertThat(run.metric("m")).isGreaterThanOrEqualTo(Integer.parseInt(words[3]));
          }
          case "file" ->
            assertThat(tracker.artifact(run.id(), "model.txt"))
                .isEqualTo(run.id().getBytes(StandardCharsets.US_ASCII));
          case "ended" -> assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
          default -> assertThat(words[1]).isEqualTo("started");
        }
      }
      whole(tracker);
      tracker.killRunsOf("child");
    }
  }

  /** A batch is there with its param and its metric, or not at all. */
  private static void whole(EmbeddedTracker tracker) {
    String experiment = tracker.experiment("killed").id();
    for (Run run : tracker.search(RunQuery.in(experiment).size(500).build()).items()) {
      int points = tracker.history(run.id(), "m", 100, Optional.empty()).items().size();
      assertThat(run.params()).hasSize(points);
    }
  }
}
