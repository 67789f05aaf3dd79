package io.qilin.mlops.online;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.mlops.store.Database;
import io.qilin.mlops.training.IncrementalModel;
import io.qilin.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/mlops-online.md. */
class OnlineDocTest {
  private static OnlineLearner opened(
      Database database,
      IncrementalModel model,
      Function<byte[], IncrementalModel> restore,
      Clock clock) {
    OnlineLearner learner = OnlineLearner.open(
        database, "momentum", model, restore, OnlineSettings.EVERY_100, clock, loss -> {});
    String id = "600519.SH 2024-01-02";
    double[] scores = learner.offer(List.of(Sample.of(id, clock.instant(), 0.3, -1.2)));
    assertThat(scores).hasSize(1);
    return learner;
  }

  private static Optional<OnlineUpdate> nextDay(OnlineLearner learner, Instant close) {
    String id = "600519.SH 2024-01-02";
    learner.label(List.of(new MaturedLabel(id, 0.012, close))); // refused before the close
    return learner.update(); // learns when 100 labels have come
  }

  @Test
  void whenTheProgramOfThePageRuns_thenItWaitsForMoreLabels(@TempDir Path folder) {
    SettableClock clock = SettableClock.at("2024-01-02T09:30:00+08:00");
    try (Database database = Database.sqlite(folder.resolve("store.db"))) {
      OnlineLearner learner = opened(database, LinearSgd.of(2, 0.1), LinearSgd::restored, clock);
      clock.advance(Duration.ofDays(1));
      assertThat(nextDay(learner, clock.instant())).isEmpty();
      assertThat(learner.status().scored()).isEqualTo(1);
    }
  }
}
