package io.qilin.security.threat;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The subject's rights were raised a short time ago: 1 at the moment of the change, then halving. The host tells it of each
 * change ({@link #changed}). Thread-safe.
 */
public final class PrivilegeChange implements ThreatSignal {
  private final Duration halfLife;
  private final BoundedTable<Instant> changes;

  /**
   * The signal.
   *
   * @param halfLife after which it counts half, for example an hour
   * @param mostSubjects subjects that are remembered
   * @throws QilinException INVALID_ARGUMENT unless the half-life is positive
   */
  public PrivilegeChange(Duration halfLife, int mostSubjects) {
    if (halfLife.isZero() || halfLife.isNegative()) {
      throw QilinException.invalid("a half-life is positive, was " + halfLife);
    }
    this.halfLife = halfLife;
    this.changes = new BoundedTable<>(mostSubjects);
  }

  /** Says that a subject's rights were raised. */
  public void changed(String subject, Instant at) {
    Objects.requireNonNull(at, "at");
    changes.update(subject, last -> last != null && last.isAfter(at) ? last : at);
  }

  @Override
  public String id() {
    return "privilege-change";
  }

  @Override
  public double score(ThreatCall call) {
    Instant last = changes.get(call.subject());
    return last == null ? 0 : new Decaying(1, last).at(call.at(), halfLife);
  }
}
