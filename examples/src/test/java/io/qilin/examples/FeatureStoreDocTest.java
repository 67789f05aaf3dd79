package io.qilin.examples;

import io.qilin.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/feature-store.md shows is what the program does. */
class FeatureStoreDocTest {
  @Test
  void whenTheProgramIsShown_thenItIsMaterialise() throws IOException {
    DocPage.of("docs/feature-store.md").assertShows(0, Materialise.class);
  }

  @Test
  void whenTheProgramRuns_thenItPrintsWhatIsShown(@TempDir Path folder) throws IOException {
    DocPage.of("docs/feature-store.md")
        .assertPrinted(
            1, out -> Materialise.run(out, folder, SettableClock.at("2024-06-03T18:00:00+08:00")));
  }
}
