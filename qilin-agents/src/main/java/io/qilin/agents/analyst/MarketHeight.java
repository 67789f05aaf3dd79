package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.core.rules.LimitUpFact;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.Sessions;
import java.util.BitSet;

/** Which shares closed sealed on the last day, and which of them stands highest. Immutable. */
final class MarketHeight {
  private static final int LEAST = 2;

  private final BitSet sealed = new BitSet();
  private final BitSet leaders = new BitSet();

  private MarketHeight() {}

  static MarketHeight of(MarketSnapshot snapshot, LimitUpFacts facts, Seals seals, int[] traded) {
    MarketHeight height = new MarketHeight();
    int last = snapshot.raw().days().size() - 1;
    int highest = LEAST;
    for (int i : traded) {
      LimitUpFact fact = facts.at(i, last);
      if (fact.sealed() && !fact.beyondLimits()) {
        height.sealed.set(i);
        if (fact.streak() > highest) {
          height.leaders.clear();
          highest = fact.streak();
        }
        if (fact.streak() == highest) {
          height.leaders.set(i);
        }
      }
    }
    height.keepFirst(snapshot, facts, seals, last);
    return height;
  }

  /** Of several the one that sealed first; all of them if a time is not known. */
  private void keepFirst(MarketSnapshot snapshot, LimitUpFacts facts, Seals seals, int last) {
    double earliest = Double.POSITIVE_INFINITY;
    BitSet first = new BitSet();
    for (int i = leaders.nextSetBit(0); i >= 0; i = leaders.nextSetBit(i + 1)) {
      double time = seals
          .find(snapshot, i, last)
          .flatMap(found -> found.facts().firstSeal())
          .map(Sessions::minutesElapsed)
          .orElse(facts.oneWord(i, last) ? 0 : Double.NaN);
      if (Double.isNaN(time)) {
        return;
      }
      if (time < earliest) {
        first.clear();
        earliest = time;
      }
      if (time == earliest) {
        first.set(i);
      }
    }
    leaders.and(first);
  }

  boolean sealed(int instrument) {
    return sealed.get(instrument);
  }

  /** Whether it has the longest streak of the market. */
  boolean leader(int instrument) {
    return leaders.get(instrument);
  }
}
