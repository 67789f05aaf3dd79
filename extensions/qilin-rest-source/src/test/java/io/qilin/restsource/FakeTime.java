package io.qilin.restsource;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Time that passes only where somebody waits. */
final class FakeTime implements LongSupplier {
  private final List<Long> waits = new ArrayList<>();
  private long now;

  @Override
  public synchronized long getAsLong() {
    return now;
  }

  synchronized void pass(long nanos) {
    waits.add(nanos / 1_000_000);
    now += nanos;
  }

  /** What was waited for, in milliseconds. */
  synchronized List<Long> waits() {
    return List.copyOf(waits);
  }
}
