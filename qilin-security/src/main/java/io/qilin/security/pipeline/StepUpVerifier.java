package io.qilin.security.pipeline;

import io.qilin.api.secret.Secret;
import io.qilin.security.access.Identity;
import io.qilin.security.mfa.SecondFactor;

/** Checks a one-time password. Safe to share between threads. */
@FunctionalInterface
public interface StepUpVerifier {
  /** Whether the code is right and was never used; a subject that is not enrolled has no right code. */
  boolean verify(Identity identity, Secret code);

  /** Asks one-time codes by time. */
  static StepUpVerifier codes(SecondFactor factor) {
    return (identity, code) ->
        factor.verify(identity.subject(), code.reveal()).fold(accepted -> true, refused -> false);
  }
}
