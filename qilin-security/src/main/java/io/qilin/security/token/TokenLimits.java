package io.qilin.security.token;

import java.time.Duration;

/** The limits that no setting can lift. */
final class TokenLimits {
  /** Of a token, in bytes. */
  static final int MOST_BYTES = 16 << 10;
  /** Of a token's JSON. */
  static final int MOST_DEPTH = 16;
  /** From issue to end. */
  static final Duration MOST_LIFE = Duration.ofHours(24);
  /** For clocks that differ. */
  static final Duration MOST_LEEWAY = Duration.ofSeconds(60);

  private TokenLimits() {}
}
