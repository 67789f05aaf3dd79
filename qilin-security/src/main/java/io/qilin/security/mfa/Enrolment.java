package io.qilin.security.mfa;

import io.qilin.api.secret.Secret;
import java.util.List;
import java.util.Objects;

/**
 * What a user is shown once. Immutable.
 *
 * @param uri for an authenticator app, usually as a QR code: {@code otpauth://totp/…}
 * @param secret the same secret in Base32, to be typed
 * @param recoveryCodes ten codes, each of which stands in once for a code of the app
 */
public record Enrolment(Secret uri, Secret secret, List<Secret> recoveryCodes) {
  /** Copies the parts. */
  public Enrolment {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(secret, "secret");
    recoveryCodes = List.copyOf(recoveryCodes);
  }
}
