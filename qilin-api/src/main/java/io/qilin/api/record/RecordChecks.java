package io.qilin.api.record;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/** What the constructors of records check alike; every message names the record's kind. */
final class RecordChecks {
  private static final int LONGEST_TEXT = 1 << 20;
  private static final int MOST_SYMBOLS = 10_000;

  private final String kind;

  /**
   * Checks of one record.
   *
   * @param kind what the record is, for example {@code "a tick of 600519.SH"}
   */
  private RecordChecks(String kind) {
    this.kind = kind;
  }

  static RecordChecks of(String kind) {
    return new RecordChecks(kind);
  }

  static RecordChecks of(String kind, Symbol symbol) {
    return new RecordChecks(kind + " of " + symbol);
  }

  /** A price in yuan; {@code NaN} passes where it may be unknown. */
  void price(String name, double value, boolean mayBeUnknown) {
    boolean known = value > 0 && value < Double.POSITIVE_INFINITY;
    if (!known && !(mayBeUnknown && Double.isNaN(value))) {
      throw wrong(name, "a positive number of yuan", value);
    }
  }

  /** A number of shares that is known. */
  void shares(String name, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw wrong(name, "a number of shares, not negative", value);
    }
  }

  /** An amount in yuan that cannot be negative; {@code NaN} passes. */
  void amount(String name, double value) {
    if (value < 0 || Double.isInfinite(value)) {
      throw wrong(name, "a number of yuan, not negative", value);
    }
  }

  /** A figure of either sign; {@code NaN} passes. */
  void finite(String name, double value) {
    if (Double.isInfinite(value)) {
      throw wrong(name, "a finite number", value);
    }
  }

  /** A share of a whole; {@code NaN} passes. */
  void fraction(String name, double value) {
    if (value < 0 || value > 1) {
      throw wrong(name, "a fraction from 0 to 1", value);
    }
  }

  /** A count. */
  void count(String name, long value) {
    if (value < 0) {
      throw QilinException.invalid(name + " of " + kind + " is not negative, was " + value);
    }
  }

  /** A name or code of 1 to 256 characters. */
  void name(String name, String value) {
    if (value.isEmpty() || value.length() > 256) {
      throw QilinException.invalid(
          name + " of " + kind + " has 1 to 256 characters, has " + value.length());
    }
    text(name, value);
  }

  /** A text of any length up to 2^20 characters that can be written as UTF-8. */
  void text(String name, String value) {
    if (value.length() > LONGEST_TEXT) {
      throw QilinException.invalid(name + " of " + kind + " has at most " + LONGEST_TEXT
          + " characters, has " + value.length());
    }
    for (int i = 0; i < value.length(); i++) {
      if (Character.isSurrogate(value.charAt(i))) {
        if (i + 1 == value.length()
            || !Character.isSurrogatePair(value.charAt(i), value.charAt(i + 1))) {
          throw QilinException.invalid(name + " of " + kind + " has half a character at position "
              + i + ": " + QilinException.quote(value));
        }
        i++;
      }
    }
  }

  /** The shares that a text is about. */
  void symbols(List<Symbol> symbols) {
    if (symbols.size() > MOST_SYMBOLS || new HashSet<>(symbols).size() < symbols.size()) {
      throw wrong("symbols name at most " + MOST_SYMBOLS + " shares, each once");
    }
  }

  /** What is observed is not public before it happened. */
  void publicAfter(Instant event, Instant asOf) {
    if (asOf.isBefore(event)) {
      throw QilinException.invalid(kind + " at " + event + " cannot be public before, at " + asOf);
    }
  }

  /** An error about the record. */
  QilinException wrong(String message) {
    return QilinException.invalid(kind + ": " + message);
  }

  private QilinException wrong(String name, String wanted, double was) {
    return QilinException.invalid(name + " of " + kind + " is " + wanted + ", was " + was);
  }
}
