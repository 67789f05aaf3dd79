package io.qilin.api.source;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
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
 */
public record BarQuery(Set<Symbol> symbols, Optional<LocalDate> from, Optional<LocalDate> to) {
  /** All instruments, all days. */
  public static final BarQuery ALL = new BarQuery(Set.of(), Optional.empty(), Optional.empty());

  /**
   * Copies the set and checks the span.
   *
   * @throws QilinException INVALID_ARGUMENT if to is before from
   */
  public BarQuery {
    symbols = Collections.unmodifiableSet(new TreeSet<>(symbols));
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
      throw QilinException.invalid(
          "the query ends on " + to.get() + ", before it begins on " + from.get());
    }
  }

  /** The same query for some instruments only. */
  public BarQuery withSymbols(Set<Symbol> wanted) {
    return new BarQuery(wanted, from, to);
  }

  /** The same query for {@code [first, last]}. */
  public BarQuery between(LocalDate first, LocalDate last) {
    return new BarQuery(symbols, Optional.of(first), Optional.of(last));
  }

  /** Whether a row belongs to the answer. */
  public boolean accepts(Symbol symbol, LocalDate day) {
    return (symbols.isEmpty() || symbols.contains(symbol))
        && (from.isEmpty() || !day.isBefore(from.get()))
        && (to.isEmpty() || !day.isAfter(to.get()));
  }
}
