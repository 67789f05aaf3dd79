package io.qilin.mlops.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.mlops.store.Database;
import io.qilin.mlops.store.TestStore;
import io.qilin.testkit.SettableClock;
import io.qilin.testkit.fault.FaultRun;
import io.qilin.testkit.fault.KillScenario;
import io.qilin.testkit.fault.KilledChild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenario F1: the process is killed while a learner is offered samples, given labels and learns. This process keeps what was
 * acknowledged; each of it is there, and the model is one that a whole update made.
 */
@Tag("fault")
@Tag("F1")
class OnlineKillTest {
  private static final Instant NOW = Instant.parse("2024-01-02T07:00:00Z");
  private static final OnlineSettings SETTINGS =
      OnlineSettings.builder().updateEvery(10).leastSamples(10).build();

  @TempDir
  Path folder;

  private static OnlineLearner learner(Database database) {
    return OnlineLearner.open(
        database,
        "m",
        LinearSgd.of(2, 0.1),
        LinearSgd::restored,
        SETTINGS,
        SettableClock.at(NOW),
        loss -> {});
  }

  private static Sample sample(int i) {
    return Sample.of("s" + i, NOW.minusSeconds(60), i % 7, 1);
  }

  private static MaturedLabel label(int i) {
    return new MaturedLabel("s" + i, 2.0 * (i % 7), NOW);
  }

  /** Offers, labels and learns without end. */
  static final class Worker {
    private Worker() {}

    public static void main(String[] arguments) {
      OnlineLearner learner = learner(TestStore.at(arguments[0]));
      // The planted fault acknowledges two samples ahead: one is missing whenever the kill comes.
      int acknowledged = arguments[1].equals("planted") ? -2 : 0;
      while (acknowledged < 0) {
        acknowledge(acknowledged++);
      }
      for (int i = 0; ; i++) {
        learner.offer(List.of(sample(i)));
        learner.label(List.of(label(i)));
        learner.update();
        acknowledge(i);
      }
    }

    private static void acknowledge(int i) {
      System.out.println(KilledChild.ACK + "offered and labelled " + i);
    }
  }

  private KillScenario run(FaultRun run, String mode) {
    return KillScenario.run(
        run,
        kill -> {
          Path own = made(mode + kill);
          return KilledChild.of(
              Worker.class, made(mode + "said" + kill), own.resolve("store.db").toString(), mode);
        },
        (kill, lines) -> check(folder.resolve(mode + kill).resolve("store.db"), lines));
  }

  private Path made(String name) {
    try {
      return Files.createDirectory(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(Path store, List<String> lines) {
    int labelled =
        (int) lines.stream().filter(line -> line.startsWith(KilledChild.ACK)).count();
    try (Database database = TestStore.at(store.toString())) {
      OnlineLearner learner = learner(database);
      OnlineStatus status = learner.status();
      assertThat(status.scored()).as("labels").isBetween((long) labelled, labelled + 1L);
      assertThat(status.waiting()).as("waiting samples").isBetween(0L, 1L);
      // Each acknowledged label is known: giving it again changes nothing.
      for (int i = 0; i < labelled; i++) {
        assertThat(learner.label(List.of(label(i)))).isZero();
      }
      // The model is the one that the same calls make without a kill.
      try (Database other = TestStore.at(store.resolveSibling("again.db").toString())) {
        OnlineLearner again = learner(other);
        for (int i = 0; i < status.scored(); i++) {
          again.offer(List.of(sample(i)));
          again.label(List.of(label(i)));
          again.update();
        }
        learner.update();
        assertThat(learner.servingState()).isEqualTo(again.servingState());
        assertThat(learner.status().matured()).isEqualTo(again.status().matured());
      }
    }
  }

  @Test
  void whenTheProcessIsKilled_thenEverySampleAndLabelIsThereAndTheModelIsWhole() {
    KillScenario scenario = run(FaultRun.of("F1-online", 1), "sound");

    System.out.println(scenario.report());
    assertThat(scenario.faults()).isEmpty();
    assertThat(scenario.acknowledged()).isPositive();
  }

  @Test
  void whenItAcknowledgesTooEarly_thenTheScenarioFindsIt() {
    FaultRun run = FaultRun.of("F1-online-control", 1);
    KillScenario scenario =
        run(new FaultRun(run.scenario(), Math.min(run.n(), 5), run.seed()), "planted");

    System.out.println(scenario.report());
    assertThat(scenario.faults()).as("found after every kill").hasSize(Math.min(run.n(), 5));
  }
}
