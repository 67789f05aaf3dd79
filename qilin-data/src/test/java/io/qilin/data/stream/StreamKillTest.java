package io.qilin.data.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few kills; {@link StreamKills#main} does as many as one likes. */
@Tag("fault")
class StreamKillTest {
  private static final int MESSAGES = 100_000;

  @TempDir
  Path folder;

  @Test
  void whenTheProcessIsKilled_thenNoRecordIsLostOrCountedTwice()
      throws IOException, InterruptedException {
    var outcome = new StreamKills(7, MESSAGES, Duration.ofMillis(20)).run(folder, 4, "handled");
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.kills()).isPositive();
    assertThat(outcome.acknowledged()).isPositive();
  }

  @Test
  void whenTheProcessIsKilledWhileItsSinkIsAway_thenNoRecordIsLostOrCountedTwice()
      throws IOException, InterruptedException {
    var outcome = new StreamKills(9, 20_000, Duration.ofMillis(20)).run(folder, 4, "away");
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.kills()).isPositive();
    assertThat(outcome.acknowledged()).isPositive();
  }

  @Test
  void whenMessagesArePoisonedAndTheProcessIsKilled_thenGoodOnesCountAndBadOnesAreSetAsideOnce()
      throws IOException, InterruptedException {
    StreamPoison stream = new StreamPoison(14, 4_000, 1, Duration.ofMillis(500));
    stream.write(folder, true);
    var outcome = stream.run(folder, 1, "handled");
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.kills()).isEqualTo(1);
  }

  @Test
  void whenMessagesAreCommittedBeforeTheyAreHandled_thenItIsFound()
      throws IOException, InterruptedException {
    var outcome = new StreamKills(8, MESSAGES, Duration.ofMillis(5)).run(folder, 1, "fetched");
    assertThat(outcome.kills()).isPositive();
    assertThat(outcome.failures()).isNotEmpty();
  }
}
