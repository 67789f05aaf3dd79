package io.qilin.restsource;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.record.PublicationTimes;
import io.qilin.data.calendar.AShareCalendar;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the values of one endpoint's rows. Used by one thread. */
final class CellReader {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final int LONGEST_NUMBER = 100;
  private static final int MOST_EXPONENT = 400;
  private static final int BASIC_DIGITS = 8;
  private static final DateTimeFormatter SECOND = RestColumn.formatter("uuuu-MM-dd HH:mm:ss");

  private final Map<String, DateTimeFormatter> formatters = new HashMap<>();
  private final Map<String, Symbol> symbols = new HashMap<>();
  private final RestTable table;
  private final SymbolForm form;

  CellReader(RestTable table, SymbolForm form) {
    this.table = table;
    this.form = form;
  }

  /**
   * Looks whether the columns of an endpoint are there. If none of those of a value is, the answer is refused where its
   * format names the columns; where rows are objects, which may leave out what they do not know, it is told.
   *
   * @throws QilinException DATA_FORMAT
   */
  void check(RestEndpoint endpoint, RestSpec spec, String where, RowFindings findings) {
    AnswerFormat format = endpoint.fetch().format().orElse(spec.format());
    endpoint.columns().forEach((target, column) -> {
      if (table.size() == 0
          || column.from().isEmpty()
          || column.constant().isPresent()
          || column.from().stream().anyMatch(name -> table.find(name) >= 0)) {
        return;
      }
      String what = where + ", field '" + target + "': the answer has no column "
          + String.join(" or ", column.from()) + "; it has " + table.shown();
      if (format.csv() || format.fields().isPresent()) {
        throw new QilinException(ErrorCode.DATA_FORMAT, what);
      }
      findings.note(
          "column-missing",
          QualityDimension.COMPLETENESS,
          QualitySeverity.WARNING,
          Optional.empty(),
          Optional.empty(),
          what);
    });
  }

  /** The text of a value in a row, after its cases; empty if it is not known. */
  Optional<String> text(RestColumn column, @Nullable String[] row) {
    Optional<String> found = first(column.from(), row);
    if (found.isEmpty()) {
      return column.constant();
    }
    String text = found.get();
    return Optional.of(column.cases().stream()
        .filter(known -> known.fits(text))
        .findFirst()
        .map(RestColumn.Case::then)
        .orElse(text));
  }

  private Optional<String> first(Iterable<String> names, @Nullable String[] row) {
    for (String name : names) {
      int place = table.find(name);
      if (place >= 0 && row[place] != null) {
        return Optional.ofNullable(row[place]);
      }
    }
    return Optional.empty();
  }

  /**
   * A number in Qilin's unit.
   *
   * @throws QilinException DATA_FORMAT if the text is none
   */
  static BigDecimal number(String text, RestUnit unit) {
    if (text.length() > LONGEST_NUMBER
        || !text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0)) {
      throw wrong("a number", text, null);
    }
    try {
      BigDecimal number = new BigDecimal(text);
      if (Math.abs((long) number.scale()) > MOST_EXPONENT) {
        throw wrong("a number of a usual size", text, null);
      }
      return unit.convert(number);
    } catch (NumberFormatException e) {
      throw wrong("a number", text, e);
    }
  }

  /** A day; without a pattern {@code 20240102}, {@code 2024-01-02}, or the midnight that begins it. */
  LocalDate day(String text, Optional<String> pattern) {
    try {
      if (pattern.isPresent()) {
        return LocalDate.parse(text, formatter(pattern.get()));
      }
      return day(text);
    } catch (DateTimeException e) {
      throw wrong("a day", text, e);
    }
  }

  /** A day that is written in one of the forms without a pattern. */
  static LocalDate day(String text) {
    boolean hyphens = text.length() >= 10
        && text.charAt(4) == '-'
        && (text.length() == 10 || text.startsWith("T00:00:00", 10));
    return hyphens ? LocalDate.parse(text.substring(0, 10)) : basic(text);
  }

  private static LocalDate basic(String text) {
    int number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9' || i == BASIC_DIGITS) {
        throw new DateTimeException("no day");
      }
      number = 10 * number + c - '0';
    }
    if (text.length() != BASIC_DIGITS) {
      throw new DateTimeException("no day");
    }
    return LocalDate.of(number / 10_000, number / 100 % 100, number % 100);
  }

  private DateTimeFormatter formatter(String pattern) {
    return formatters.computeIfAbsent(pattern, RestColumn::formatter);
  }

  /** A moment, in Asia/Shanghai if it has no offset. */
  Instant moment(String text, Optional<String> pattern) {
    try {
      if (pattern.isEmpty() && text.indexOf('T') > 0) {
        return OffsetDateTime.parse(text).toInstant();
      }
      return LocalDateTime.parse(text, pattern.map(this::formatter).orElse(SECOND))
          .atZone(SHANGHAI)
          .toInstant();
    } catch (DateTimeException e) {
      throw wrong("a moment", text, e);
    }
  }

  /** An instrument; {@code 600519.SH} is always understood. */
  Symbol symbol(String text) {
    try {
      return symbols.computeIfAbsent(
          text, name -> name.indexOf('.') > 0 ? Symbol.parse(name) : form.read(name));
    } catch (QilinException e) {
      throw wrong("an instrument", text, e);
    }
  }

  /**
   * Whether a text means yes.
   *
   * @throws QilinException DATA_FORMAT if it means neither yes nor no
   */
  static boolean flag(String text) {
    return switch (text) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw wrong("true or false", text, null);
    };
  }

  /** When a row became public; empty if no rule knows. */
  Optional<Instant> published(Publication rule, @Nullable String[] row) {
    return first(rule.from(), row).map(text -> switch (rule.rule()) {
      case EVENT -> throw new AssertionError("the event's own time is not read here");
      case MOMENT -> moment(text, Optional.empty());
      case DAILY_FIGURES -> PublicationTimes.ofDailyFigures(day(text, Optional.empty()));
      case LHB -> PublicationTimes.ofLhb(day(text, Optional.empty()));
      case ANNOUNCEMENT -> PublicationTimes.ofAnnouncement(day(text, Optional.empty()));
      case MARGIN -> PublicationTimes.ofMargin(day(text, Optional.empty()), AShareCalendar.load());
    });
  }

  private static QilinException wrong(String wanted, String text, @Nullable Throwable cause) {
    return new QilinException(
        ErrorCode.DATA_FORMAT,
        "this should be " + wanted + ", was " + QilinException.quote(text),
        cause);
  }
}
