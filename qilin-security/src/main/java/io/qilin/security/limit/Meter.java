package io.qilin.security.limit;

import io.qilin.api.error.QilinException;
import java.time.Duration;

/** Counts what one caller takes. Safe to share between threads: of any number of takers at once, no more succeed than there is. */
public abstract sealed class Meter permits TokenBucket, SlidingWindow {
  /** What {@link #attempt} answers once the meter was taken out of its table. */
  static final long RETIRED = -1;

  private final long most;

  /** @param most the largest weight that can ever succeed */
  Meter(long most) {
    this.most = most;
  }

  /**
   * Takes permits now or not at all.
   *
   * @param weight how many, at least 1
   * @return 0 if they were taken; otherwise after how many nanoseconds they could be
   * @throws QilinException INVALID_ARGUMENT if the weight is less than 1, or more than there ever is
   */
  public final long tryTake(long weight) {
    check(weight, most);
    return attempt(weight);
  }

  /**
   * As {@link #tryTake}, as a value.
   *
   * @throws QilinException as {@link #tryTake}
   */
  public final LimitVerdict take(long weight) {
    return verdict(tryTake(weight));
  }

  /** As {@link #tryTake}, without the check; {@link #RETIRED} after {@link #retireIfIdle} has said yes. */
  abstract long attempt(long weight);

  /** Ends this meter if it is as good as a new one; whoever is told yes takes it out of the table. */
  abstract boolean retireIfIdle();

  /** A meter of its own that has as much left as this one. */
  abstract Meter copy();

  static LimitVerdict verdict(long waitNanos) {
    return waitNanos == 0
        ? LimitVerdict.Admitted.NOW
        : new LimitVerdict.Refused(Duration.ofNanos(waitNanos));
  }

  static void check(long weight, long most) {
    if (weight < 1 || weight > most) {
      throw QilinException.invalid("a request weighs 1 to " + most + " under this limit, not "
          + weight + "; split it or widen the limit");
    }
  }
}
