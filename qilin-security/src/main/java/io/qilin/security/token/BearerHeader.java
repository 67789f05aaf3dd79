package io.qilin.security.token;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code Authorization: Bearer TOKEN} (RFC 6750, 2.1). Stateless. */
public final class BearerHeader {
  private static final String SCHEME = "Bearer ";

  private BearerHeader() {}

  /**
   * The token of a header.
   *
   * @param value the value of the one Authorization header, or null if there is none
   * @return empty unless it is the word Bearer in any case, one blank, and characters of a token to the end
   */
  public static Optional<String> token(@Nullable String value) {
    if (value == null
        || value.length() <= SCHEME.length()
        || !value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    int end = value.length();
    while (value.charAt(end - 1) == '=') {
      end--;
    }
    for (int i = SCHEME.length(); i < end; i++) {
      if (!ofToken(value.charAt(i))) {
        return Optional.empty();
      }
    }
    return end == SCHEME.length()
        ? Optional.empty()
        : Optional.of(value.substring(SCHEME.length()));
  }

  /** A character of b64token. */
  private static boolean ofToken(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || "-._~+/".indexOf(c) >= 0;
  }
}
