package io.qilin.security.token;

import io.qilin.api.error.QilinException;
import io.qilin.security.internal.StrictJson;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a token's header says (RFC 7515, 4.1). Members that would bring a key or change how the token is read are refused, whatever
 * is in them; others that are unknown are passed over, as the RFC asks.
 *
 * @param algorithm as written, not yet compared with that of the key
 */
record JwsHeaderFields(String algorithm, Optional<String> keyId, Optional<String> type) {
  private static final StrictJson JSON =
      StrictJson.limited(TokenLimits.MOST_BYTES, TokenLimits.MOST_DEPTH);
  private static final int MOST_NAME = 256;

  /** A key from the token itself or its address, encryption, compression, unencoded payloads, and extensions: none is known. */
  private static final List<String> REFUSED =
      List.of("jku", "jwk", "x5u", "x5c", "enc", "zip", "b64", "crit");

  static JwsHeaderFields read(byte[] json) {
    Map<String, @Nullable Object> members = members(json);
    for (String name : REFUSED) {
      if (members.containsKey(name)) {
        throw refused("the header has a member " + name + ", which is never accepted");
      }
    }
    String algorithm = text(members, "alg").orElseThrow(() -> refused("the header has no alg"));
    return new JwsHeaderFields(algorithm, text(members, "kid"), text(members, "typ"));
  }

  /** Whether the type is this one; types are media types, compared without case and without {@code application/}. */
  boolean isType(String expected) {
    return type.filter(given -> mediaType(given).equals(mediaType(expected))).isPresent();
  }

  private static String mediaType(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    return lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
  }

  private static Map<String, @Nullable Object> members(byte[] json) {
    try {
      return JSON.object(json, "the token's header");
    } catch (QilinException e) {
      throw refused(e.getMessage());
    }
  }

  private static Optional<String> text(Map<String, @Nullable Object> members, String name) {
    if (!members.containsKey(name)) {
      return Optional.empty();
    }
    if (!(members.get(name) instanceof String text) || !PlainText.isPlain(text, MOST_NAME)) {
      throw refused("the header's " + name + " is not a plain text");
    }
    return Optional.of(text);
  }

  private static TokenRefused refused(@Nullable String detail) {
    return new TokenRefused(TokenRefusal.HEADER, String.valueOf(detail));
  }
}
