package io.qilin.security.access;

import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Who is calling, as authentication found out. It carries no permissions: these come from the policy. Immutable.
 *
 * @param subject the user or service; 1 to 128 characters
 * @param roleHints the roles that a token named; they count only where the policy takes that role from tokens
 * @param methods how the caller was authenticated, by the names of RFC 8176, for example {@code pwd} and {@code otp}
 * @param authenticatedAt when all of {@code methods} had been shown; empty if not known
 * @param attributes what else is known, for example the desk
 */
public record Identity(
    String subject,
    Set<String> roleHints,
    Set<String> methods,
    Optional<Instant> authenticatedAt,
    Map<String, String> attributes) {
  private static final int LONGEST_SUBJECT = 128;

  /**
   * Checks and copies the parts.
   *
   * @throws QilinException INVALID_ARGUMENT if the subject is empty or longer than 128 characters
   */
  public Identity {
    if (subject.isEmpty() || subject.length() > LONGEST_SUBJECT) {
      throw QilinException.invalid(
          "the subject of an identity has 1 to 128 characters, this one has " + subject.length());
    }
    roleHints = Set.copyOf(roleHints);
    methods = Set.copyOf(methods);
    Objects.requireNonNull(authenticatedAt, "authenticatedAt");
    attributes = Map.copyOf(attributes);
  }

  /** An identity of which nothing but the subject is known. */
  public static Identity of(String subject) {
    return new Identity(subject, Set.of(), Set.of(), Optional.empty(), Map.of());
  }

  /** The same with these role hints instead. */
  public Identity withRoleHints(Set<String> hints) {
    return new Identity(subject, hints, methods, authenticatedAt, attributes);
  }

  /** The same, authenticated at the moment by these methods instead, for example after a step-up. */
  public Identity withAuthentication(Set<String> newMethods, Instant at) {
    return new Identity(subject, roleHints, newMethods, Optional.of(at), attributes);
  }

  /** The same with one more attribute, or another value of it. */
  public Identity withAttribute(String name, String value) {
    Map<String, String> more = new HashMap<>(attributes);
    more.put(name, value);
    return new Identity(subject, roleHints, methods, authenticatedAt, more);
  }

  /** The subject only. */
  @Override
  public String toString() {
    return "Identity[" + QilinException.quote(subject) + "]";
  }
}
