package io.qilin.security.token;

/**
 * Asks the authorization server about a token (RFC 7662). The host brings the HTTP call with its deadline, its credentials and
 * its TLS; the answer is read by {@link IntrospectionVerifier}. Implementations are safe to share between threads.
 */
@FunctionalInterface
public interface TokenIntrospection {
  /**
   * Asks the server.
   *
   * @param token as the caller gave it; a secret, not to be logged
   * @return the body of the server's answer, JSON; whatever is thrown, and null, refuses the token
   */
  byte[] ask(String token);
}
