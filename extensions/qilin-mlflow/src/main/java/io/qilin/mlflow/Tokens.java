package io.qilin.mlflow;

import java.time.Clock;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Marks by which what a call made is found again, and numbers that keep the order of making. */
final class Tokens {
  private final RandomGenerator random;
  private final Clock clock;
  private long last;

  Tokens(RandomGenerator random, Clock clock) {
    this.random = random;
    this.clock = clock;
  }

  /** 32 hexadecimal digits. */
  String fresh() {
    synchronized (random) {
      return String.format(Locale.ROOT, "%016x%016x", random.nextLong(), random.nextLong());
    }
  }

  /** Greater than all before as a text: microseconds of the clock, moved on where that stands still or goes back. */
  synchronized String next() {
    last = Math.max(last + 1, clock.millis() * 1_000);
    return String.format(Locale.ROOT, "%018d", last);
  }
}
