package io.qilin.core.factor;

import java.util.OptionalInt;

/**
 * How a panel is divided among threads. Parts of the instruments cost more each, as their rows are shorter; parts of the days
 * begin with rows that only fill windows. Whatever costs least is taken; no value depends on it.
 *
 * @param width instruments of a part
 * @param spans parts of the days
 */
record BatchParts(int width, int spans) {
  /** Most lanes of a part. */
  static final int LANES = 512;

  private static final int FEWEST_LANES = 32;

  /** What a value costs more with half as many lanes. */
  private static final double HALF_WIDTH = 0.16;

  /**
   * The cheapest.
   *
   * @param warmUp rows before the first day of a part that its windows need; none if all of them
   */
  static BatchParts of(int instruments, int days, OptionalInt warmUp, int threads) {
    BatchParts best = new BatchParts(width(instruments, threads), 1);
    if (warmUp.isEmpty()) {
      return best;
    }
    double least = best.cost(instruments, days, warmUp.getAsInt(), threads);
    for (int spans = 2; spans <= threads && spans <= days; spans++) {
      int beside = (threads + spans - 1) / spans;
      BatchParts parts = new BatchParts(width(instruments, beside), spans);
      double cost = parts.cost(instruments, days, warmUp.getAsInt(), threads);
      if (cost < least) {
        least = cost;
        best = parts;
      }
    }
    return best;
  }

  /** Whole parts where there are enough instruments, else as many as there may be threads. */
  static int width(int instruments, int threads) {
    int even = (instruments + threads - 1) / threads;
    return Math.min(LANES, Math.min(Math.max(FEWEST_LANES, even), Math.max(1, instruments)));
  }

  /** How long the busiest thread is at it, in days of one instrument in a wide row. */
  private double cost(int instruments, int days, int warmUp, int threads) {
    int parts = chunks(instruments) * spans;
    int turns = (parts + threads - 1) / threads;
    double rows = (double) days / spans + (spans > 1 ? warmUp : 0);
    double narrow = 1 + HALF_WIDTH * Math.log((double) LANES / width) / Math.log(2);
    return turns * rows * width * narrow;
  }

  /** Parts of the instruments. */
  int chunks(int instruments) {
    return (instruments + width - 1) / width;
  }

  /** The first of the days of a part, or the end of those of the part before. */
  int first(int span, int from, int end) {
    return from + (int) ((long) (end - from) * span / spans);
  }
}
