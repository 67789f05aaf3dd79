package io.qilin.ops.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as people write them: one number and its unit, or ISO-8601. */
final class Durations {
  private static final Pattern SHORT = Pattern.compile("(0|[1-9][0-9]{0,17})(ns|us|ms|s|m|h|d)");
  private static final int ISO_CHARS = 64;
  private static final Map<String, ChronoUnit> UNITS = Map.of(
      "ns", ChronoUnit.NANOS,
      "us", ChronoUnit.MICROS,
      "ms", ChronoUnit.MILLIS,
      "s", ChronoUnit.SECONDS,
      "m", ChronoUnit.MINUTES,
      "h", ChronoUnit.HOURS,
      "d", ChronoUnit.DAYS);

  private Durations() {}

  /** Null for what is no duration, negative, or too long for one. A day is 24 hours. */
  static @Nullable Duration parse(String text) {
    Matcher form = SHORT.matcher(text);
    try {
      if (form.matches()) {
        ChronoUnit unit = Objects.requireNonNull(UNITS.get(form.group(2)), "unit");
        return Duration.of(Long.parseLong(form.group(1)), unit);
      }
      Duration iso = text.length() <= ISO_CHARS ? Duration.parse(text) : null;
      return iso == null || iso.isNegative() ? null : iso;
    } catch (DateTimeParseException | ArithmeticException otherwise) {
      return null;
    }
  }
}
