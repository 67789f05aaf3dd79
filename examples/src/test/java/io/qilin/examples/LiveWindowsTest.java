package io.qilin.examples;

import io.qilin.data.demo.DemoMarket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/streams.md shows is what the program does. */
class LiveWindowsTest {
  @TempDir
  Path folder;

  @Test
  void whenTheProgramRuns_thenItPrintsWhatThePageShows() throws IOException {
    DemoMarket market = DemoMarket.of(50, 1, 42);
    Path file = Files.write(folder.resolve("trades.jsonl"), LiveWindows.trades(market));
    DocPage page = DocPage.of("docs/streams.md");
    page.assertShows(0, LiveWindows.class);
    page.assertPrinted(1, out -> LiveWindows.run(file, market.calendar(), out));
  }
}
