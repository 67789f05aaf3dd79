package io.qilin.security.pipeline;

import io.qilin.security.access.Identity;
import io.qilin.security.token.TokenVerdict;
import io.qilin.security.token.TokenVerifier;
import io.qilin.security.token.VerifiedToken;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Proves who calls by a signed token: the credential is the value of the header {@code Authorization}, {@code Bearer} and the
 * token. The token's permissions are left behind, as rights come from the policy; its roles become hints. The wish for a second
 * factor becomes the attribute {@value #MFA_HINT}, which a policy may read: it never stands for the factor itself. Safe to share
 * between threads.
 */
public final class TokenAuthenticator implements Authenticator {
  /** The attribute that is {@code true} if the token asks for a second factor. */
  public static final String MFA_HINT = "mfaHint";

  private final TokenVerifier verifier;

  /** Asks a verifier. */
  public TokenAuthenticator(TokenVerifier verifier) {
    this.verifier = Objects.requireNonNull(verifier, "verifier");
  }

  @Override
  public Identity authenticate(SecuredCall<?> call) {
    TokenVerdict verdict = verifier.checkHeader(call.credential().reveal());
    VerifiedToken token = verdict.fold(accepted -> accepted, refused -> {
      throw new NotAuthenticated(refused.reason().name());
    });
    return new Identity(
        token.userId(),
        Set.copyOf(token.roles()),
        Set.copyOf(token.authenticationMethods()),
        token.authenticatedAt(),
        token.mfaHint() ? Map.of(MFA_HINT, "true") : Map.of());
  }
}
