package io.qilin.security.pipeline;

import io.qilin.security.access.Identity;

/**
 * Protects what leaves the process or is stored: masks, encrypts or drops fields. The action itself works on plain data, as it
 * could do nothing else. Safe to share between threads.
 *
 * @param <R> what the action answers
 */
@FunctionalInterface
public interface BoundaryGuard<R> {
  /** The answer as the caller may have it; a failure withholds the answer. */
  R protect(R answer, Identity identity);
}
