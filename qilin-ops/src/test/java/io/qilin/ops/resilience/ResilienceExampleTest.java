package io.qilin.ops.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.SettableClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The example of docs/ops-resilience.md. */
class ResilienceExampleTest {
  private static String failingVendor() {
    throw new QilinException(ErrorCode.DATA_FETCH, "503");
  }

  @Test
  void whenTheExampleRuns_thenItPrintsWhatThePageSays() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    ExecutorService executor = Executors.newCachedThreadPool();
    Clock clock = SettableClock.at("2026-03-02T09:30:00+08:00");

    Dependencies dependencies = Dependencies.builder(executor, System::nanoTime, clock, 42)
        .policies(Map.of(
            "default",
            ResiliencePolicy.DEFAULT,
            "prices",
            ResiliencePolicy.builder().attemptTimeout(Duration.ofSeconds(5)).build()))
        .build();
    Resilience prices = dependencies.of("prices");
    Fallback<String> copy = new Fallback<>(
        "kept copy", () -> "10.01", value -> Optional.of(clock.instant().minusSeconds(90)));

    out.println(prices.call(() -> "10.02", List.of(copy)));
    out.println(prices.call(() -> failingVendor(), List.of(copy)));
    out.println(prices.callOnce(() -> failingVendor()));

    executor.shutdownNow();
    Path page =
        Path.of(System.getProperty("basedir", ".")).resolveSibling("docs/ops-resilience.md");
    assertThat(Files.readString(page))
        .contains(bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n"));
  }
}
