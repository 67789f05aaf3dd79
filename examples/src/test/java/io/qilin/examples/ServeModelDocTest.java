package io.qilin.examples;

import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/mlops-registry.md shows is what the program does. */
class ServeModelDocTest {
  @Test
  void whenTheProgramIsShown_thenItIsServeModel() throws IOException {
    DocPage page = DocPage.of("docs/mlops-registry.md");
    page.assertShows(0, ServeModel.class);
  }

  @Test
  void whenTheProgramRuns_thenItPrintsWhatIsShown(@TempDir Path folder) throws IOException {
    DocPage.of("docs/mlops-registry.md")
        .assertPrinted(
            1,
            out -> ServeModel.run(
                out, folder, SettableClock.at("2026-01-05T09:30:00+08:00"), Runnable::run));
  }
}
