package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What is known of seals beside daily bars: what the host told, and, where it told nothing, what
 * the snapshot's records tell. Immutable apart from the memo.
 */
final class Seals {
  private final SealHistory told;
  private final LimitUpMemo memo;

  Seals(SealHistory told, LimitUpMemo memo) {
    this.told = told;
    this.memo = memo;
  }

  /** Whether nothing at all can be known. */
  boolean isEmpty(MarketSnapshot snapshot) {
    return told.isEmpty() && !SealRecords.any(snapshot.records());
  }

  Optional<SealReading> find(MarketSnapshot snapshot, int instrument, int day) {
    LocalDate date = snapshot.raw().days().get(day);
    Optional<SealFacts> given =
        told.find(snapshot.raw().symbols().get(instrument), date, snapshot.day());
    Optional<SealReading> read = memo.seal(snapshot, instrument, day);
    if (given.isEmpty()) {
      return read;
    }
    SealFacts facts = read.map(other -> over(given.get(), other.facts())).orElse(given.get());
    return Optional.of(new SealReading(
        facts,
        read.map(SealReading::flags).orElse(List.of()),
        read.map(SealReading::warnings).orElse(List.of())));
  }

  private static SealFacts over(SealFacts first, SealFacts second) {
    return new SealFacts(
        first.symbol(),
        first.day(),
        first.asOf(),
        first.firstSeal().or(second::firstSeal),
        or(first.sealAmount(), second.sealAmount()),
        first.breaks().isPresent() ? first.breaks() : second.breaks(),
        or(first.trend(), second.trend()),
        or(first.flow(), second.flow()),
        or(first.continuation(), second.continuation()));
  }

  private static OptionalDouble or(OptionalDouble first, OptionalDouble second) {
    return first.isPresent() ? first : second;
  }

  /** How often a seal broke, if told. */
  static OptionalInt breaks(Optional<SealReading> reading) {
    return reading.map(found -> found.facts().breaks()).orElse(OptionalInt.empty());
  }
}
