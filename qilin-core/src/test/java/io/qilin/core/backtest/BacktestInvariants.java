package io.qilin.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.trading.Side;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.core.rules.PriceLimits;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must hold of every run by the exact rules, whatever the strategy did. Reckoned anew from the journal and the trades. */
final class BacktestInvariants {
  private BacktestInvariants() {}

  static void check(Panel raw, Map<Symbol, SecurityTimeline> securities, BacktestRun run) {
    journalBalances(run);
    noSaleOnTheDayOfPurchase(run);
    noFillOutsideTheLimits(raw, securities, run);
    accountsFollowFromTheJournal(run);
  }

  private static void journalBalances(BacktestRun run) {
    Balance sum = Balance.ZERO;
    Map<Symbol, Long> held = new HashMap<>();
    for (JournalEntry entry : run.journal()) {
      sum = sum.plus(entry);
      assertThat(sum.balances()).isTrue();
      assertThat(sum.cash().isNegative()).as("cash after %s", entry).isFalse();
      entry.symbol().ifPresent(symbol -> {
        long now = held.merge(symbol, entry.shares(), Long::sum);
        assertThat(now).as("%s after %s", symbol, entry).isNotNegative();
      });
    }
    assertThat(sum).isEqualTo(run.balance());
    held.values().removeIf(shares -> shares == 0);
    assertThat(run.portfolio().holdings().keySet()).isEqualTo(held.keySet());
    held.forEach((symbol, shares) -> assertThat(run.portfolio().shares(symbol)).isEqualTo(shares));
  }

  private static void noSaleOnTheDayOfPurchase(BacktestRun run) {
    Map<Symbol, Long> sellable = new HashMap<>();
    Map<Symbol, Long> today = new HashMap<>();
    Optional<LocalDate> day = Optional.empty();
    for (JournalEntry entry : run.journal()) {
      if (!day.equals(Optional.of(entry.day()))) {
        today.forEach((symbol, shares) -> sellable.merge(symbol, shares, Long::sum));
        today.clear();
        day = Optional.of(entry.day());
      }
      if (entry.kind() == JournalEntry.Kind.BUY || entry.kind() == JournalEntry.Kind.RIGHTS) {
        today.merge(entry.symbol().orElseThrow(), entry.shares(), Long::sum);
      } else if (entry.symbol().isPresent() && entry.shares() != 0) {
        long left = sellable.merge(entry.symbol().get(), entry.shares(), Long::sum);
        assertThat(left).as("sellable after %s", entry).isNotNegative();
      }
    }
  }

  private static void noFillOutsideTheLimits(
      Panel raw, Map<Symbol, SecurityTimeline> securities, BacktestRun run) {
    LimitUpFacts facts = LimitUpFacts.of(raw, securities, MarketRuleBook.aShare());
    Set<String> sold = new HashSet<>();
    for (Trade trade : run.report().trades()) {
      int i = raw.indexOf(trade.symbol());
      int d = raw.indexOf(trade.day());
      Optional<PriceLimits> limits = facts.limits(i, d);
      assertThat(facts.at(i, d).traded()).as("%s", trade).isTrue();
      if (limits.isPresent()) {
        assertThat(trade.price())
            .as("%s", trade)
            .isBetween(limits.get().down(), limits.get().up());
        assertThat(limits.get().within(trade.price())).as("%s", trade).isTrue();
      }
      if (trade.side() == Side.SELL) {
        sold.add(trade.symbol() + " " + trade.day());
      }
      assertThat(trade.shares()).isPositive();
    }
    assertThat(sold).hasSizeLessThanOrEqualTo(run.report().trades().size());
  }

  private static void accountsFollowFromTheJournal(BacktestRun run) {
    Map<LocalDate, Money> cash = new HashMap<>();
    Money sum = Money.ZERO;
    for (JournalEntry entry : run.journal()) {
      sum = sum.plus(entry.cash());
      cash.put(entry.day(), sum);
    }
    Money last = run.journal().get(0).cash();
    for (BacktestDay day : run.report().days()) {
      last = cash.getOrDefault(day.day(), last);
      assertThat(Math.round(day.cash() * 100)).as("cash of %s", day.day()).isEqualTo(last.fen());
      assertThat(day.account()).isEqualTo(Math.round((day.cash() + day.value()) * 100) / 100.0);
    }
  }
}
