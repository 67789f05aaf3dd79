package io.qilin.security.threat;

/**
 * One sign of an attack, for example too many failed logins. Implementations are safe to share between threads and keep
 * bounded state. One that throws, answers NaN or leaves [0, 1] makes the detector refuse the call.
 */
public interface ThreatSignal {
  /** Its name in records, for example {@code velocity}. */
  String id();

  /**
   * How strongly this call shows the sign, in [0, 1]. What it learns from the call itself counts from the next call on, except
   * where the signal says otherwise.
   */
  double score(ThreatCall call);

  /**
   * Told how a call ended, so that it can learn; does nothing unless overridden.
   *
   * @param call as it was scored
   * @param outcome how it ended
   */
  default void learn(ThreatCall call, CallOutcome outcome) {}
}
