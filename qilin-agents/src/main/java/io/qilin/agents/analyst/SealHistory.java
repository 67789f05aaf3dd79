package io.qilin.agents.analyst;

import io.qilin.agents.internal.Fingerprint;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Seal facts by day and share, read no earlier than they became public. Immutable. */
final class SealHistory {
  private final TreeMap<LocalDate, TreeMap<Symbol, SealFacts>> byDay = new TreeMap<>();

  SealHistory(Collection<SealFacts> facts) {
    for (SealFacts fact : facts) {
      if (byDay.computeIfAbsent(fact.day(), day -> new TreeMap<>()).put(fact.symbol(), fact)
          != null) {
        throw new QilinException(
            ErrorCode.DATA_CONFLICT,
            "the seal facts of " + fact.symbol() + " on " + fact.day() + " are given twice");
      }
    }
  }

  boolean isEmpty() {
    return byDay.isEmpty();
  }

  /** The facts of a share on a day, as far as public on another day. */
  Optional<SealFacts> find(Symbol symbol, LocalDate day, LocalDate knownOn) {
    Map<Symbol, SealFacts> found = byDay.get(day);
    return found == null
        ? Optional.empty()
        : Optional.ofNullable(found.get(symbol)).filter(fact -> !fact.asOf().isAfter(knownOn));
  }

  /** SHA-256 of all facts public on the day. */
  String fingerprint(LocalDate knownOn) {
    Fingerprint print = new Fingerprint();
    for (var entry : byDay.headMap(knownOn, true).entrySet()) {
      for (SealFacts fact : entry.getValue().values()) {
        if (!fact.asOf().isAfter(knownOn)) {
          print
              .add(fact.symbol().toString())
              .add(fact.day().toEpochDay())
              .add(fact.asOf().toEpochDay());
          print.add(fact.firstSeal().map(time -> time.toNanoOfDay()).orElse(-1L).longValue());
          add(print, fact.sealAmount());
          add(print, fact.breaks());
          add(print, fact.trend());
          add(print, fact.flow());
          add(print, fact.continuation());
        }
      }
    }
    return print.hex();
  }

  private static void add(Fingerprint print, OptionalDouble value) {
    print.add(value.orElse(Double.NaN));
  }

  private static void add(Fingerprint print, OptionalInt value) {
    print.add((long) value.orElse(-1));
  }
}
