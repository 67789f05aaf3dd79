package io.qilin.mlops.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.progress.Cancellation;
import io.qilin.core.performance.DeflatedSharpe;
import io.qilin.core.performance.SharpeEstimate;
import io.qilin.mlops.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/mlops-tuning.md. */
class TuningExampleTest {
  @Test
  void whenTheExampleRuns_thenTheBestIsDeflated(@TempDir Path folder) {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try (Database database = Database.sqlite(folder.resolve("study.db"))) {
      SearchSpace space = SearchSpace.of(
          Parameter.choice("booster", "trees", "linear"),
          Parameter.logReal("rate", 1e-3, 0.3),
          Parameter.logWhole("leaves", 7, 255).when("booster", "trees"));
      StudySettings settings =
          StudySettings.of(Direction.MAXIMIZE, 7).withPruner(Pruner.Median.DEFAULT);
      Study study = Study.open(database, "alpha158", space, settings, Clock.systemUTC());
      StudyResult result = study.run(
          trial -> sharpe(trial.values()),
          TrialBudget.trials(40),
          pool,
          System::nanoTime,
          new Cancellation());
      DeflatedSharpe deflated =
          DeflatedSharpe.of(estimate(result.best().orElseThrow()), result.trialCount());

      assertThat(deflated.trials().trials()).isEqualTo(40);
      assertThat(deflated.expectedBest()).isPositive();
    } finally {
      pool.shutdownNow();
    }
  }

  private static double sharpe(TrialValues values) {
    return values.choice("booster").equals("trees")
        ? 0.1 - Math.abs(Math.log(values.real("rate") / 0.05)) / 50
        : 0.01;
  }

  private static SharpeEstimate estimate(TrialResult best) {
    return new SharpeEstimate(best.value(), 0, 3, 500);
  }
}
