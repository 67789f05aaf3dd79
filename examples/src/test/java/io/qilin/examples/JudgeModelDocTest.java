package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What docs/mlops.md shows runs. */
class JudgeModelDocTest {
  @Test
  void whenTheProgramIsShown_thenItIsJudgeModel() throws IOException {
    DocPage.of("docs/mlops.md").assertShows(0, JudgeModel.class);
  }

  @Test
  void whenTheProgramRuns_thenItPrintsItsFigures() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    JudgeModel.run(new PrintStream(printed, true, StandardCharsets.UTF_8));

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("lightgbm on 158 factors", "Rank ICIR", "excess, with cost, a year");
  }
}
