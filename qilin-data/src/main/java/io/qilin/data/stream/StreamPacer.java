package io.qilin.data.stream;

import io.qilin.api.error.QilinException;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Decides how fast a replay goes. Results do not depend on it. Used by the thread of the pipeline.
 */
@FunctionalInterface
public interface StreamPacer {
  /** As fast as possible. */
  StreamPacer UNPACED = eventNanos -> {};

  /**
   * Returns when it is time for a record.
   *
   * @param eventNanos when the record happened, in nanoseconds since 1970
   */
  void await(long eventNanos);

  /**
   * Keeps the distances of event time, from the first record on; one that lies before the newest does not wait.
   *
   * @param speed 1 for the pace at which it happened, 10 for ten times as fast; positive
   * @param ticker nanoseconds from an arbitrary origin, for example {@code System::nanoTime}
   * @param pause waits for about so many nanoseconds, for example {@code LockSupport::parkNanos}
   * @throws QilinException INVALID_ARGUMENT for a speed that is not positive and finite
   */
  static StreamPacer atSpeed(double speed, LongSupplier ticker, LongConsumer pause) {
    Objects.requireNonNull(ticker, "ticker");
    Objects.requireNonNull(pause, "pause");
    if (!(speed > 0 && speed < Double.POSITIVE_INFINITY)) {
      throw QilinException.invalid("the speed of a replay is positive, was " + speed);
    }
    return new SteadyPacer(speed, ticker, pause);
  }
}
