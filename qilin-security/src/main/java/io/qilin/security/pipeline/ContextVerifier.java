package io.qilin.security.pipeline;

import io.qilin.security.access.Identity;

/** How risky network, place and hour of a call are. Implemented by the host. Safe to share between threads. */
@FunctionalInterface
public interface ContextVerifier {
  /**
   * Judges the context.
   *
   * @return risk in [0, 1]; anything else refuses the call
   */
  double risk(Identity identity, SecuredCall<?> call);
}
