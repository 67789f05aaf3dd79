package io.qilin.mlops.abtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelRegistry;
import io.qilin.mlops.store.Database;
import io.qilin.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of docs/mlops-abtest.md. */
class AbTestDocTest {
  private static Look compared(
      Database database, Clock clock, ModelRegistry registry, String symbol, LocalDate date) {
    MetricRule accuracy = new MetricRule(TestMetric.ACCURACY, 0.01);
    Arm old = Arm.of("old", new ModelId("momentum", 1));
    AbTest test = AbTests.open(database, clock)
        .start(AbTestPlan.builder("momentum-2", old, accuracy)
            .arm(Arm.of("new", new ModelId("momentum", 2)))
            .guard(new MetricRule(TestMetric.LATENCY, 0.2))
            .build());
    Arm arm = test.arm(symbol, date); // score with arm.model()
    test.record(List.of(
        new Observation(TestMetric.LATENCY, symbol, date, arm.name(), 3.1e6),
        new Observation(TestMetric.ACCURACY, symbol, date, arm.name(), 1)));
    Look look = test.look(); // at any time; a new one every 300 s
    if (look.conclusion() == Conclusion.WINNER) {
      test.promote(registry);
    }
    return look;
  }

  @Test
  void whenTheProgramOfThePageRuns_thenItIsTooEarlyToTell(@TempDir Path folder) {
    try (Database database = Database.sqlite(folder.resolve("store.db"))) {
      Look look = compared(
          database,
          SettableClock.at("2024-01-02T15:00:00+08:00"),
          new OneModel("momentum", 1),
          "600519.SH",
          LocalDate.of(2024, 1, 2));
      assertThat(look.effects()).hasSize(2);
      assertThat(look.conclusion()).isEqualTo(Conclusion.CONTINUE);
    }
  }
}
