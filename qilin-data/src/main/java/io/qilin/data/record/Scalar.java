package io.qilin.data.record;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How a single value of a Java type stands in a file.
 *
 * @param kind what it is in JSON
 * @param wanted what it is, for messages
 * @param parser throws {@link DateTimeException}, {@link NumberFormatException} or {@link QilinException}
 * @param printer what parser reads back as an equal value
 */
record Scalar(
    Tree.Kind kind,
    String wanted,
    Function<String, Object> parser,
    Function<Object, String> printer) {
  private static final int LONGEST_NUMBER = 100;
  private static final int MOST_EXPONENT = 400;
  private static final int MOST_SCALE = 20;
  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = 2200;

  private static final Map<Class<?>, Scalar> KNOWN = Map.ofEntries(
      Map.entry(String.class, text("a text", t -> t)),
      Map.entry(Symbol.class, text("an instrument like 600519.SH", Symbol::parse)),
      Map.entry(Instant.class, text("a moment like 2024-01-02T09:30:00+08:00", Scalar::moment)),
      Map.entry(LocalDate.class, text("a day like 2024-01-02", Scalar::day)),
      Map.entry(double.class, number("a finite number", Scalar::real)),
      Map.entry(long.class, number("a whole number", t -> Long.valueOf(plain(t)))),
      Map.entry(int.class, number("a whole number", t -> Integer.valueOf(plain(t)))),
      Map.entry(Integer.class, number("a whole number", t -> Integer.valueOf(plain(t)))),
      Map.entry(BigDecimal.class, number("a decimal number", Scalar::decimal)),
      Map.entry(
          boolean.class,
          new Scalar(Tree.Kind.FLAG, "true or false", Scalar::flag, Object::toString)));

  /** Whether values of the type stand alone. */
  static boolean knows(Class<?> type) {
    return KNOWN.containsKey(type) || type.isEnum();
  }

  static Scalar of(Class<?> type) {
    Scalar known = KNOWN.get(type);
    if (known != null) {
      return known;
    }
    if (!type.isEnum()) {
      throw new AssertionError("records hold no " + type);
    }
    List<String> names =
        Arrays.stream(type.getEnumConstants()).map(c -> ((Enum<?>) c).name()).toList();
    return new Scalar(
        Tree.Kind.TEXT,
        "one of " + names,
        text -> constant(type, text),
        value -> ((Enum<?>) value).name());
  }

  /** Reads a value. */
  Object read(Tree tree, RecordPlace place) {
    if (!(tree instanceof Tree.Leaf leaf)
        || (leaf.kind() != kind && leaf.kind() != Tree.Kind.CELL)) {
      throw place.malformed("this is " + wanted + ", was " + tree.noun());
    }
    try {
      return parser.apply(leaf.text());
    } catch (DateTimeException | NumberFormatException | QilinException e) {
      throw place.malformed("this is " + wanted + ", was " + QilinException.quote(leaf.text()), e);
    }
  }

  private static Scalar text(String wanted, Function<String, Object> parser) {
    return new Scalar(Tree.Kind.TEXT, wanted, parser, Object::toString);
  }

  private static Scalar number(String wanted, Function<String, Object> parser) {
    return new Scalar(Tree.Kind.NUMBER, wanted, parser, Object::toString);
  }

  private static Object moment(String text) {
    OffsetDateTime moment = OffsetDateTime.parse(text);
    if (moment.getYear() < FIRST_YEAR || moment.getYear() > LAST_YEAR) {
      throw new DateTimeException("the year " + moment.getYear());
    }
    return moment.toInstant();
  }

  private static Object day(String text) {
    LocalDate day = LocalDate.parse(text);
    if (day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR) {
      throw new DateTimeException("the year " + day.getYear());
    }
    return day;
  }

  /** A number of JSON: {@link Double#parseDouble} would also take hexadecimal digits, names and suffixes. */
  private static Object real(String text) {
    BigDecimal exact = new BigDecimal(plain(text));
    if (exact.signum() != 0 && Math.abs((long) exact.scale()) > MOST_EXPONENT + LONGEST_NUMBER) {
      throw new NumberFormatException("exponent");
    }
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw new NumberFormatException("too large");
    }
    return value;
  }

  private static Object decimal(String text) {
    BigDecimal value = new BigDecimal(plain(text));
    if (Math.abs((long) value.scale()) > MOST_SCALE) {
      throw new NumberFormatException("scale " + value.scale());
    }
    return value;
  }

  /** The parsers of the JDK also take digits of other scripts, and numbers of any length. */
  private static String plain(String text) {
    if (text.length() > LONGEST_NUMBER
        || !text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0)) {
      throw new NumberFormatException(text);
    }
    return text;
  }

  private static Object flag(String text) {
    return switch (text) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new NumberFormatException(text);
    };
  }

  private static Object constant(Class<?> type, String text) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(text)) {
        return constant;
      }
    }
    throw new NumberFormatException(text);
  }
}
