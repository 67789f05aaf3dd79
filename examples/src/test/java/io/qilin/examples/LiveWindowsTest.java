package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.data.demo.DemoMarket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    LiveWindows.run(
        file, market.calendar(), new PrintStream(printed, true, StandardCharsets.UTF_8));
    String page = Files.readString(root().resolve("docs/streams.md"));
    assertThat(page).contains("```text\n" + printed.toString(StandardCharsets.UTF_8) + "```");
    String source = Files.readString(
        root().resolve("examples/src/main/java/io/qilin/examples/LiveWindows.java"));
    String shown = page.substring(page.indexOf("```java\n") + 8, page.indexOf("\n```\n"));
    assertThat(source.replaceAll("\\s+", "")).contains(shown.replaceAll("\\s+", ""));
  }

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    return Files.exists(at.resolve("CHANGELOG.md")) ? at : at.resolve("..").normalize();
  }
}
