package io.qilin.security.limit;

import io.qilin.api.error.QilinException;
import java.util.Objects;

/**
 * Who is counted. Immutable.
 *
 * @param kind what kind of caller it is; the same value of another kind is another caller
 * @param value 1 to 128 characters
 */
public record LimitKey(Kind kind, String value) implements Comparable<LimitKey> {
  private static final int LONGEST = 128;

  /** What is counted by. */
  public enum Kind {
    /** All callers together. */
    GLOBAL,
    /** A network address, or the network that stands for it. */
    ADDRESS,
    /** An API key, by its id. */
    API_KEY,
    /** A user. */
    USER
  }

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT if the value is empty or too long
   */
  public LimitKey {
    Objects.requireNonNull(kind, "kind");
    if (value.isEmpty() || value.length() > LONGEST) {
      throw QilinException.invalid(
          "the key of a limit has 1 to 128 characters, this one has " + value.length());
    }
  }

  /** A user. */
  public static LimitKey user(String subject) {
    return new LimitKey(Kind.USER, subject);
  }

  /** An API key, by its id, never by its secret. */
  public static LimitKey apiKey(String keyId) {
    return new LimitKey(Kind.API_KEY, keyId);
  }

  /** All callers of something, for example of one service. */
  public static LimitKey global(String name) {
    return new LimitKey(Kind.GLOBAL, name);
  }

  /** By kind, then by value; so many keys of one hash are still found fast. */
  @Override
  public int compareTo(LimitKey other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : value.compareTo(other.value);
  }
}
