package io.qilin.agents.memory;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.Symbol;
import io.qilin.core.rules.LimitUpFact;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.core.rules.PriceLimits;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;

/**
 * What a recommendation brought, as far as a snapshot knows: bought at the opening of its session,
 * unless the share does not trade or opens at limit-up; sold at the opening of the first day, at
 * least {@code days} trading days later, on which it trades and does not open at limit-down. At least
 * one day lies between, as a share cannot be sold on the day of its purchase (T+1). Returns are of
 * adjusted prices, before fees.
 *
 * <p>The benchmark is the index of the share's board: SSE Composite 000001.SH, SZSE Component
 * 399001.SZ, ChiNext 399006.SZ, STAR 50 000688.SH, BSE 50 899050.BJ. Immutable and safe to share.
 */
final class HoldingReturn {
  private final MarketSnapshot evening;
  private final Panel indexes;
  private final LimitUpFacts facts;
  private final int days;

  HoldingReturn(MarketSnapshot evening, Panel indexes, int days) {
    this.evening = evening;
    this.indexes = Objects.requireNonNull(indexes, "indexes");
    this.facts = LimitUpFacts.of(evening.raw(), evening.securities(), MarketRuleBook.aShare());
    this.days = days;
  }

  /** What became of an entry; empty while it is not known. */
  Optional<Resolution> of(MemoryEntry entry) {
    Panel raw = evening.raw();
    int bought = Collections.binarySearch(raw.days(), entry.session());
    if (bought < 0 || raw.find(entry.symbol()).isEmpty()) {
      return Optional.empty();
    }
    int instrument = raw.indexOf(entry.symbol());
    Symbol benchmark = benchmark(entry.symbol(), entry.session());
    if (!opens(facts.at(instrument, bought), true)) {
      return Optional.of(new Resolution(
          evening.day(), Optional.empty(), Double.NaN, benchmark, Double.NaN, Optional.empty()));
    }
    for (int d = bought + days; d < raw.days().size(); d++) {
      if (opens(facts.at(instrument, d), false)) {
        double gain = gain(evening.adjusted(), instrument, bought, d);
        return Double.isNaN(gain)
            ? Optional.empty()
            : Optional.of(sold(raw.days().get(bought), raw.days().get(d), gain, benchmark));
      }
    }
    return Optional.empty();
  }

  private Resolution sold(LocalDate bought, LocalDate sold, double gain, Symbol benchmark) {
    int index = indexes.find(benchmark).orElse(-1);
    int from = Collections.binarySearch(indexes.days(), bought);
    int to = Collections.binarySearch(indexes.days(), sold);
    double market = index < 0 || from < 0 || to < 0 ? Double.NaN : gain(indexes, index, from, to);
    return new Resolution(
        evening.day(), Optional.of(sold), gain, benchmark, gain - market, Optional.empty());
  }

  /** Whether the share opens at a price at which one can buy, or sell. */
  private static boolean opens(LimitUpFact fact, boolean buy) {
    if (!fact.traded() || !(fact.open() > 0) || fact.beyondLimits()) {
      return false;
    }
    Optional<PriceLimits> limits = fact.limits();
    return limits.isEmpty()
        || !(buy ? limits.get().isUp(fact.open()) : limits.get().isDown(fact.open()));
  }

  private static double gain(Panel panel, int instrument, int from, int to) {
    if (!panel.has(Field.OPEN)) {
      return Double.NaN;
    }
    double gain =
        panel.value(Field.OPEN, instrument, to) / panel.value(Field.OPEN, instrument, from) - 1;
    return Double.isFinite(gain) ? gain : Double.NaN;
  }

  private Symbol benchmark(Symbol symbol, LocalDate day) {
    Board board = Optional.ofNullable(evening.securities().get(symbol))
        .flatMap(timeline -> timeline.on(day))
        .map(SecurityStatus::board)
        .or(() -> MarketRuleBook.boardOf(symbol))
        .orElseThrow(() -> QilinException.invalid(symbol + " is on no board of the rule book"));
    return Symbol.parse(
        switch (board) {
          case SSE_MAIN, SSE_FUND -> "000001.SH";
          case STAR -> "000688.SH";
          case CHINEXT -> "399006.SZ";
          case BSE -> "899050.BJ";
          case SZSE_MAIN, SZSE_FUND -> "399001.SZ";
        });
  }
}
