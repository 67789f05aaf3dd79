package io.qilin.api.market;

import io.qilin.api.error.QilinException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The name of a listed instrument, for example {@code 600519.SH}. A value: it says how an instrument is written, not
 * what it is. Codes are reused over time; what a code stood for on a day is told by {@link SecurityTimeline}.
 *
 * <p>Accepted forms of A-share names: {@code 600519.SH}, {@code SH600519} (Qlib) and {@code 600519.SS} (Yahoo), in
 * either case. A code belongs to one exchange; {@code 600519.SZ} is refused. Ordered by code, then exchange.
 *
 * @param code six digits for the three Chinese exchanges; for {@link Exchange#OTHER} 1 to 32 of {@code A-Z a-z 0-9 _ -
 *     .}, beginning with a letter, digit or underscore and ending with no dot
 * @param exchange where it is listed
 */
public record Symbol(String code, Exchange exchange) implements Comparable<Symbol> {
  private static final Pattern SUFFIXED = Pattern.compile("([0-9]+)\\.([A-Za-z]{2})");
  private static final Pattern PREFIXED = Pattern.compile("([A-Za-z]{2})([0-9]+)");
  private static final Pattern SIX_DIGITS = Pattern.compile("[0-9]{6}");
  private static final Pattern OTHER_CODE =
      Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,30}[A-Za-z0-9_-])?");
  private static final Pattern CHINESE = Pattern.compile(
      "[0-9]{6}\\.(?:SH|SS|SZ|BJ)|(?:SH|SS|SZ|BJ)[0-9]{6}", Pattern.CASE_INSENSITIVE);
  private static final String OTHER_SUFFIX = ".OTHER";

  /**
   * Checks the code against the exchange.
   *
   * @throws QilinException INVALID_ARGUMENT if the code cannot stand on the exchange
   */
  public Symbol {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(exchange, "exchange");
    if (exchange == Exchange.OTHER) {
      if (!OTHER_CODE.matcher(code).matches()) {
        throw QilinException.invalid("an instrument name is 1 to 32 of A-Z a-z 0-9 _ - . , was "
            + QilinException.quote(code));
      }
    } else if (!SIX_DIGITS.matcher(code).matches()) {
      throw QilinException.invalid("a code is six digits, was " + QilinException.quote(code));
    } else if (!owns(exchange, code)) {
      throw QilinException.invalid("code " + code + " is not one of " + exchange + "; did you mean "
          + suggestion(code) + "?");
    }
  }

  /**
   * Reads the name of an A-share, fund or index of the Chinese exchanges, or the {@code NAME.OTHER} that
   * {@link #toString()} prints.
   *
   * @throws QilinException INVALID_ARGUMENT with the forms that are understood
   */
  public static Symbol parse(String text) {
    Objects.requireNonNull(text, "text");
    if (text.length() <= 40 && text.endsWith(OTHER_SUFFIX)) {
      return other(text.substring(0, text.length() - OTHER_SUFFIX.length()));
    }
    if (text.length() <= 16) {
      var suffixed = SUFFIXED.matcher(text);
      if (suffixed.matches()) {
        return new Symbol(suffixed.group(1), exchange(suffixed.group(2), text));
      }
      var prefixed = PREFIXED.matcher(text);
      if (prefixed.matches()) {
        return new Symbol(prefixed.group(2), exchange(prefixed.group(1), text));
      }
    }
    throw notASymbol(text);
  }

  /**
   * Reads any instrument name: first as {@link #parse} does, and a name of another form as {@link Exchange#OTHER}. For
   * data that is not A-share data, such as {@code MSFT} or {@code E01}.
   *
   * @throws QilinException INVALID_ARGUMENT if it is neither
   */
  public static Symbol parseAny(String text) {
    Objects.requireNonNull(text, "text");
    boolean ours = CHINESE.matcher(text).matches() || text.endsWith(OTHER_SUFFIX);
    return ours ? parse(text) : other(text);
  }

  /** An instrument outside the Chinese exchanges. */
  public static Symbol other(String name) {
    return new Symbol(name, Exchange.OTHER);
  }

  /** The form used in Qlib's files: {@code SH600519}; for {@link Exchange#OTHER} the bare name. */
  public String qlib() {
    return exchange == Exchange.OTHER ? code : exchange.suffix() + code;
  }

  /** {@code 600519.SH}; {@link #parse} reads it back. */
  @Override
  public String toString() {
    return code + "." + exchange.suffix();
  }

  @Override
  public int compareTo(Symbol other) {
    int codes = code.compareTo(other.code);
    return codes != 0 ? codes : exchange.compareTo(other.exchange);
  }

  private static Exchange exchange(String letters, String text) {
    return switch (letters.toUpperCase(Locale.ROOT)) {
      case "SH", "SS" -> Exchange.SSE;
      case "SZ" -> Exchange.SZSE;
      case "BJ" -> Exchange.BSE;
      default -> throw notASymbol(text);
    };
  }

  private static QilinException notASymbol(String text) {
    return QilinException.invalid(
        "not a symbol like 600519.SH, SH600519 or 600519.SS: " + QilinException.quote(text));
  }

  /** Whether the code can be one of the exchange: stocks, funds, B shares, bonds and indices of spec 5.1. */
  private static boolean owns(Exchange exchange, String code) {
    char first = code.charAt(0);
    return switch (exchange) {
      case SSE -> "0156".indexOf(first) >= 0 || (first == '9' && !code.startsWith("92"));
      case SZSE -> "0123".indexOf(first) >= 0;
      case BSE -> first == '4' || first == '8' || code.startsWith("92");
      case OTHER -> true;
    };
  }

  private static String suggestion(String code) {
    String owners = Stream.of(Exchange.SSE, Exchange.SZSE, Exchange.BSE)
        .filter(exchange -> owns(exchange, code))
        .map(exchange -> code + "." + exchange.suffix())
        .collect(Collectors.joining(" or "));
    return owners.isEmpty() ? "a code that begins with 6, 0, 3, 8, 4 or 92" : owners;
  }
}
