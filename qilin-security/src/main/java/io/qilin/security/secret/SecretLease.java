package io.qilin.security.secret;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;

/**
 * A secret for some time. Closing wipes the lease's own copy; the secret that the provider holds is the provider's to wipe. Safe
 * to share between threads.
 */
public final class SecretLease implements AutoCloseable {
  private final String name;
  private final long version;
  private final Clock clock;
  private final Instant issued;
  private final Instant expires;
  private final char[] characters;
  private boolean closed;

  SecretLease(
      String name, long version, Secret secret, Clock clock, Instant issued, Instant expires) {
    this.name = name;
    this.version = version;
    this.clock = clock;
    this.issued = issued;
    this.expires = expires;
    this.characters = secret.reveal().toCharArray();
  }

  /** The secret's name. */
  public String name() {
    return name;
  }

  /** Which value of the secret it is, counted from 1. */
  public long version() {
    return version;
  }

  /** The moment from which on the secret is not given any more. */
  public Instant expires() {
    return expires;
  }

  /**
   * The secret's characters; the caller wipes the array when it is done.
   *
   * @throws QilinException SECRET_UNAVAILABLE if the lease is closed or expired, or the clock went back behind its beginning
   */
  public synchronized char[] reveal() {
    if (closed) {
      throw gone("is closed");
    }
    Instant now = clock.instant();
    if (!now.isBefore(expires)) {
      close();
      throw gone("expired at " + expires);
    }
    if (now.isBefore(issued)) {
      throw gone("begins at " + issued + ", which the clock says is to come");
    }
    return characters.clone();
  }

  private QilinException gone(String why) {
    return new QilinException(
        ErrorCode.SECRET_UNAVAILABLE,
        "the lease of the secret '" + name + "' " + why + "; take a new one");
  }

  /** Wipes the secret; closing again does nothing. */
  @Override
  public synchronized void close() {
    Arrays.fill(characters, '\0');
    closed = true;
  }

  /** Shows no secret. */
  @Override
  public String toString() {
    return "SecretLease[" + name + ", version " + version + ", until " + expires + "]";
  }
}
