package io.qilin.data.stream;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Event time at a fixed multiple of the ticker's. */
final class SteadyPacer implements StreamPacer {
  private final double speed;
  private final LongSupplier ticker;
  private final LongConsumer pause;
  private boolean begun;
  private long firstEvent;
  private long firstTick;

  SteadyPacer(double speed, LongSupplier ticker, LongConsumer pause) {
    this.speed = speed;
    this.ticker = ticker;
    this.pause = pause;
  }

  @Override
  public void await(long eventNanos) {
    if (!begun) {
      begun = true;
      firstEvent = eventNanos;
      firstTick = ticker.getAsLong();
      return;
    }
    double due = (eventNanos - firstEvent) / speed;
    while (!Thread.currentThread().isInterrupted()) {
      double left = due - (ticker.getAsLong() - firstTick);
      if (left <= 0) {
        return;
      }
      pause.accept((long) Math.ceil(left));
    }
  }
}
