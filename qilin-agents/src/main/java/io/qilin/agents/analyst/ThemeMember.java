package io.qilin.agents.analyst;

import io.qilin.agents.internal.OwnDays;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.LimitUpFact;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.Sessions;
import java.util.Optional;
import java.util.OptionalInt;

/** What one share brings to every theme it belongs to. Values not known are {@code NaN}. */
final class ThemeMember {
  private static final int RESEAL_DAYS = 10;

  private final MarketSnapshot snapshot;
  private final int instrument;
  private final LimitUpFact fact;
  private final double firstSeal;
  private final double reseals;
  private final double dayReturn;
  private final double amount;
  private final double worth;

  ThemeMember(MarketSnapshot snapshot, LimitUpFacts facts, Seals seals, int instrument) {
    Panel raw = snapshot.raw();
    int last = raw.days().size() - 1;
    this.snapshot = snapshot;
    this.instrument = instrument;
    this.fact = facts.at(instrument, last);
    this.firstSeal = firstSeal(seals, last);
    this.reseals = reseals(facts, seals, last);
    double reference = fact.referencePrice();
    this.dayReturn = reference > 0 ? fact.close() / reference - 1 : Double.NaN;
    this.amount = OwnDays.last(raw, instrument, 1).amounts(raw, 1)[0];
    this.worth = new ShareStatus(snapshot, symbol()).floatShares(snapshot.day()) * fact.close();
  }

  private double firstSeal(Seals seals, int last) {
    if (!fact.touched()) {
      return Double.NaN;
    }
    Optional<SealReading> reading = seals.find(snapshot, instrument, last);
    double told = reading
        .flatMap(found -> found.facts().firstSeal())
        .map(Sessions::minutesElapsed)
        .orElse(Double.NaN);
    return Double.isNaN(told) && fact.oneWord() ? 0 : told;
  }

  /** Days on which a broken seal closed sealed, among all on which it broke. */
  private double reseals(LimitUpFacts facts, Seals seals, int last) {
    int resealed = 0;
    int broken = 0;
    int own = 0;
    Panel raw = snapshot.raw();
    for (int d = last; d >= raw.firstRow(instrument) && own < RESEAL_DAYS; d--) {
      boolean traded = OwnDays.traded(raw, instrument, d);
      own += traded ? 1 : 0;
      if (traded && SealedShare.mayTouch(raw, instrument, d)) {
        LimitUpFact day = facts.at(instrument, d);
        broken += day.broken() ? 1 : 0;
        if (day.sealed() && !seals.isEmpty(snapshot)) {
          OptionalInt breaks = Seals.breaks(seals.find(snapshot, instrument, d));
          resealed += breaks.orElse(0) > 0 ? 1 : 0;
        }
      }
    }
    return resealed + broken == 0 ? Double.NaN : resealed / (double) (resealed + broken);
  }

  int instrument() {
    return instrument;
  }

  Symbol symbol() {
    return snapshot.raw().symbols().get(instrument);
  }

  LimitUpFact fact() {
    return fact;
  }

  boolean sealed() {
    return fact.sealed() && !fact.beyondLimits();
  }

  /** Consecutive sealed days; 0 if it is not sealed. */
  int streak() {
    return sealed() ? fact.streak() : 0;
  }

  /** Minutes of trading from 09:30 to the first seal. */
  double firstSeal() {
    return firstSeal;
  }

  double reseals() {
    return reseals;
  }

  double dayReturn() {
    return dayReturn;
  }

  /** Yuan traded. */
  double amount() {
    return amount;
  }

  /** Free-float shares × close in yuan. */
  double worth() {
    return worth;
  }
}
