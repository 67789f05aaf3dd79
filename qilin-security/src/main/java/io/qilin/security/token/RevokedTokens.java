package io.qilin.security.token;

/**
 * Says which tokens no longer count although they are genuine. It is asked for every token, also for one from the cache, and
 * should answer from memory. Whatever it throws, and null, refuses the token. Implementations are safe to share between threads.
 */
@FunctionalInterface
public interface RevokedTokens {
  /**
   * Whether a token was revoked.
   *
   * @param token a genuine token; go by {@link VerifiedToken#id}, as the same token can have several texts
   */
  Boolean revoked(VerifiedToken token);
}
