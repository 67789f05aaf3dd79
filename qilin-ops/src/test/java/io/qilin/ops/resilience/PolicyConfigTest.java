package io.qilin.ops.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.ops.config.ConfigLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies out of a host's configuration. */
class PolicyConfigTest {
  record App(Map<String, ResiliencePolicy> resilience) {}

  private static final String EXAMPLE = """
      resilience:
        default: {attempt-timeout: 1s}
        bars: {attempts: 3, deadline: 5s, concurrent: 8}
        broker: {attempts: 1, rate-limit: 5, breaker-open: 30s}
      """;

  @TempDir
  Path folder;

  private final Guard guard = new Guard();

  @AfterEach
  void close() {
    guard.close();
  }

  private Map<String, ResiliencePolicy> policies(String yaml) {
    try {
      Path file = Files.writeString(folder.resolve("app.yaml"), yaml);
      return ConfigLoader.builder(App.class)
          .file(file)
          .profile("live")
          .environment(Map.of("QILIN_RESILIENCE_BROKER_CONCURRENT", "1"), "QILIN_")
          .build()
          .load()
          .value()
          .resilience();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whenNothingIsSet_thenItIsTheDefault() {
    assertThat(policies("resilience: {bars: {}}")).containsEntry("bars", ResiliencePolicy.DEFAULT);
  }

  @Test
  void whenEveryPartIsSet_thenItIsWhatTheBuilderMakes() {
    assertThat(policies("""
            resilience:
              bars:
                attempts: 3
                backoff: 7ms
                longest-backoff: 70ms
                retry-share: 0.2
                breaker-window: 40
                breaker-minimum-calls: 20
                breaker-failure-share: 0.3
                breaker-slow-call: 300ms
                breaker-slow-share: 0.4
                breaker-open: 3s
                breaker-open-jitter: 0.5
                breaker-probes: 4
                attempt-timeout: 400ms
                deadline: 1s
                concurrent: 5
                concurrent-wait: 6ms
                rate-limit: 8
                rate-period: 1s
                rate-wait: 9ms
                hedge-after: 100ms
            """))
        .containsEntry(
            "bars",
            ResiliencePolicy.builder()
                .attempts(3)
                .backoff(Duration.ofMillis(7), Duration.ofMillis(70))
                .retryShare(0.2)
                .breakerWindow(40, 20)
                .breakerFailureShare(0.3)
                .breakerSlow(Duration.ofMillis(300), 0.4)
                .breakerOpen(Duration.ofSeconds(3), 0.5)
                .breakerProbes(4)
                .attemptTimeout(Duration.ofMillis(400))
                .deadline(Duration.ofSeconds(1))
                .concurrent(5, Duration.ofMillis(6))
                .rateLimit(8, Duration.ofSeconds(1), Duration.ofMillis(9))
                .hedgeAfter(Duration.ofMillis(100))
                .build());
  }

  @Test
  void whenLayersFollow_thenEachChangesOnlyWhatItNames() throws IOException {
    Files.writeString(folder.resolve("app-live.yaml"), "resilience: {bars: {attempts: 1}}");
    Map<String, ResiliencePolicy> policies = policies(EXAMPLE);
    assertThat(policies.get("bars"))
        .isEqualTo(ResiliencePolicy.builder()
            .attempts(1)
            .deadline(Duration.ofSeconds(5))
            .concurrent(8, Duration.ZERO)
            .build());
    assertThat(policies.get("broker").concurrent()).contains(1);
  }

  @Test
  void whenAPartIsWrong_thenThePlaceIsTold() {
    assertThatThrownBy(() -> policies("resilience:\n  bars: {attempts: 7}\n  news: {timeout: 1s}"))
        .hasMessageContaining("app.yaml:2:9 resilience.bars: is refused: attempts is 1 to 3, was 7")
        .hasMessageContaining("app.yaml:3:10 resilience.news: unknown key 'timeout'; did you mean")
        .hasMessageContaining("'attempt-timeout'?");
  }

  @Test
  void whenTheExampleRuns_thenItIsThatOfThePage() throws IOException {
    Path file = Files.writeString(folder.resolve("app.yaml"), EXAMPLE);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    App app = ConfigLoader.builder(App.class).file(file).build().load().value();
    try (Dependencies dependencies = Dependencies.builder(
            guard.pool, System::nanoTime, guard.clock, 42)
        .policies(app.resilience())
        .build()) {
      out.println(dependencies.of("bars").policy().attemptTimeout());
      out.println(dependencies.of("news").policy().attemptTimeout());
    }

    String page = Files.readString(
        Path.of(System.getProperty("basedir", ".")).resolveSibling("docs/ops-resilience.md"));
    assertThat(page).contains(EXAMPLE).contains(bytes.toString(StandardCharsets.UTF_8));
  }
}
