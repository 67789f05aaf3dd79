package io.qilin.security.limit;

/**
 * Counts by key. {@link LocalLimits} counts in this process; a host whose processes share one limit counts in a store that they
 * share. Taking must be atomic: of takers at once no more succeed than there is. Implementations are safe to share between threads.
 */
@FunctionalInterface
public interface LimitStore {
  /**
   * Takes permits now or not at all.
   *
   * @param weight how many, at least 1
   * @throws io.qilin.api.error.QilinException if the store cannot be asked; the request is then refused
   */
  LimitVerdict take(LimitKey key, long weight);
}
