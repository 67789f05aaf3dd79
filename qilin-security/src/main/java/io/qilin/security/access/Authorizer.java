package io.qilin.security.access;

/**
 * Decides about requests. {@link AccessControl} does it by a policy; a host may ask a server of its own. Implementations are safe to
 * share between threads. Whoever calls one takes an exception and a null for a denial.
 */
@FunctionalInterface
public interface Authorizer {
  /** Whether the request is allowed. */
  Decision decide(AccessRequest request);
}
