package io.qilin.api.source;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Exchange;
import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which daily bars to read. {@link #ALL} is everything that the source has.
 *
 * @param symbols the instruments, empty for all
 * @param from first day, empty for the source's first
 * @param to last day, empty for the source's last
 * @param knownAt the moment of the decision, if that matters: no bar that was not public then is in the answer
 */
public record BarQuery(
    Set<Symbol> symbols,
    Optional<LocalDate> from,
    Optional<LocalDate> to,
    Optional<Instant> knownAt) {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final long SECONDS_OF_DAY = 86_400;
  private static final LocalTime AFTER_TRADING = LocalTime.of(15, 30);

  /** All instruments, all days. */
  public static final BarQuery ALL =
      new BarQuery(Set.of(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * Copies the set and checks the span.
   *
   * @throws QilinException INVALID_ARGUMENT if to is before from
   */
  public BarQuery {
    symbols = Collections.unmodifiableSet(new TreeSet<>(symbols));
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(knownAt, "knownAt");
    if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
      throw QilinException.invalid(
          "the query ends on " + to.get() + ", before it begins on " + from.get());
    }
  }

  /** The same query for some instruments only. */
  public BarQuery withSymbols(Set<Symbol> wanted) {
    return new BarQuery(wanted, from, to, knownAt);
  }

  /** The same query for {@code [first, last]}. */
  public BarQuery between(LocalDate first, LocalDate last) {
    return new BarQuery(symbols, Optional.of(first), Optional.of(last), knownAt);
  }

  /** The same query with only what was public at a moment, see {@link #publicAt}. */
  public BarQuery knownAt(Instant moment) {
    return new BarQuery(symbols, from, to, Optional.of(moment));
  }

  /**
   * When a daily bar is public: for the three exchanges of China's mainland at 15:30 in Shanghai, the end of trading at
   * the closing price; for other instruments when the day has ended in every time zone, at 12:00 UTC of the next day.
   */
  public static Instant publicAt(Symbol symbol, LocalDate day) {
    return symbol.exchange() == Exchange.OTHER
        ? day.plusDays(1).atTime(12, 0).toInstant(ZoneOffset.UTC)
        : day.atTime(AFTER_TRADING).atZone(SHANGHAI).toInstant();
  }

  /**
   * The last day that an instrument's bars may have in the answer: {@link #to}, or an earlier one if later bars were not
   * public at the moment of the decision; empty if there is no such bound.
   */
  public Optional<LocalDate> lastDay(Symbol symbol) {
    Optional<LocalDate> known = knownAt.map(moment -> lastPublic(symbol, moment));
    return known.isPresent() && (to.isEmpty() || known.get().isBefore(to.get())) ? known : to;
  }

  private static LocalDate lastPublic(Symbol symbol, Instant moment) {
    boolean other = symbol.exchange() == Exchange.OTHER;
    long ahead = other
        ? -SECONDS_OF_DAY - SECONDS_OF_DAY / 2
        : SHANGHAI.getRules().getOffset(moment).getTotalSeconds() - AFTER_TRADING.toSecondOfDay();
    long day = Math.floorDiv(moment.getEpochSecond() + ahead, SECONDS_OF_DAY);
    return LocalDate.ofEpochDay(
        Math.min(Math.max(day, LocalDate.MIN.toEpochDay()), LocalDate.MAX.toEpochDay()));
  }

  /** Whether a row belongs to the answer. */
  public boolean accepts(Symbol symbol, LocalDate day) {
    return (symbols.isEmpty() || symbols.contains(symbol))
        && (from.isEmpty() || !day.isBefore(from.get()))
        && (to.isEmpty() || !day.isAfter(to.get()))
        && (knownAt.isEmpty() || !publicAt(symbol, day).isAfter(knownAt.get()));
  }
}
