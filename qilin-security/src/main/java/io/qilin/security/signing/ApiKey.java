package io.qilin.security.signing;

import io.qilin.api.error.QilinException;
import io.qilin.security.crypto.KeyState;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is stored of an API key: everything but the key. Immutable.
 *
 * @param id 20 characters of a to z and 2 to 7; public, and part of the key
 * @param owner whom the key speaks for
 * @param scopes what it may be used for; a host asks {@link #allows}
 * @param hash what the key is checked against, 64 hex digits
 * @param createdAt when it was made
 * @param expiresAt the first moment at which it is refused
 * @param state what it may still do; {@code VERIFY_ONLY} once another key has taken its place
 * @param successor the id of that other key
 */
public record ApiKey(
    String id,
    String owner,
    Set<String> scopes,
    String hash,
    Instant createdAt,
    Instant expiresAt,
    KeyState state,
    Optional<String> successor) {
  private static final int LONGEST = 128;

  /**
   * Checks and copies the parts.
   *
   * @throws QilinException INVALID_ARGUMENT if id or hash have another form, the owner is empty or longer than 128 characters, there
   *     is no scope, or it expires before it is made
   */
  public ApiKey {
    if (!ApiKeyText.isId(id)) {
      throw QilinException.invalid("the id of an API key has 20 characters of a-z and 2-7");
    }
    if (owner.isEmpty() || owner.length() > LONGEST) {
      throw QilinException.invalid(
          "the owner of an API key has 1 to 128 characters, not " + owner.length());
    }
    scopes = Set.copyOf(scopes);
    if (scopes.isEmpty()) {
      throw QilinException.invalid("an API key without a scope is of no use; name one");
    }
    if (!hash.matches("[0-9a-f]{64}")) {
      throw QilinException.invalid("the hash of an API key is 64 hex digits");
    }
    if (!expiresAt.isAfter(createdAt)) {
      throw QilinException.invalid("an API key expires after it is made, not at " + expiresAt);
    }
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(successor, "successor");
  }

  /** Whether it may be used for this. Scopes are compared as they are; there is no wildcard. */
  public boolean allows(String scope) {
    return scopes.contains(scope);
  }

  /** Whether it counts at the moment. */
  public boolean usableAt(Instant moment) {
    return state != KeyState.REVOKED && moment.isBefore(expiresAt);
  }

  ApiKey withEnd(KeyState newState, Instant newExpiry, Optional<String> newSuccessor) {
    return new ApiKey(id, owner, scopes, hash, createdAt, newExpiry, newState, newSuccessor);
  }

  /** The id and the state. */
  @Override
  public String toString() {
    return "ApiKey[" + id + ", " + state + "]";
  }
}
