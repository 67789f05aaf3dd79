package io.qilin.mlops.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.FactorTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The program of docs/mlops-drift.md runs, and is the one of the page. */
class MonitoringDocTest {
  private static RetrainingDecision decision(
      FactorTable table,
      LocalDate trainedFrom,
      LocalDate trainedTo,
      LocalDate from,
      LocalDate to,
      double[] losses,
      Instant now) {
    DriftCheck check = new DriftCheck(DriftSettings.DEFAULT);
    for (String factor : table.names()) {
      check.feature(
          factor,
          FactorColumns.of(table, factor, trainedFrom, trainedTo, 10_000, 7),
          FactorColumns.of(table, factor, from, to, 10_000, 7));
    }
    Adwin concept = new Adwin(0.002, 0, 1);
    for (double loss : losses) {
      concept.add(loss);
    }
    return RetrainingPolicy.DEFAULT.decide(
        check.report(), concept.changes() > 0, losses.length, now, Optional.empty());
  }

  @Test
  void whenTheProgramOfThePageRuns_thenItDecides() {
    FactorTable table = FalseAlarms.market(0.2, 200, new SplittableRandom(1));
    double[] losses = new double[2_000];
    Arrays.fill(losses, 1_000, 2_000, 1);
    RetrainingDecision decision = decision(
        table,
        table.days().get(0),
        table.days().get(119),
        table.days().get(120),
        table.days().get(199),
        losses,
        Instant.EPOCH);
    assertThat(decision.retrain()).isTrue();
    assertThat(decision.reasons()).containsExactly("the losses of the model changed");
  }

  @Test
  void whenThePagesAreRead_thenTheirProgramsAreInTheTests() throws IOException {
    for (String[] page : new String[][] {
      {"mlops-drift.md", "drift/MonitoringDocTest.java"},
      {"mlops-abtest.md", "abtest/AbTestDocTest.java"},
      {"mlops-online.md", "online/OnlineDocTest.java"}
    }) {
      String text = Files.readString(Path.of("..", "docs", page[0]));
      String program = text.substring(text.indexOf("```java") + 7, text.indexOf("```\n"));
      String source = Files.readString(
          Path.of("src", "test", "java", "io", "qilin", "mlops").resolve(page[1]));
      assertThat(source.replaceAll("\\s+", ""))
          .as(page[0])
          .contains(program.replaceAll("\\s+", ""));
    }
  }
}
