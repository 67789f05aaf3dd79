package io.qilin.examples;

import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/ops-reload.md shows is what the program does. */
class ReloadDocTest {
  @Test
  void whenTheProgramRuns_thenItPrintsWhatIsShown(@TempDir Path folder) throws IOException {
    DocPage page = DocPage.of("docs/ops-reload.md");
    page.assertShows(0, ReloadSettings.class);
    page.assertPrinted(
        1, out -> ReloadSettings.run(out, folder, SettableClock.at("2026-01-05T09:30:00+08:00")));
  }
}
