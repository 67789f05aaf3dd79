package io.qilin.security.pipeline;

import io.qilin.security.access.Identity;

/**
 * What is done once everything is proved.
 *
 * @param <P> what it works on
 * @param <R> what it answers
 */
@FunctionalInterface
public interface SecuredAction<P, R> {
  /** Does it, for the proved identity; what it throws reaches the caller as it is, after it was recorded. */
  R run(P payload, Identity identity);
}
