package io.qilin.security.pipeline;

import io.qilin.security.threat.ThreatAssessment;

/**
 * Told of a call that looks like an attack, before it is refused: a host may lock an account or wake a person. Whatever it does,
 * the call is refused. Safe to share between threads.
 */
@FunctionalInterface
public interface ThreatHandler {
  /**
   * Takes note.
   *
   * @param subject who was authenticated; {@code ?} if nobody was yet
   */
  void handle(SecuredCall<?> call, String subject, ThreatAssessment found);
}
