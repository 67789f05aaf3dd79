package io.qilin.security.signing;

import java.time.Instant;

/**
 * Remembers which signed requests were seen. {@link NonceCache} does it in this process; a host whose processes serve the same clients
 * shares one store. Taking must be atomic: of two at once with the same nonce one is fresh. Implementations are safe to share between
 * threads. Asked only about requests whose signature was right.
 */
@FunctionalInterface
public interface NonceStore {
  /**
   * Takes a nonce.
   *
   * @param keyId whose it is; the same nonce of another key is another
   * @param stampedAt the time that the request carries
   * @throws io.qilin.api.error.QilinException if the store cannot be asked; the request is then refused
   */
  Answer take(String keyId, String nonce, Instant stampedAt);

  /** What a store knows about a nonce. */
  enum Answer {
    /** It was not seen before, and is remembered now. */
    FRESH,
    /** It was seen before. */
    SEEN,
    /** The request is from a time of which not all nonces are remembered any more. */
    TOO_OLD,
    /** There is no room to remember it, so the request must be refused. */
    FULL
  }
}
