package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What docs/backtest.md shows is what the program does. */
class BacktestDocTest {
  @Test
  void whenTheProgramIsShown_thenItIsRunBacktest() throws IOException {
    page().assertShows(0, RunBacktest.class);
  }

  @Test
  void whenTheProgramRuns_thenItPrintsWhatIsShown() throws IOException {
    page()
        .assertPrinted(
            1, out -> assertThat(RunBacktest.run(out).balance().balances()).isTrue());
  }

  private static DocPage page() throws IOException {
    return DocPage.of("docs/backtest.md");
  }
}
