package io.qilin.security.access;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Short policies and requests. */
final class Policies {
  static final Instant NOON = Instant.parse("2026-11-27T04:00:00Z");

  private Policies() {}

  /** JSON with single quotation marks. */
  static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  static AccessPolicy policy(String text) {
    return AccessPolicy.parse(json(text));
  }

  /** A policy in which alice is a trader, with these rules. */
  static AccessPolicy trading(String rules) {
    return policy("{'revision': 1, 'roles': {"
        + "'viewer': {'permissions': ['read:market/**']},"
        + "'trader': {'inherits': ['viewer'], 'permissions': ['submit:orders/*']}},"
        + "'subjects': {'alice': ['trader']}, 'rolesFromTokens': ['viewer'],"
        + "'rules': [" + rules + "]}");
  }

  static AccessRequest submit(Identity identity, AccessContext context) {
    return new AccessRequest(identity, "submit", "orders/600519.SH", context);
  }

  static AccessRequest submit(AccessContext context) {
    return submit(Identity.of("alice"), context);
  }

  static AccessContext noon() {
    return AccessContext.at(NOON);
  }
}
