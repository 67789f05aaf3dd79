package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A headless Chromium that opens a page from a file; the calling test is skipped where there is none. */
final class Chromium {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private final Path program;
  private final Path folder;

  private Chromium(Path program, Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /** The browser, which keeps its files in a folder. */
  static Chromium in(Path folder) {
    Optional<Path> found = Stream.of(Objects.toString(System.getenv("PATH"), "").split(":", -1))
        .flatMap(path -> NAMES.stream().map(Path.of(path)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
    Assumptions.assumeTrue(
        found.isPresent(), "skipped: no Chromium on the PATH; install the package chromium");
    return new Chromium(found.orElseThrow(), folder);
  }

  /** The page as the browser holds it after loading, as HTML. */
  String dom(Path page) throws IOException, InterruptedException {
    return run(page, "--dump-dom");
  }

  /** What the page looks like, as PNG. */
  Path picture(Path page, int width, int height) throws IOException, InterruptedException {
    Path picture = folder.resolve("page.png");
    run(page, "--window-size=" + width + "," + height, "--screenshot=" + picture);
    return picture;
  }

  private String run(Path page, String... options) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    List<String> command = new ArrayList<>(List.of(
        program.toString(),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--enable-logging=stderr",
        "--user-data-dir=" + folder.resolve("profile")));
    command.addAll(List.of(options));
    command.add(page.toUri().toString());
    Process browser = new ProcessBuilder(command)
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start();
    try {
      assertThat(browser.waitFor(2, TimeUnit.MINUTES)).as("the browser ends").isTrue();
    } finally {
      browser.destroyForcibly();
    }
    String messages = Files.readString(err, StandardCharsets.UTF_8);
    assertThat(browser.exitValue()).as(messages).isZero();
    assertThat(messages.lines().filter(line -> line.contains("CONSOLE"))).isEmpty();
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}
