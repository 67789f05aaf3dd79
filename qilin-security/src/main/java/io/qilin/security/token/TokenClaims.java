package io.qilin.security.token;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The claims of a token, each read once by its kind; a claim of another kind refuses the token. Immutable. */
final class TokenClaims {
  private static final int MOST_CHARACTERS = 1_024;
  private static final int MOST_ITEMS = 256;
  private static final int MOST_SCALE = 20;
  private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L);
  private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000L);

  private final Map<String, @Nullable Object> all;
  private final Map<String, String> texts = new HashMap<>();
  private final Map<String, List<String>> lists = new HashMap<>();
  private final Map<String, Instant> times = new HashMap<>();
  private final boolean mfaHint;

  /** Reads all claims that have an accessor; those that are not there are asked for later. */
  TokenClaims(Map<String, @Nullable Object> all) {
    this.all = all;
    for (Map.Entry<String, @Nullable Object> claim : all.entrySet()) {
      String name = claim.getKey();
      Object value = claim.getValue();
      switch (name) {
        case "iss", "sub", "jti", "user_id", "client_id", "scope" ->
          texts.put(name, plain(name, value));
        case "roles", "permissions", "amr" -> lists.put(name, texts(name, value));
        case "aud" ->
          lists.put(
              name, value instanceof String ? List.of(plain(name, value)) : texts(name, value));
        case "exp", "iat", "nbf", "auth_time" -> times.put(name, time(name, value));
        default -> {
          // Any other claim is the host's to read.
        }
      }
    }
    this.mfaHint = flag("require_mfa");
  }

  Map<String, @Nullable Object> all() {
    return all;
  }

  String text(String name) {
    return optionalText(name).orElseThrow(() -> missing(name));
  }

  Optional<String> optionalText(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  List<String> list(String name) {
    return lists.getOrDefault(name, List.of());
  }

  /** One or more (RFC 7519, 4.1.3). */
  List<String> audience() {
    List<String> audience = list("aud");
    if (audience.isEmpty()) {
      throw missing("aud");
    }
    return audience;
  }

  Instant time(String name) {
    return optionalTime(name).orElseThrow(() -> missing(name));
  }

  Optional<Instant> optionalTime(String name) {
    return Optional.ofNullable(times.get(name));
  }

  boolean mfaHint() {
    return mfaHint;
  }

  /** Seconds since 1970 with or without a fraction, to the year 9999; the scale is bounded before anything is computed. */
  private static Instant time(String name, @Nullable Object value) {
    if (!(value instanceof BigDecimal seconds)
        || Math.abs((long) seconds.scale()) > MOST_SCALE
        || seconds.signum() < 0
        || seconds.compareTo(LAST_SECOND) > 0) {
      throw wrong(name, "a number of seconds from 1970 to 9999");
    }
    if (seconds.scale() == 0) {
      return Instant.ofEpochSecond(seconds.longValueExact());
    }
    BigDecimal whole = seconds.setScale(0, RoundingMode.DOWN);
    BigDecimal nanos = seconds.subtract(whole).multiply(BILLION).setScale(0, RoundingMode.DOWN);
    return Instant.ofEpochSecond(whole.longValueExact(), nanos.longValueExact());
  }

  private boolean flag(String name) {
    if (!all.containsKey(name)) {
      return false;
    }
    if (!(all.get(name) instanceof Boolean value)) {
      throw wrong(name, "true or false");
    }
    return value;
  }

  private static List<String> texts(String name, @Nullable Object value) {
    if (!(value instanceof List<?> items) || items.size() > MOST_ITEMS) {
      throw wrong(name, "a list of at most " + MOST_ITEMS + " texts");
    }
    List<String> texts = new ArrayList<>(items.size());
    for (Object item : items) {
      texts.add(plain(name, item));
    }
    return Collections.unmodifiableList(texts);
  }

  private static String plain(String name, @Nullable Object value) {
    if (!(value instanceof String text) || !PlainText.isPlain(text, MOST_CHARACTERS)) {
      throw wrong(
          name, "a text of 1 to " + MOST_CHARACTERS + " visible characters, no blank at its ends");
    }
    return text;
  }

  private static TokenRefused missing(String name) {
    return new TokenRefused(TokenRefusal.CLAIMS, "the claim " + name + " is missing");
  }

  private static TokenRefused wrong(String name, String needed) {
    return new TokenRefused(TokenRefusal.CLAIMS, "the claim " + name + " is not " + needed);
  }
}
