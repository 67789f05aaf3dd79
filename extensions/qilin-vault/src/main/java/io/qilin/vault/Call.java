package io.qilin.vault;

import io.qilin.api.error.ErrorCode;
import java.util.Optional;

/**
 * One request, without the token.
 *
 * @param what names it in messages, for example {@code reading secret/app}; holds no secret
 * @param method of HTTP
 * @param path below {@code /v1/}, encoded
 * @param body what is sent, if anything; whoever makes the call closes it
 * @param repeatable whether sending it again does no harm when it is not known if it arrived
 * @param unavailable the code for a server that cannot be had
 */
record Call(
    String what,
    String method,
    String path,
    Optional<JsonBody> body,
    boolean repeatable,
    ErrorCode unavailable) {
  static Call get(String what, String path) {
    return new Call(what, "GET", path, Optional.empty(), true, ErrorCode.SECRET_UNAVAILABLE);
  }

  /** A request that is sent once. */
  static Call post(String what, String path, JsonBody body) {
    return new Call(what, "POST", path, Optional.of(body), false, ErrorCode.SECRET_UNAVAILABLE);
  }

  static Call delete(String what, String path) {
    return new Call(what, "DELETE", path, Optional.empty(), false, ErrorCode.SECRET_UNAVAILABLE);
  }

  /** Whether it is asked of a namespace; the health is the node's, and is answered outside of all of them. */
  boolean ofNamespace() {
    return !path.startsWith("sys/health");
  }

  /** Whether it is sent though the client is closed: what a login got is given back. */
  boolean outlivesClient() {
    return path.equals("auth/token/revoke-self");
  }

  Call again() {
    return new Call(what, method, path, body, true, unavailable);
  }

  Call unavailableAs(ErrorCode code) {
    return new Call(what, method, path, body, repeatable, code);
  }
}
