package io.qilin.core.factor;

import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How often instruments did not count in the study of a factor, and why: in all, by instrument and by day. Immutable. */
@SuppressWarnings("EnumOrdinal") // places in arrays that are never stored
public final class Drops {
  private final List<LocalDate> days;
  private final List<Symbol> symbols;
  private final int[] byInstrument;
  private final int[] byDay;

  Drops(List<LocalDate> days, List<Symbol> symbols, DropCounter counter) {
    this.days = days;
    this.symbols = symbols;
    this.byInstrument = counter.byInstrument();
    this.byDay = counter.byDay();
  }

  /** A day or an instrument, and how often something was dropped. */
  public record Count<T>(T of, int count) {}

  /** Pairs of instrument and day in all. */
  public long cells() {
    return (long) days.size() * symbols.size();
  }

  /** How many pairs of instrument and day were dropped for the reason. */
  public long count(DropReason reason) {
    return IntStream.range(0, days.size()).mapToLong(day -> onDay(reason, day)).sum();
  }

  /** All reasons with their counts, in the order of the reasons. */
  public Map<DropReason, Long> counts() {
    Map<DropReason, Long> counts = new EnumMap<>(DropReason.class);
    for (DropReason reason : DropReason.values()) {
      counts.put(reason, count(reason));
    }
    return counts;
  }

  /** Instruments dropped on the day of that place. */
  public int onDay(DropReason reason, int day) {
    return byDay[day * DropCounter.REASONS + reason.ordinal()];
  }

  /** Days on which the instrument of that place was dropped. */
  public int ofInstrument(DropReason reason, int instrument) {
    return byInstrument[instrument * DropCounter.REASONS + reason.ordinal()];
  }

  /** The instruments that were dropped for the reason, those most often first, ties by symbol. */
  public List<Count<Symbol>> bySymbol(DropReason reason) {
    return IntStream.range(0, symbols.size())
        .mapToObj(i -> new Count<>(symbols.get(i), ofInstrument(reason, i)))
        .filter(count -> count.count() > 0)
        .sorted(Comparator.comparingInt((Count<Symbol> c) -> -c.count()).thenComparing(Count::of))
        .toList();
  }

  /** The days on which instruments were dropped for the reason, in order. */
  public List<Count<LocalDate>> byDay(DropReason reason) {
    return IntStream.range(0, days.size())
        .mapToObj(day -> new Count<>(days.get(day), onDay(reason, day)))
        .filter(count -> count.count() > 0)
        .toList();
  }
}
