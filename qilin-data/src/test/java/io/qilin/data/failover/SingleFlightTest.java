package io.qilin.data.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.source.BarQuery;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SingleFlightTest {
  private final SingleFlight equal = new SingleFlight(Duration.ofMinutes(1));
  private final Ask<?> ask = new Ask.OfBars(BarQuery.ALL);

  /** One who found nothing kept and was slow may get its turn after an equal query has ended and kept its answer. */
  @Test
  void whenAnEqualQueryHasEndedMeanwhile_thenWhatItKeptIsTakenAndNobodyIsAsked() {
    String answer = equal.run(ask, () -> Optional.of("kept"), () -> {
      throw new AssertionError("asked again");
    });
    assertThat(answer).isEqualTo("kept");
  }

  @Test
  void whenNothingIsKept_thenItIsAskedOnceATurn() {
    String first = equal.run(ask, Optional::empty, () -> "first");
    String second = equal.run(ask, Optional::empty, () -> "second");
    assertThat(first + " " + second).isEqualTo("first second");
  }
}
