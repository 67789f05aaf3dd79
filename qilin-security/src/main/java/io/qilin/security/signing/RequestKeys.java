package io.qilin.security.signing;

import java.util.Optional;

/**
 * The signing keys of clients, one for each API key, so that none can sign as another. Implementations are safe to share between
 * threads. {@link DerivedRequestKeys} keeps none of them; a host that stores keys encrypts them.
 */
@FunctionalInterface
public interface RequestKeys {
  /**
   * The key of an id; empty if there is none.
   *
   * @throws io.qilin.api.error.QilinException if it cannot be had; the request is then refused
   */
  Optional<RequestKey> find(String id);
}
