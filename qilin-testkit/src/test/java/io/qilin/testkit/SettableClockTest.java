package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class SettableClockTest {
  private final SettableClock clock = SettableClock.at("2024-01-02T15:00:00+08:00");

  @Test
  void whenNobodyMovesIt_thenItStandsStill() {
    assertThat(clock.instant()).isEqualTo(Instant.parse("2024-01-02T07:00:00Z"));
    assertThat(clock.getZone()).isEqualTo(SettableClock.SHANGHAI);
    assertThat(clock).hasToString("SettableClock[2024-01-02T07:00:00Z, Asia/Shanghai]");
  }

  @Test
  void whenMoved_thenItShowsTheNewMoment() {
    clock.advance(Duration.ofHours(10));
    assertThat(LocalDate.now(clock)).isEqualTo(LocalDate.of(2024, 1, 3));
    clock.advance(Duration.ofHours(-10));
    assertThat(LocalDate.now(clock)).isEqualTo(LocalDate.of(2024, 1, 2));
    clock.set(Instant.EPOCH);
    assertThat(clock.millis()).isZero();
  }

  @Test
  void whenSeenInAnotherZone_thenBothMoveTogether() {
    SettableClock utc = clock.withZone(ZoneOffset.UTC);
    clock.advance(Duration.ofMinutes(1));
    assertThat(utc.instant()).isEqualTo(clock.instant());
    assertThat(utc.getZone()).isEqualTo(ZoneOffset.UTC);
  }

  @Test
  void whenMovedByManyThreads_thenNoMoveIsLost() throws InterruptedException, ExecutionException {
    Instant start = clock.instant();
    Parallel.answers(() -> {
      for (int i = 0; i < 1000; i++) {
        clock.advance(Duration.ofSeconds(1));
      }
      return true;
    });
    assertThat(Duration.between(start, clock.instant())).isEqualTo(Duration.ofSeconds(4000));
  }

  @Test
  void whenNull_thenThatIsTheError() {
    assertThatNullPointerException().isThrownBy(() -> clock.set(null)).withMessage("moment");
    assertThatNullPointerException().isThrownBy(() -> SettableClock.at((Instant) null));
  }
}
