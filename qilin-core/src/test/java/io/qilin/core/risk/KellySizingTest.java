package io.qilin.core.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class KellySizingTest {
  private static final KellySizing KELLY = KellySizing.DEFAULT;

  private static WinRecord record(int wins, int losses, double odds) {
    return new WinRecord(wins, losses, odds * 0.05, 0.05, true);
  }

  @Test
  void whenSixtyOfAHundredWon_thenTheLowerBoundIsWilsons() {
    // (0.6 + 2.70554/200 − 1.64485·√(0.24/100 + 2.70554/40000)) / (1 + 2.70554/100)
    assertThat(KELLY.chance(record(60, 40, 1))).isCloseTo(0.5178095064343317, within(1e-12));
    // A quarter of p − q at even odds: 0.25 × 0.0356 is below the floor of 1 %.
    assertThat(KELLY.size(record(60, 40, 1))).isZero();
    assertThat(KELLY.size(record(600, 400, 1)))
        .isCloseTo(0.25 * (2 * KELLY.chance(record(600, 400, 1)) - 1), within(1e-12));
    assertThat(KELLY.size(record(900, 100, 2))).isEqualTo(0.10);
  }

  @Test
  void whenThereIsNoEdge_thenNothingIsPutInAndTheFloorDoesNotRaiseIt() {
    assertThat(KELLY.size(record(400, 600, 1))).isZero();
    assertThat(KELLY.size(record(0, 1000, 3))).isZero();
  }

  @Test
  void whenTheWinRateIsNotValidated_thenItIsRefused() {
    refused(new WinRecord(600, 400, 0.05, 0.05, false), "out of sample");
    refused(record(60, 39, 2), "99 trades", "100");
    refused(record(0, 0, 2), "0 trades");
    refused(new WinRecord(600, 400, Double.NaN, 0.05, true), "no odds");
  }

  private static void refused(WinRecord record, String... words) {
    assertThatThrownBy(() -> KELLY.size(record)).isInstanceOfSatisfying(QilinException.class, e -> {
      assertThat(e.code()).isEqualTo(ErrorCode.RISK_LIMIT);
      assertThat(e.getMessage()).contains("validated").contains(words);
    });
  }

  @Property
  void whenSized_thenItIsNothingOrFromTheFloorToTheCapAndNeverAboveTheCountedRate(
      @ForAll @IntRange(max = 2000) int wins,
      @ForAll @IntRange(min = 100, max = 2000) int losses,
      @ForAll @DoubleRange(min = 0.1, max = 10) double odds) {
    WinRecord record = record(wins, losses, odds);
    double size = KELLY.size(record);
    double counted = (double) wins / (wins + losses);
    assertThat(KELLY.chance(record)).isBetween(0.0, counted);
    assertThat(size == 0 || (size >= 0.01 && size <= 0.10)).isTrue();
    assertThat(size)
        .isLessThanOrEqualTo(Math.max(0, (counted * odds - (1 - counted)) / odds * 0.25) + 1e-12);
  }

  @Test
  void whenSettingsOrRecordsMakeNoSense_thenTheyAreRefused() {
    assertThatThrownBy(() -> new KellySizing(0, 0.1, 0.01, 100, 0.95))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new KellySizing(0.25, 0.1, 0.2, 100, 0.95))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new KellySizing(0.25, 0.1, 0.01, 0, 0.95))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new WinRecord(-1, 0, 1, 1, true)).isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> new WinRecord(1, 0, 0, 1, true)).isInstanceOf(QilinException.class);
  }
}
