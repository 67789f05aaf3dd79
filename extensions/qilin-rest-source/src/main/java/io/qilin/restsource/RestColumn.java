package io.qilin.restsource;

import io.qilin.api.error.QilinException;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * From which columns of an answer one value of a record is made.
 *
 * @param kind what the value is
 * @param from columns of the answer; the first that has a value counts. A name that begins with {@code @} is a part of the
 *     request: {@code @symbol} where each request is for one instrument, {@code @day} where it is for one day, or one of
 *     the values that it goes through
 * @param unit the unit of a number
 * @param pattern how a day or moment is written, in the letters of {@link DateTimeFormatter}
 * @param constant the value where the columns have none, or where there are no columns
 * @param cases what the text stands for; the first that fits counts, and a text that fits none is kept
 */
public record RestColumn(
    Kind kind,
    List<String> from,
    RestUnit unit,
    Optional<String> pattern,
    Optional<String> constant,
    List<Case> cases) {
  /** What a value is. */
  public enum Kind {
    /** A text, or one of an enumeration. */
    TEXT,
    /** A decimal number in a {@link RestUnit}. */
    NUMBER,
    /** {@code true} or {@code false}. */
    FLAG,
    /** A day; {@code uuuuMMdd} unless there is a pattern. */
    DATE,
    /** A moment in Asia/Shanghai; {@code uuuu-MM-dd HH:mm:ss} unless there is a pattern. */
    MOMENT,
    /** An instrument in the service's {@link SymbolForm}. */
    SYMBOL
  }

  /** How a text is compared with that of a {@link Case}. */
  public enum Match {
    /** They are equal. */
    IS,
    /** It begins so. */
    STARTS,
    /** It ends so. */
    ENDS,
    /** It holds it. */
    HOLDS
  }

  /**
   * What a text stands for.
   *
   * @param match how it is compared
   * @param text with what
   * @param then the value
   */
  public record Case(Match match, String text, String then) {
    /** Checks the parts. */
    public Case {
      Objects.requireNonNull(match, "match");
      Objects.requireNonNull(text, "text");
      Objects.requireNonNull(then, "then");
    }

    boolean fits(String value) {
      return switch (match) {
        case IS -> value.equals(text);
        case STARTS -> value.startsWith(text);
        case ENDS -> value.endsWith(text);
        case HOLDS -> value.contains(text);
      };
    }
  }

  /**
   * Copies the lists and checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT without columns and constant, or for a pattern that is none
   */
  public RestColumn {
    Objects.requireNonNull(kind, "kind");
    from = List.copyOf(from);
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(constant, "constant");
    cases = List.copyOf(cases);
    if (from.isEmpty() && constant.isEmpty()) {
      throw QilinException.invalid("a value comes from columns or is a constant; name one");
    }
    pattern.ifPresent(RestColumn::formatter);
  }

  /** A value of a kind. */
  public static RestColumn of(Kind kind, String... from) {
    return new RestColumn(
        kind, List.of(from), RestUnit.ONE, Optional.empty(), Optional.empty(), List.of());
  }

  /** A text. */
  public static RestColumn text(String... from) {
    return of(Kind.TEXT, from);
  }

  /** A number. */
  public static RestColumn number(RestUnit unit, String... from) {
    return new RestColumn(
        Kind.NUMBER, List.of(from), unit, Optional.empty(), Optional.empty(), List.of());
  }

  /** A value that is the same for all rows. */
  public static RestColumn constant(Kind kind, String value) {
    return new RestColumn(
        kind, List.of(), RestUnit.ONE, Optional.empty(), Optional.of(value), List.of());
  }

  /** The formatter of a pattern. */
  static DateTimeFormatter formatter(String pattern) {
    try {
      return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException e) {
      throw QilinException.invalid("this is no pattern of days and moments: "
          + QilinException.quote(pattern) + "; write for example uuuu-MM-dd HH:mm:ss");
    }
  }
}
