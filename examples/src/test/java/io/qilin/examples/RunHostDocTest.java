package io.qilin.examples;

import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/ops.md shows is what the program does. */
class RunHostDocTest {
  @Test
  void whenTheProgramRuns_thenItPrintsWhatIsShown(@TempDir Path folder) throws IOException {
    DocPage.warmDemoMarket();
    DocPage page = DocPage.of("docs/ops.md");
    page.assertShows(0, RunHost.class);
    page.assertPrinted(
        1, out -> RunHost.run(out, folder, SettableClock.at("2026-01-05T09:30:00+08:00")));
  }
}
