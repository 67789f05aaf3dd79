package io.qilin.security.pipeline;

import io.qilin.api.secret.Secret;
import io.qilin.security.access.Identity;

/** Checks a one-time password. Safe to share between threads. */
@FunctionalInterface
public interface StepUpVerifier {
  /** Whether the code is right and was never used; a subject that is not enrolled has no right code. */
  boolean verify(Identity identity, Secret code);
}
