package io.qilin.mlflow;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * When a call is tried again: after 408, 429 and from 500 on. The server's {@code Retry-After} says when; a date there is read
 * against the server's own {@code Date}. Without it the n-th wait, from 0, is the smaller of 0.2 s × 2^n and 5 s, less up to half
 * of it at random.
 */
final class RetryRule {
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
  private static final long FIRST = 200_000_000L;
  private static final long LONGEST = 5_000_000_000L;
  private static final int DOUBLINGS = 5;

  private RetryRule() {}

  static boolean again(int status) {
    return status == 408 || status == 429 || status >= 500;
  }

  /** The nanoseconds that the server asks to wait; empty if it does not, or in another form. */
  static OptionalLong serverWait(HttpHeaders headers) {
    Optional<String> after = headers.firstValue("Retry-After");
    if (after.isPresent() && SECONDS.matcher(after.get()).matches()) {
      return OptionalLong.of(Duration.ofSeconds(Long.parseLong(after.get())).toNanos());
    }
    Optional<Instant> until = after.flatMap(RetryRule::date);
    Optional<Instant> now = headers.firstValue("Date").flatMap(RetryRule::date);
    if (until.isEmpty() || now.isEmpty()) {
      return OptionalLong.empty();
    }
    long seconds = Math.max(0, Duration.between(now.get(), until.get()).toSeconds());
    return OptionalLong.of(Duration.ofSeconds(Math.min(seconds, 999_999_999L)).toNanos());
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * The wait that the server does not name.
   *
   * @param failures how many attempts failed before, from 0
   * @param random in [0, 1)
   */
  static long ownWait(int failures, double random) {
    long full = Math.min(FIRST << Math.min(failures, DOUBLINGS), LONGEST);
    return (long) (full * (1 - random / 2));
  }
}
