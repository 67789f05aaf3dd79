package io.qilin.security.threat;

import io.qilin.api.error.QilinException;
import java.time.Duration;

/**
 * A subject calls much oftener than it should: 0 up to the usual number of calls a minute, 1 from three times as many, linear
 * between. Every call counts at once, whatever becomes of it. Calls halve in 41.6 seconds, so that a steady rate of n calls a
 * minute counts as n. Thread-safe.
 */
public final class CallVelocity implements ThreatSignal {
  /** ln 2 minutes: a steady rate then sums up to itself. */
  private static final Duration HALF_LIFE = Duration.ofNanos(41_588_830_834L);

  private final double usual;
  private final BoundedTable<Decaying> calls;

  /**
   * The signal.
   *
   * @param usualPerMinute calls a minute that are nothing unusual
   * @param mostSubjects subjects that are remembered
   * @throws QilinException INVALID_ARGUMENT unless the number of calls is positive and finite
   */
  public CallVelocity(double usualPerMinute, int mostSubjects) {
    if (!(usualPerMinute > 0 && usualPerMinute < Double.POSITIVE_INFINITY)) {
      throw QilinException.invalid(
          "the usual number of calls a minute is positive, was " + usualPerMinute);
    }
    this.usual = usualPerMinute;
    this.calls = new BoundedTable<>(mostSubjects);
  }

  @Override
  public String id() {
    return "velocity";
  }

  @Override
  public double score(ThreatCall call) {
    double[] rate = new double[1];
    calls.update(call.subject(), count -> {
      Decaying more =
          count == null ? new Decaying(1, call.at()) : count.plus(1, call.at(), HALF_LIFE);
      rate[0] = more.value();
      return more;
    });
    return Math.max(0, Math.min(1, (rate[0] / usual - 1) / 2));
  }
}
