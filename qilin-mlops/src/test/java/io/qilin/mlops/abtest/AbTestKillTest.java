package io.qilin.mlops.abtest;

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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Scenario F1: the process is killed while outcomes are recorded. What was acknowledged counts once, nothing else counts, and the
 * figures are those of the same outcomes without a kill.
 */
@Tag("fault")
@Tag("F1")
class AbTestKillTest {
  private static final int BATCH = 20;
  private static final LocalDate DAY = LocalDate.of(2024, 1, 2);

  @TempDir
  Path folder;

  private static AbTest test(Database database) {
    return AbTests.open(database, SettableClock.at("2024-01-02T15:00:00+08:00"))
        .start(AbTestPlan.builder(
                "t", new Arm("old", 0.5, Optional.empty()), new MetricRule(TestMetric.ACCURACY, 0))
            .arm(new Arm("new", 0.5, Optional.empty()))
            .leastSample(100)
            .build());
  }

  private static List<Observation> batch(AbTest test, int number) {
    List<Observation> batch = new ArrayList<>();
    for (int i = number * BATCH; i < (number + 1) * BATCH; i++) {
      String symbol = "S" + i;
      batch.add(new Observation(
          TestMetric.ACCURACY, symbol, DAY, test.arm(symbol, DAY).name(), i % 3 == 0 ? 1 : 0));
    }
    return batch;
  }

  /** Records without end. */
  static final class Worker {
    private Worker() {}

    public static void main(String[] arguments) {
      AbTest test = test(TestStore.at(arguments[0]));
      // The planted fault acknowledges two batches ahead: one is missing whenever the kill comes.
      int acknowledged = arguments[1].equals("planted") ? -2 : 0;
      while (acknowledged < 0) {
        System.out.println(KilledChild.ACK + acknowledged++);
      }
      for (int i = 0; ; i++) {
        test.record(batch(test, i));
        System.out.println(KilledChild.ACK + i);
      }
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
    int acknowledged =
        (int) lines.stream().filter(line -> line.startsWith(KilledChild.ACK)).count();
    try (Database database = TestStore.at(store.toString());
        Database other = TestStore.at(store.resolveSibling("again.db").toString())) {
      AbTest test = test(database);
      int lost = 0;
      for (int i = 0; i < acknowledged; i++) {
        lost += test.record(batch(test, i));
      }
      assertThat(lost).as("acknowledged outcomes that are not there").isZero();
      // One batch may have been recorded without being acknowledged; the host sends it again.
      assertThat(test.record(batch(test, acknowledged))).isIn(0, BATCH);
      assertThat(test.record(batch(test, acknowledged + 1))).isEqualTo(BATCH);
      AbTest again = test(other);
      for (int i = 0; i < acknowledged + 2; i++) {
        again.record(batch(again, i));
      }
      assertThat(test.look()).isEqualTo(again.look());
    }
  }

  @Test
  void whenTheProcessIsKilled_thenWhatWasAcknowledgedCountsOnce() {
    KillScenario scenario = run(FaultRun.of("F1-abtest", 1), "sound");

    System.out.println(scenario.report());
    assertThat(scenario.faults()).isEmpty();
    assertThat(scenario.acknowledged()).isPositive();
  }

  @Test
  void whenItAcknowledgesTooEarly_thenTheScenarioFindsIt() {
    FaultRun run = FaultRun.of("F1-abtest-control", 1);
    KillScenario scenario =
        run(new FaultRun(run.scenario(), Math.min(run.n(), 5), run.seed()), "planted");

    System.out.println(scenario.report());
    assertThat(scenario.faults()).as("found after every kill").hasSize(Math.min(run.n(), 5));
  }
}
