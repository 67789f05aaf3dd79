package io.qilin.data.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.LimitEvent;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.core.rules.PriceLimits;
import java.time.LocalDate;
import java.util.Optional;

/** Looks at every row of a demo market with its own eyes: the rules of the exchange, not the code that made it. */
final class MarketAudit {
  int rows;
  int sealedUp;
  int sealedDown;
  int broken;
  int oneWord;
  int suspended;
  int warned;
  int listings;
  int freeDays;
  int exDays;
  int bonusDays;
  int ended;
  int longestStreak;

  private final DemoMarket market;
  private final Panel panel;

  MarketAudit(DemoMarket market) {
    this.market = market;
    this.panel = market.bars().panel();
    for (int i = 0; i < panel.symbols().size(); i++) {
      share(i);
    }
  }

  private void share(int i) {
    SecurityTimeline timeline = market.securities().get(panel.symbols().get(i));
    ended += panel.endRow(i) < panel.days().size() - 60 ? 1 : 0;
    Row before = null;
    int streak = 0;
    int own = 0;
    RiskWarning warnedBefore = RiskWarning.NONE;
    for (int day = panel.firstRow(i); day < panel.endRow(i); day++) {
      SecurityStatus status = timeline.on(panel.days().get(day)).orElseThrow();
      assertThat(MarketRuleBook.boardOf(status.symbol())).contains(status.board());
      Row row = new Row(panel, i, day);
      if (Double.isNaN(row.close)) {
        suspended++;
        assertThat(row.isEmpty())
            .as("all cells of a suspended day are unknown: %s", row)
            .isTrue();
        continue;
      }
      own++;
      rows++;
      warned += status.riskWarning() == RiskWarning.NONE ? 0 : 1;
      boolean isNew =
          status.listDate().filter(date -> !date.isBefore(panel.days().get(0))).isPresent();
      assertThat(own > 1
              || !isNew
              || status.listDate().orElseThrow().equals(panel.days().get(day)))
          .isTrue();
      row.check();
      chain(before, row);
      Optional<PriceLimits> limits =
          limits(status, panel.days().get(day), row.preClose, isNew ? own : 0, warnedBefore);
      listings += isNew && own == 1 ? 1 : 0;
      streak = limits.isPresent() ? limited(row, limits.get(), streak) : free();
      longestStreak = Math.max(longestStreak, streak);
      before = row;
      warnedBefore = status.riskWarning();
    }
  }

  private int free() {
    freeDays++;
    return 0;
  }

  private static Optional<PriceLimits> limits(
      SecurityStatus status, LocalDate day, double reference, int listingDay, RiskWarning before) {
    BoardRules rule = MarketRuleBook.aShare().at(day).rule(status.board(), status.riskWarning());
    boolean consolidation =
        status.riskWarning() == RiskWarning.DELISTING && before != RiskWarning.DELISTING;
    return consolidation
        ? rule.limits(reference, LimitEvent.DELISTING, 1)
        : rule.limits(reference, listingDay);
  }

  private int limited(Row row, PriceLimits limits, int streak) {
    assertThat(limits.within(row.high) && limits.within(row.low))
        .as("%s inside %s", row, limits)
        .isTrue();
    sealedDown += limits.isDown(row.close) ? 1 : 0;
    if (!limits.isUp(row.close)) {
      broken += limits.isUp(row.high) ? 1 : 0;
      return 0;
    }
    sealedUp++;
    oneWord += limits.isUp(row.low) ? 1 : 0;
    return streak + 1;
  }

  private void chain(Row before, Row row) {
    if (before == null) {
      assertThat(row.factor).isEqualTo(1.0);
      return;
    }
    if (row.factor == before.factor) {
      assertThat(row.preClose).as("%s after %s", row, before).isEqualTo(before.close);
      return;
    }
    exDays++;
    bonusDays += row.factor / before.factor > 1.15 ? 1 : 0;
    assertThat(row.preClose).as("%s after %s", row, before).isLessThan(before.close);
    assertThat(row.factor / before.factor).isCloseTo(before.close / row.preClose, within());
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-12);
  }

  /** One row in fields. */
  private static final class Row {
    final String place;
    final double open;
    final double high;
    final double low;
    final double close;
    final double vwap;
    final double volume;
    final double amount;
    final double factor;
    final double preClose;

    Row(Panel panel, int i, int day) {
      place = panel.symbols().get(i) + " " + panel.days().get(day);
      open = panel.value(Field.OPEN, i, day);
      high = panel.value(Field.HIGH, i, day);
      low = panel.value(Field.LOW, i, day);
      close = panel.value(Field.CLOSE, i, day);
      vwap = panel.value(Field.VWAP, i, day);
      volume = panel.value(Field.VOLUME, i, day);
      amount = panel.value(Field.AMOUNT, i, day);
      factor = panel.value(Field.FACTOR, i, day);
      preClose = panel.value(Field.PRE_CLOSE, i, day);
    }

    boolean isEmpty() {
      return Double.isNaN(open)
          && Double.isNaN(high)
          && Double.isNaN(low)
          && Double.isNaN(vwap)
          && Double.isNaN(volume)
          && Double.isNaN(amount)
          && Double.isNaN(factor)
          && Double.isNaN(preClose);
    }

    void check() {
      boolean onTick =
          onTick(open) && onTick(high) && onTick(low) && onTick(close) && onTick(preClose);
      boolean ordered = low > 0
          && low <= Math.min(open, close)
          && Math.max(open, close) <= high
          && low <= vwap
          && vwap <= high;
      boolean traded = volume >= 100 && volume == Math.rint(volume) && vwap == vwap(amount, volume);
      boolean adds = Math.rint(vwap * volume * 100) / 100 == amount;
      if (!(onTick && ordered && traded && adds && factor >= 1)) {
        throw new AssertionError(this + " onTick " + onTick + " ordered " + ordered + " traded "
            + traded + " adds " + adds);
      }
    }

    private static double vwap(double amount, double volume) {
      return Math.rint(amount * 100) / volume / 100.0;
    }

    private static boolean onTick(double price) {
      return Math.rint(price * 100) / 100.0 == price;
    }

    @Override
    public String toString() {
      return place + " o" + open + " h" + high + " l" + low + " c" + close + " w" + vwap + " v"
          + volume + " a" + amount + " f" + factor + " p" + preClose;
    }
  }
}
