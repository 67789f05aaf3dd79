package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.LimitUpFact;
import io.qilin.core.rules.LimitUpFacts;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One share on one day on which it was sealed: its bar, what the order book told, and its float.
 */
final class SealedShare {
  private static final LocalTime AUCTION_MATCH = LocalTime.of(9, 25);

  private final MarketSnapshot snapshot;
  private final LimitUpFact fact;
  private final Optional<SealReading> reading;
  private final ShareStatus status;
  private final int instrument;
  private final int day;

  SealedShare(MarketSnapshot snapshot, LimitUpFacts facts, Seals seals, int instrument, int day) {
    this.snapshot = snapshot;
    this.fact = facts.at(instrument, day);
    this.instrument = instrument;
    this.day = day;
    this.status = new ShareStatus(snapshot, symbol());
    this.reading = seals.find(snapshot, instrument, day);
  }

  /** Whether a share may have touched limit-up, asked quickly: a limit is never below 2 %. */
  static boolean mayTouch(Panel raw, int instrument, int day) {
    if (!raw.has(Field.PRE_CLOSE)) {
      return true;
    }
    double reference = raw.value(Field.PRE_CLOSE, instrument, day);
    return !(raw.value(Field.HIGH, instrument, day) < reference * 1.02
        && raw.value(Field.CLOSE, instrument, day) < reference * 1.02);
  }

  Symbol symbol() {
    return snapshot.raw().symbols().get(instrument);
  }

  int instrument() {
    return instrument;
  }

  MarketSnapshot snapshot() {
    return snapshot;
  }

  private LocalDate date() {
    return snapshot.raw().days().get(day);
  }

  LimitUpFact fact() {
    return fact;
  }

  Optional<SealFacts> seal() {
    return reading.map(SealReading::facts);
  }

  /** What is wrong with the records of the order book, in words. */
  List<String> warnings() {
    return reading.map(SealReading::warnings).orElse(List.of());
  }

  /**
   * The daily limit in percent, 0 if not known: shares of one class are compared with one another.
   */
  int limitClass() {
    return status.rule(date()).map(BoardRules::limitPercent).orElse(0);
  }

  /** First seal, from the order book, or the auction if every price of the day was limit-up. */
  Optional<LocalTime> firstSeal() {
    return seal()
        .flatMap(SealFacts::firstSeal)
        .or(() -> fact.oneWord() ? Optional.of(AUCTION_MATCH) : Optional.empty());
  }

  /**
   * How often the seal broke, from the order book, or never if every price of the day was limit-up.
   */
  OptionalInt breaks() {
    OptionalInt told = Seals.breaks(reading);
    return told.isPresent() || !fact.oneWord() ? told : OptionalInt.of(0);
  }

  /** Seal amount over free-float market value (封流比), {@code NaN} if not known. */
  double sealToFloat() {
    return sealAmount() / (status.floatShares(date()) * fact.close());
  }

  /** Seal amount over the day's amount (封成比), {@code NaN} if not known. */
  double sealToTurnover() {
    double amount = value(Field.AMOUNT);
    return sealAmount() / (amount > 0 ? amount : Double.NaN);
  }

  private double sealAmount() {
    return seal().map(facts -> facts.sealAmount().orElse(Double.NaN)).orElse(Double.NaN);
  }

  /** Volume over free-float shares, {@code NaN} if not known. */
  double turnover() {
    return value(Field.VOLUME) / status.floatShares(date());
  }

  double value(Field field) {
    return snapshot.raw().has(field) ? snapshot.raw().value(field, instrument, day) : Double.NaN;
  }

  List<String> flags() {
    List<String> flags = new ArrayList<>();
    if (fact.oneWord()) {
      flags.add("UNBUYABLE");
      flags.add("ONE_WORD");
    }
    if (fact.tBoard()) {
      flags.add("T_BOARD");
    }
    if (breaks().orElse(0) >= 3) {
      flags.add("ROTTEN_BOARD");
    }
    if (firstSeal().filter(time -> !time.isBefore(LocalTime.of(14, 30))).isPresent()) {
      flags.add("LATE_BOARD");
    }
    if (fact.streak() >= 2) {
      flags.add("STREAK_" + fact.streak());
    }
    reading.ifPresent(found -> flags.addAll(found.flags()));
    return flags;
  }
}
