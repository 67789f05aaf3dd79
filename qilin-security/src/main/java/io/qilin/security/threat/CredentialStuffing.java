package io.qilin.security.threat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Many failed logins, against one subject or from one address: decayed failures of the subject over 5, or of the address over
 * 20, whichever is more, at most 1; both halve in ten minutes. A success does not wash failures away, as an attacker has an
 * account of his own. Thread-safe.
 */
public final class CredentialStuffing implements ThreatSignal {
  private static final Duration HALF_LIFE = Duration.ofMinutes(10);
  private static final double SUBJECT_LIMIT = 5;
  private static final double ADDRESS_LIMIT = 20;

  private final BoundedTable<Decaying> bySubject;
  private final BoundedTable<Decaying> byAddress;

  /** The signal over at most so many subjects and as many addresses. */
  public CredentialStuffing(int mostKeys) {
    this.bySubject = new BoundedTable<>(mostKeys);
    this.byAddress = new BoundedTable<>(mostKeys);
  }

  @Override
  public String id() {
    return "credential-stuffing";
  }

  @Override
  public double score(ThreatCall call) {
    double subject = left(bySubject.get(call.subject()), call) / SUBJECT_LIMIT;
    double address = left(byAddress.get(call.address()), call) / ADDRESS_LIMIT;
    return Math.min(1, Math.max(subject, address));
  }

  private static double left(@Nullable Decaying count, ThreatCall call) {
    return count == null ? 0 : count.at(call.at(), HALF_LIFE);
  }

  @Override
  public void learn(ThreatCall call, CallOutcome outcome) {
    if (outcome == CallOutcome.NOT_AUTHENTICATED) {
      add(bySubject, call.subject(), call);
      add(byAddress, call.address(), call);
    }
  }

  private static void add(BoundedTable<Decaying> table, String key, ThreatCall call) {
    table.update(
        key,
        count -> count == null ? new Decaying(1, call.at()) : count.plus(1, call.at(), HALF_LIFE));
  }
}
