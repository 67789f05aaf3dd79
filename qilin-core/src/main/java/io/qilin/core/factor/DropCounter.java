package io.qilin.core.factor;

import java.util.Arrays;

/** Counts for one factor why instruments did not count, by instrument and by day. Not thread-safe. */
final class DropCounter {
  static final int REASONS = DropReason.values().length;

  private final int instruments;
  private final int[] byInstrument;
  private int[] byDay = new int[64 * REASONS];
  private int days;

  DropCounter(int instruments) {
    this.instruments = instruments;
    this.byInstrument = new int[instruments * REASONS];
  }

  /** Counts a day. */
  @SuppressWarnings("EnumOrdinal") // places in arrays that live no longer than the study
  void nextDay(double[] scores, StudyDay today) {
    int start = days * REASONS;
    if (start + REASONS > byDay.length) {
      byDay = Arrays.copyOf(byDay, byDay.length + byDay.length / 2 + REASONS);
    }
    days++;
    for (int i = 0; i < instruments; i++) {
      int reason = !today.inSpan[i]
          ? DropReason.OUTSIDE_SPAN.ordinal()
          : Double.isFinite(scores[i])
              ? today.drops[i]
              : Double.isNaN(scores[i])
                  ? DropReason.FACTOR_MISSING.ordinal()
                  : DropReason.INFINITE.ordinal();
      if (reason >= 0) {
        byInstrument[i * REASONS + reason]++;
        byDay[start + reason]++;
      }
    }
  }

  int[] byInstrument() {
    return byInstrument.clone();
  }

  int[] byDay() {
    return Arrays.copyOf(byDay, days * REASONS);
  }
}
