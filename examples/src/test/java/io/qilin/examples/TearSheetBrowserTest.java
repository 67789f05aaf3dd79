package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.core.backtest.BacktestRun;
import io.qilin.core.backtest.report.TearSheet;
import io.qilin.core.performance.Performance;
import io.qilin.core.performance.PerformanceSettings;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tear sheet of a backtest in a real browser. */
class TearSheetBrowserTest {
  private static final String HOSTILE = "</script><img src=x onerror=\"document.title='broken'\">";

  @TempDir
  private Path folder;

  private Path page;

  @BeforeEach
  void write() throws IOException {
    BacktestRun run = RunBacktest.run(
        new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8));
    TearSheet sheet = TearSheet.builder(
            run.report(), Performance.of(run.report(), PerformanceSettings.DEFAULT))
        .title(HOSTILE)
        .build();
    page = Files.writeString(folder.resolve("tear-sheet.html"), sheet.html());
  }

  @Test
  void whenThePageIsOpened_thenEverySectionAndChartIsThereAndNothingIsLoaded()
      throws IOException, InterruptedException {
    String dom = Chromium.in(folder).dom(page);

    assertThat(dom)
        .contains(
            "<h2>Overview</h2>",
            "<h2>Equity and drawdown</h2>",
            "<h2>Returns by month and year</h2>",
            "<h2>Rolling Sharpe ratio, turnover and exposure</h2>",
            "<h2>Orders not filled</h2>",
            "<h2>Worst days</h2>",
            "<h2>Figures and conventions</h2>",
            "<h2>Settings and data</h2>")
        .doesNotContain("<title>broken", "<img", "<script", "<link", "@import");
    Matcher drawing = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(dom);
    int drawings = 0;
    while (drawing.find()) {
      assertThat(drawing.group()).containsAnyOf("<path", "<rect", "<polyline");
      drawings++;
    }
    assertThat(drawings).isGreaterThanOrEqualTo(6);
    assertThat(dom.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:");
  }

  @Test
  void whenThePageIsSeen_thenItIsNotBlank() throws IOException, InterruptedException {
    BufferedImage picture =
        ImageIO.read(Chromium.in(folder).picture(page, 1000, 2400).toFile());

    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < picture.getHeight(); y += 3) {
      for (int x = 0; x < picture.getWidth(); x += 3) {
        colours.add(picture.getRGB(x, y));
      }
    }
    assertThat(picture.getHeight()).isEqualTo(2400);
    assertThat(colours).hasSizeGreaterThan(20);
  }
}
