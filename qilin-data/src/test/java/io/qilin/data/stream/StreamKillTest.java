package io.qilin.data.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.testkit.fault.FaultRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kills of scenario F14; {@link StreamKills#main} does many more of them. */
@Tag("fault")
@Tag("F14-kill")
class StreamKillTest {
  private static final int MESSAGES = 100_000;

  private final FaultRun run = FaultRun.of("F14-kill", 4);

  @TempDir
  Path folder;

  @Test
  void whenTheProcessIsKilled_thenNoRecordIsLostOrCountedTwice()
      throws IOException, InterruptedException {
    var outcome = new StreamKills(run.seed(), MESSAGES, Duration.ofMillis(20))
        .run(folder, run.n(), "handled");
    assertWhole(outcome);
  }

  @Test
  void whenTheProcessIsKilledWhileItsSinkIsAway_thenNoRecordIsLostOrCountedTwice()
      throws IOException, InterruptedException {
    var outcome =
        new StreamKills(run.seed() + 2, 20_000, Duration.ofMillis(20)).run(folder, run.n(), "away");
    assertWhole(outcome);
  }

  @Test
  void whenMessagesAreCommittedBeforeTheyAreHandled_thenItIsFound()
      throws IOException, InterruptedException {
    var outcome =
        new StreamKills(run.seed() + 1, MESSAGES, Duration.ofMillis(5)).run(folder, 3, "fetched");
    assertThat(outcome.kills()).isPositive();
    assertThat(outcome.failures()).isNotEmpty();
  }

  private void assertWhole(StreamKills.Outcome outcome) {
    System.out.println(run.report(
        outcome.failures().size(),
        Map.of("kills", outcome.kills(), "acknowledged", outcome.acknowledged())));
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.kills()).isPositive();
    assertThat(outcome.acknowledged()).isPositive();
  }
}
