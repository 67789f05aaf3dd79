package io.qilin.security.token;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a token is to say, without what the issuer adds.
 *
 * @param subject whom it is about
 * @param userId the user, where that is not the subject
 * @param clientId the client; needed for an access token
 * @param roles hints
 * @param permissions hints
 * @param mfaHint whether a second factor should be asked for
 * @param authenticationMethods how the user was authenticated (RFC 8176)
 * @param authenticatedAt when the user was authenticated
 * @param life from issue to end, 1 s to 24 h
 */
public record TokenGrant(
    String subject,
    Optional<String> userId,
    Optional<String> clientId,
    List<String> roles,
    List<String> permissions,
    boolean mfaHint,
    List<String> authenticationMethods,
    Optional<Instant> authenticatedAt,
    Duration life) {
  private static final int MOST_CHARACTERS = 1_024;
  private static final int MOST_ITEMS = 256;

  /** Checks the parts by the rules that verifiers have for them. */
  public TokenGrant {
    plain("subject", subject);
    userId.ifPresent(text -> plain("user id", text));
    clientId.ifPresent(text -> plain("client id", text));
    roles = plain("role", roles);
    permissions = plain("permission", permissions);
    authenticationMethods = plain("authentication method", authenticationMethods);
    Objects.requireNonNull(authenticatedAt, "authenticatedAt");
    TokenRules.bounded("a token's life", life, Duration.ofSeconds(1), TokenLimits.MOST_LIFE);
  }

  /** A grant for a subject; everything else is optional. */
  public static Builder builder(String subject) {
    return new Builder(subject);
  }

  private static List<String> plain(String what, List<String> texts) {
    if (texts.size() > MOST_ITEMS) {
      throw QilinException.invalid(
          "a token has at most " + MOST_ITEMS + " of each kind, not " + texts.size() + ": " + what);
    }
    texts.forEach(text -> plain(what, text));
    return List.copyOf(texts);
  }

  private static void plain(String what, String text) {
    if (!PlainText.isPlain(text, MOST_CHARACTERS)) {
      throw QilinException.invalid("a " + what + " in a token has 1 to " + MOST_CHARACTERS
          + " visible characters and no blank at its ends");
    }
  }

  /** Collects a grant. */
  public static final class Builder {
    private final String subject;
    private Optional<String> userId = Optional.empty();
    private Optional<String> clientId = Optional.empty();
    private List<String> roles = List.of();
    private List<String> permissions = List.of();
    private boolean mfaHint;
    private List<String> authenticationMethods = List.of();
    private Optional<Instant> authenticatedAt = Optional.empty();
    private Duration life = Duration.ofMinutes(15);

    private Builder(String subject) {
      this.subject = subject;
    }

    /** The user; the subject unless set. */
    public Builder userId(String id) {
      userId = Optional.of(id);
      return this;
    }

    /** The client; none unless set. */
    public Builder clientId(String id) {
      clientId = Optional.of(id);
      return this;
    }

    /** Roles as hints; none unless set. */
    public Builder roles(List<String> names) {
      roles = names;
      return this;
    }

    /** Permissions as hints; none unless set. */
    public Builder permissions(List<String> names) {
      permissions = names;
      return this;
    }

    /** Asks for a second factor; unless called, the token says nothing about it. */
    public Builder mfaHint() {
      mfaHint = true;
      return this;
    }

    /** How and when the user was authenticated; not said unless set. */
    public Builder authenticated(List<String> methods, Instant at) {
      authenticationMethods = methods;
      authenticatedAt = Optional.of(at);
      return this;
    }

    /** From issue to end; 15 minutes unless set. */
    public Builder life(Duration length) {
      life = length;
      return this;
    }

    /** The grant. */
    public TokenGrant build() {
      return new TokenGrant(
          subject,
          userId,
          clientId,
          roles,
          permissions,
          mfaHint,
          authenticationMethods,
          authenticatedAt,
          life);
    }
  }
}
