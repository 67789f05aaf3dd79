package io.qilin.api.source;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.MarketRecord;
import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which records to read, as they were known at a moment.
 *
 * @param <R> the kind of record
 * @param type the kind of record
 * @param symbols the instruments, empty for all; records of the whole market belong to every answer
 * @param from the earliest event time, empty for the source's first
 * @param to the latest event time, empty for the source's last
 * @param knownAt the moment of the decision: no record with a later {@link MarketRecord#asOf} is in the answer
 */
public record RecordQuery<R extends MarketRecord>(
    Class<R> type,
    Set<Symbol> symbols,
    Optional<Instant> from,
    Optional<Instant> to,
    Instant knownAt) {
  /**
   * Copies the set and checks the span.
   *
   * @throws QilinException INVALID_ARGUMENT if to is before from
   */
  public RecordQuery {
    Objects.requireNonNull(type, "type");
    symbols = Collections.unmodifiableSet(new TreeSet<>(symbols));
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(knownAt, "knownAt");
    if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
      throw QilinException.invalid(
          "the query ends at " + to.get() + ", before it begins at " + from.get());
    }
  }

  /** Every record of a kind that was public at a moment. */
  public static <R extends MarketRecord> RecordQuery<R> of(Class<R> type, Instant knownAt) {
    return new RecordQuery<>(type, Set.of(), Optional.empty(), Optional.empty(), knownAt);
  }

  /** The same query for some instruments only. */
  public RecordQuery<R> withSymbols(Set<Symbol> wanted) {
    return new RecordQuery<>(type, wanted, from, to, knownAt);
  }

  /** The same query for events in {@code [first, last]}. */
  public RecordQuery<R> between(Instant first, Instant last) {
    return new RecordQuery<>(type, symbols, Optional.of(first), Optional.of(last), knownAt);
  }

  /** Whether a record belongs to the answer. */
  public boolean accepts(R row) {
    return !row.asOf().isAfter(knownAt)
        && (from.isEmpty() || !row.eventTime().isBefore(from.get()))
        && (to.isEmpty() || !row.eventTime().isAfter(to.get()))
        && (symbols.isEmpty()
            || row.symbols().isEmpty()
            || row.symbols().stream().anyMatch(symbols::contains));
  }
}
