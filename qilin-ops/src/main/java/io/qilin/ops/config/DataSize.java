package io.qilin.ops.config;

import io.qilin.api.error.QilinException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written as {@code 512B}, {@code 64KiB}, {@code 64MiB}, {@code 2GiB} or {@code 1TiB}. The units are powers
 * of 1,024; {@code MB} is refused, as it means two things. Immutable.
 *
 * @param bytes not negative
 */
public record DataSize(long bytes) implements Comparable<DataSize> {
  private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,18})(B|KiB|MiB|GiB|TiB)");
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  /** Checks. */
  public DataSize {
    if (bytes < 0) {
      throw QilinException.invalid("a size must not be negative, was " + bytes);
    }
  }

  /**
   * Parses what {@link #toString} prints.
   *
   * @throws QilinException INVALID_ARGUMENT if it is of another form, or beyond 2⁶³−1 bytes
   */
  public static DataSize parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw QilinException.invalid(
          "not a size such as 64MiB (units B, KiB, MiB, GiB, TiB): " + QilinException.quote(text));
    }
    int power = 0;
    while (!UNITS[power].equals(form.group(2))) {
      power++;
    }
    try {
      return new DataSize(Math.multiplyExact(Long.parseLong(form.group(1)), 1L << (10 * power)));
    } catch (NumberFormatException | ArithmeticException e) {
      throw QilinException.invalid("a size beyond 2^63-1 bytes: " + QilinException.quote(text));
    }
  }

  @Override
  public int compareTo(DataSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** In the largest unit that gives a whole number. */
  @Override
  public String toString() {
    int power = 0;
    while (power < UNITS.length - 1 && bytes != 0 && bytes % (1L << (10 * (power + 1))) == 0) {
      power++;
    }
    return (bytes >> (10 * power)) + UNITS[power];
  }
}
