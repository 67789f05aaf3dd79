package io.qilin.agents.llm;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * When to ask a server again: the rule of OpenAI's own clients. The answers 408, 409, 429 and those from 500 on are tried again, unless
 * the header {@code x-should-retry} says otherwise. The server's {@code retry-after-ms} or {@code retry-after} says when; a date there
 * is read against the server's own {@code date}, so that no clock of this machine matters. Without them the n-th wait, from 0, is the
 * smaller of 0.5 s × 2^n and 8 s, less up to a quarter of it at random.
 */
final class RetryRule {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,9})?");
  private static final long FIRST = 500_000_000L;
  private static final long LONGEST = 8_000_000_000L;
  private static final int DOUBLINGS = 4;
  private static final double JITTER = 0.25;
  private static final double MILLI = 1e6;
  private static final double SECOND = 1e9;

  private RetryRule() {}

  /** Whether an answer with this status and these headers (by lower-case name) is tried again. */
  static boolean again(int status, Function<String, Optional<String>> header) {
    Optional<String> said = header.apply("x-should-retry");
    if (said.isPresent() && (said.get().equals("true") || said.get().equals("false"))) {
      return said.get().equals("true");
    }
    return status == 408 || status == 409 || status == 429 || status >= 500;
  }

  /** The nanoseconds that the server asks to wait; empty if it does not, or in another form. */
  static OptionalLong serverWait(Function<String, Optional<String>> header) {
    OptionalLong millis = number(header.apply("retry-after-ms"), MILLI);
    if (millis.isPresent()) {
      return millis;
    }
    Optional<String> after = header.apply("retry-after");
    OptionalLong seconds = number(after, SECOND);
    if (seconds.isPresent()) {
      return seconds;
    }
    Optional<Instant> until = after.flatMap(RetryRule::date);
    Optional<Instant> now = header.apply("date").flatMap(RetryRule::date);
    if (until.isEmpty() || now.isEmpty()) {
      return OptionalLong.empty();
    }
    long wait = Math.max(0, Duration.between(now.get(), until.get()).toSeconds());
    return OptionalLong.of(Duration.ofSeconds(Math.min(wait, 1_000_000_000L)).toNanos());
  }

  private static OptionalLong number(Optional<String> text, double unit) {
    return text.isPresent() && NUMBER.matcher(text.get()).matches()
        ? OptionalLong.of((long) (Double.parseDouble(text.get()) * unit))
        : OptionalLong.empty();
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
    return (long) (full * (1 - JITTER * random));
  }
}
