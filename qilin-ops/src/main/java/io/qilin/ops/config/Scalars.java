package io.qilin.ops.config;

import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import io.qilin.ops.config.Node.Leaf;
import io.qilin.ops.config.Shape.Reading;
import io.qilin.ops.config.Shape.Scalar;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The values that are read from one text. */
final class Scalars {
  private static final int PATH_CHARS = 4_096;

  private static final Map<Class<?>, Scalar> KNOWN = known();

  private Scalars() {}

  private static Map<Class<?>, Scalar> known() {
    Map<Class<?>, Scalar> known = new HashMap<>();
    known.put(String.class, text("text", Leaf::text));
    Scalar truth = literal("true or false", leaf -> switch (leaf.text()) {
      case "true" -> true;
      case "false" -> false;
      default -> null;
    });
    known.put(boolean.class, truth);
    known.put(Boolean.class, truth);
    Scalar few =
        literal(whole(Integer.MIN_VALUE, Integer.MAX_VALUE), leaf -> Numbers.few(leaf.text()));
    known.put(int.class, few);
    known.put(Integer.class, few);
    Scalar many = literal(whole(Long.MIN_VALUE, Long.MAX_VALUE), leaf -> Numbers.many(leaf.text()));
    known.put(long.class, many);
    known.put(Long.class, many);
    Scalar real = literal("a finite number", leaf -> Numbers.real(leaf.text()));
    known.put(double.class, real);
    known.put(Double.class, real);
    known.put(
        BigDecimal.class,
        literal("a decimal number of at most 100 digits", leaf -> Numbers.decimal(leaf.text())));
    known.put(
        Duration.class,
        text(
            "a duration such as 250ms, 30s, 5m, 2h, 1d or PT30S",
            leaf -> Durations.parse(leaf.text())));
    known.put(LocalDate.class, dated("a date such as 2026-01-05", LocalDate::parse));
    known.put(LocalTime.class, dated("a time of day such as 09:30", LocalTime::parse));
    known.put(ZoneId.class, dated("a time zone such as Asia/Shanghai", ZoneId::of));
    known.put(
        URI.class,
        text(
            "an address with its scheme, such as https://example.com/",
            leaf -> address(leaf.text())));
    known.put(Path.class, text("a path of the file system", Scalars::path));
    return Map.copyOf(known);
  }

  /** The reader of a type, if it is one of those that everybody has. */
  static Optional<Scalar> of(Class<?> type) {
    return Optional.ofNullable(KNOWN.get(type));
  }

  /** A constant, by its own name or by that in lower case with dashes. */
  static Scalar constant(Class<?> type) {
    Map<String, Object> constants = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      String name = ((Enum<?>) constant).name();
      String dashed = name.toLowerCase(Locale.ROOT).replace('_', '-');
      constants.put(name, constant);
      // A constant's own name means it, even where that is another's in lower case.
      constants.putIfAbsent(dashed, constant);
      names.add(dashed);
    }
    return text("one of " + String.join(", ", names), leaf -> {
      Object constant = constants.get(leaf.text());
      if (constant == null && NearestName.of(leaf.text(), names).isPresent()) {
        throw QilinException.invalid("is unknown" + NearestName.hint(leaf.text(), names));
      }
      return constant;
    });
  }

  /** A value of a type that parses itself. */
  static Scalar parsed(Class<?> type, Reading parser) {
    return text("a " + type.getSimpleName(), parser);
  }

  private static Scalar text(String expected, Reading reading) {
    return new Scalar(expected, false, reading);
  }

  private static Scalar literal(String expected, Reading reading) {
    return new Scalar(expected, true, reading);
  }

  private static String whole(long least, long most) {
    return "a whole number from " + least + " to " + most;
  }

  private interface Dated {
    Object parse(String text);
  }

  private static Scalar dated(String expected, Dated dated) {
    return text(expected, leaf -> {
      try {
        return dated.parse(leaf.text());
      } catch (DateTimeException otherwise) {
        return null;
      }
    });
  }

  private static @Nullable URI address(String text) {
    try {
      URI address = new URI(text);
      return address.isAbsolute() ? address : null;
    } catch (URISyntaxException otherwise) {
      return null;
    }
  }

  private static @Nullable Path path(Leaf leaf) {
    if (leaf.text().isEmpty() || leaf.text().length() > PATH_CHARS) {
      return null;
    }
    try {
      Path path = Path.of(leaf.text());
      return leaf.origin().folder().map(folder -> folder.resolve(path)).orElse(path);
    } catch (InvalidPathException otherwise) {
      return null;
    }
  }
}
