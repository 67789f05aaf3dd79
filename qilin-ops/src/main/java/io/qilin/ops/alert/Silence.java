package io.qilin.ops.alert;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Alerts that nobody needs for a while, and who said so. Immutable.
 *
 * @param matcher which alerts
 * @param from its first moment
 * @param until its end; the moment itself is outside, at most 7 days after {@code from}
 * @param by who wants it, 1 to 200 characters
 * @param why 1 to 200 characters
 */
public record Silence(SilenceMatcher matcher, Instant from, Instant until, String by, String why) {
  /** The longest silence. */
  public static final Duration LONGEST = Duration.ofDays(7);

  private static final int LONGEST_TEXT = 200;

  /**
   * Checks.
   *
   * @throws QilinException INVALID_ARGUMENT without an end, a name or a reason
   */
  public Silence {
    Objects.requireNonNull(matcher, "matcher");
    Duration length = Duration.between(from, until);
    if (length.isNegative() || length.isZero() || length.compareTo(LONGEST) > 0) {
      throw QilinException.invalid(
          "a silence lasts longer than nothing and at most 7 days, was " + length);
    }
    text(by, "by");
    text(why, "why");
  }

  private static void text(String text, String name) {
    if (text.isBlank() || text.length() > LONGEST_TEXT) {
      throw QilinException.invalid(name + " of a silence has 1 to " + LONGEST_TEXT
          + " characters, was " + QilinException.quote(text));
    }
  }
}
