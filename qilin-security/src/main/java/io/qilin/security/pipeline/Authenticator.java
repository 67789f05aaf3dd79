package io.qilin.security.pipeline;

import io.qilin.security.access.Identity;

/** Who calls, proved by the credential. Safe to share between threads. */
@FunctionalInterface
public interface Authenticator {
  /**
   * Proves who calls.
   *
   * @throws NotAuthenticated if the credential proves nobody; any other failure refuses the call too
   */
  Identity authenticate(SecuredCall<?> call);
}
