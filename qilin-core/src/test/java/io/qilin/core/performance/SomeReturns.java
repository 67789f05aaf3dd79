package io.qilin.core.performance;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Series for tests. */
public final class SomeReturns {
  private SomeReturns() {}

  /** Consecutive dates from 2024-01-01 on. */
  public static List<LocalDate> days(int count) {
    return Stream.iterate(LocalDate.of(2024, 1, 1), day -> day.plusDays(1))
        .limit(count)
        .toList();
  }

  /** One return a day from 2024-01-01 on. */
  public static ReturnSeries of(double... returns) {
    return ReturnSeries.of(days(returns.length), returns);
  }

  /** Normal returns with a mean and the deviation 0.01. */
  public static ReturnSeries random(long seed, int count, double mean) {
    Random random = new Random(seed);
    double[] returns = new double[count];
    for (int i = 0; i < count; i++) {
      returns[i] = mean + 0.01 * random.nextGaussian();
    }
    return of(returns);
  }
}
