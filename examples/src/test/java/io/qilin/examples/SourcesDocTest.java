package io.qilin.examples;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What docs/sources.md shows is what the program does. */
class SourcesDocTest {
  @Test
  void whenTheProgramIsShown_thenItIsFailover() throws IOException {
    DocPage.of("docs/sources.md").assertShows(0, Failover.class);
  }

  @Test
  void whenTheProgramRuns_thenItPrintsWhatIsShown() throws IOException {
    DocPage.warmDemoMarket();
    DocPage.of("docs/sources.md").assertPrinted(1, Failover::run);
  }
}
