package io.qilin.ops.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SettlingTest {
  private final Settling settling = new Settling(100);

  @Test
  void whenBytesStayTheSame_thenTheySettleAfterTheQuietTime() {
    settling.took("a");
    assertThat(settling.settled("b", 1_000)).isFalse();
    assertThat(settling.dueIn(1_000, 5_000)).isEqualTo(100);
    assertThat(settling.settled("b", 1_099)).isFalse();
    assertThat(settling.dueIn(1_099, 5_000)).isEqualTo(1);
    assertThat(settling.settled("b", 1_100)).isTrue();
  }

  @Test
  void whenBytesChangeAgain_thenTheQuietTimeBeginsAnewAndTheUnrestIsCounted() {
    settling.took("a");
    for (int i = 0; i < 50; i++) {
      assertThat(settling.settled("b" + i, 1_000 + 90 * i)).isFalse();
    }
    assertThat(settling.unsettledFor(1_000 + 90 * 49)).isEqualTo(90 * 49);
    assertThat(settling.settled("b49", 1_000 + 90 * 49 + 100)).isTrue();
    settling.took("b49");
    assertThat(settling.unsettledFor(99_999)).isZero();
    assertThat(settling.dueIn(99_999, 5_000)).isEqualTo(5_000);
  }

  @Test
  void whenBytesAreAsTheyWereRead_thenNothingIsDue() {
    settling.took("a");
    assertThat(settling.settled("b", 0)).isFalse();
    assertThat(settling.settled("a", 500)).isFalse();
    assertThat(settling.dueIn(500, 5_000)).isEqualTo(5_000);
    assertThat(settling.settled("b", 600)).as("its quiet time begins anew").isFalse();
  }

  @Test
  void whenNothingWasReadYet_thenTheFirstBytesSettleToo() {
    assertThat(settling.settled("a", 0)).isFalse();
    assertThat(settling.settled("a", 100)).isTrue();
    settling.took("a");
    settling.forget();
    assertThat(settling.settled("a", 200)).isFalse();
    assertThat(settling.settled("a", 300)).isTrue();
  }

  @Test
  void whenTheQuietTimeIsZero_thenBytesAreReadAtOnce() {
    Settling at = new Settling(0);
    assertThat(at.settled("a", 7)).isTrue();
    at.took("a");
    assertThat(at.settled("a", 8)).isFalse();
  }

  /** The law: what is read was seen without another in between for the whole quiet time. */
  @Property(tries = 300)
  void whenAnythingIsSeen_thenOnlyWhatStayedIsRead(
      @ForAll @Size(max = 60) List<@IntRange(max = 3) Integer> seen,
      @ForAll @IntRange(min = 1, max = 60) int step) {
    // The tries of a property share the fields of the test.
    Settling settling = new Settling(100);
    long now = Long.MAX_VALUE - 1_000;
    long since = now;
    String last = "";
    for (int what : seen) {
      now += step;
      String bytes = "b" + what;
      since = bytes.equals(last) ? since : now;
      last = bytes;
      if (settling.settled(bytes, now)) {
        assertThat(now - since).isGreaterThanOrEqualTo(100);
        settling.took(bytes);
      }
    }
  }
}
