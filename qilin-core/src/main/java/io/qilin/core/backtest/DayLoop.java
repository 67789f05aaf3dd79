package io.qilin.core.backtest;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Side;
import io.qilin.core.rules.PriceLimits;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One run of a {@link Backtest}: day after day decide, book ex-dates, trade, value, record. */
final class DayLoop {
  private final Backtest.Builder settings;
  private final Panel panel;
  private final Strategy strategy;
  private final KnownStatuses statuses;
  private final PanelColumn close;
  private final Map<Symbol, Integer> indices = new HashMap<>();
  private final Set<Symbol> ended = new HashSet<>();
  private final List<BacktestDay> days = new ArrayList<>();
  private final List<Trade> trades = new ArrayList<>();
  private final List<BlockedOrder> blocked = new ArrayList<>();
  private final List<DayPosition> positions = new ArrayList<>();
  private final List<BacktestFinding> findings = new ArrayList<>();
  private final ExDates exDates;
  private final Ledger ledger;
  private final double[] bench;
  private final int first;
  private final int last;
  private ExchangeSimulator exchange;
  private Money turnover = Money.ZERO;

  DayLoop(Backtest.Builder settings, Panel panel, Strategy strategy) {
    this.settings = settings;
    this.panel = panel;
    this.strategy = strategy;
    this.statuses = new KnownStatuses(settings.securities, settings.statusNotices);
    this.exchange =
        ExchangeSimulator.of(panel, settings.securities, settings.minuteBars, settings.exchange);
    this.close = panel.column(Field.CLOSE);
    for (int i = 0; i < panel.symbols().size(); i++) {
      indices.put(panel.symbols().get(i), i);
    }
    this.exDates = new ExDates(
        exchange.facts(),
        new KnownActions(settings.actions, settings.actionNotices),
        settings.subscribeRights,
        findings);
    this.ledger = Ledger.open(settings.account, settings.start);
    this.first = panel.indexOf(settings.start);
    this.last = panel.indexOf(settings.end);
    this.bench = settings.benchmark.returns(panel, first, last + 1);
  }

  BacktestRun run() {
    if (!panel.has(Field.PRE_CLOSE)) {
      finding(
          settings.start,
          Optional.empty(),
          "no-reference-price",
          "the bars have neither $pre_close nor $factor; on an ex-date the limits are wrong and the fall of the price"
              + " counts as a loss");
    }
    for (int day = first; day <= last; day++) {
      settings.cancellation.check();
      day(day);
      settings.progress.progress(day - first + 1L, last - first + 1L);
    }
    BacktestReport report = new BacktestReport(
        BacktestReport.Mode.EXACT_A_SHARE,
        settings.text(),
        days,
        trades,
        blocked,
        positions,
        findings,
        settings.dataHash);
    return new BacktestRun(report, ledger.journal(), ledger.balance(), ledger.portfolio());
  }

  private void day(int day) {
    Money before = ledger.equity();
    Balance paid = ledger.balance();
    Money turnoverBefore = turnover;
    List<PlannedOrder> orders = day == 0 ? List.of() : decide(day);
    hear(panel.days().get(day));
    ledger.startDay(day);
    exDates.apply(ledger, day, indices);
    endListings(day);
    trade(day, orders);
    value(day);
    record(day, before, paid, turnoverBefore);
  }

  /** From the beginning of a session on the exchange applies what was public then. */
  private void hear(LocalDate session) {
    if (statuses.advance(PublicationTimes.startOf(session))) {
      exchange = exchange.with(statuses.timelines());
      exDates.facts(exchange.facts());
    }
  }

  private List<PlannedOrder> decide(int day) {
    LocalDate decided = panel.days().get(day - 1);
    try {
      List<PlannedOrder> orders = Decision.of(strategy, panel.until(decided), ledger.portfolio());
      orders.sort(Comparator.comparing(PlannedOrder::phase)
          .thenComparing(order -> order.side() == Side.SELL ? 0 : 1));
      return orders;
    } catch (QilinException e) {
      if (settings.onFailure == OnFailure.STOP) {
        throw e;
      }
      finding(
          panel.days().get(day),
          Optional.empty(),
          "strategy-failed",
          String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private void endListings(int day) {
    LocalDate date = panel.days().get(day);
    for (Symbol symbol : List.copyOf(ledger.positions().keySet())) {
      int end = panel.endRow(indices.getOrDefault(symbol, 0));
      if (day < end || ended.contains(symbol)) {
        continue;
      }
      Money paid = settings.delisted.get(symbol);
      if (paid != null) {
        ledger.delist(date, symbol, paid);
        finding(date, Optional.of(symbol), "delisted", paid + " yuan are paid for a share");
      } else {
        ended.add(symbol);
        finding(
            date,
            Optional.of(symbol),
            "rows-ended",
            "a holding has no rows from here on; it stays at its last close and cannot be sold");
      }
    }
  }

  private void trade(int day, List<PlannedOrder> orders) {
    if (orders.isEmpty()) {
      return;
    }
    LocalDate date = panel.days().get(day);
    Broker broker = new Broker(exchange, ledger, date);
    Optional<DayGate> gate = settings.gate.map(rules -> new DayGate(
        rules,
        new RiskContext(
            date,
            panel.until(panel.days().get(day - 1)),
            statuses.timelines(),
            ledger.portfolio())));
    for (PlannedOrder order : orders) {
      Optional<Execution.Refusal> objection = gate.flatMap(rules -> rules.check(order));
      if (objection.isPresent()) {
        block(date, Execution.refused(order, objection.get()));
      } else {
        Broker.Booked booked = broker.send(order);
        gate.ifPresent(rules -> rules.filled(booked.execution()));
        keep(date, booked);
        block(date, booked.execution());
      }
    }
  }

  private void keep(LocalDate date, Broker.Booked booked) {
    Execution execution = booked.execution();
    booked.cost().ifPresent(cost -> {
      turnover = turnover.plus(execution.amount());
      trades.add(new Trade(
          date,
          execution.order().symbol(),
          execution.order().side(),
          execution.filled(),
          execution.averagePrice(),
          yuan(execution.amount()),
          yuan(cost.total()),
          booked.profit().map(DayLoop::yuan).orElse(Double.NaN),
          execution.order().reason()));
    });
  }

  private void block(LocalDate date, Execution execution) {
    execution
        .refusal()
        .ifPresent(refusal -> blocked.add(new BlockedOrder(
            date,
            execution.order().symbol(),
            execution.order().side(),
            execution.unfilled(),
            refusal.reason(),
            refusal.message())));
  }

  private void value(int day) {
    ledger.positions().forEach((symbol, position) -> {
      int instrument = indices.getOrDefault(symbol, -1);
      if (instrument < 0 || !exchange.facts().at(instrument, day).traded()) {
        return;
      }
      Optional<Execution.Refusal> unusable = exchange.unusable(instrument, day);
      if (unusable.isEmpty()) {
        position.mark(PriceLimits.mills(close.value(instrument, day)));
      } else {
        position.doubt();
        finding(
            panel.days().get(day),
            Optional.of(symbol),
            "unusable-bar",
            "the holding keeps its value: " + unusable.get().message());
      }
    });
  }

  private void record(int day, Money before, Balance paid, Money turnoverBefore) {
    LocalDate date = panel.days().get(day);
    Balance now = ledger.balance();
    Money value = ledger.value();
    Money account = now.cash().plus(value);
    Money costs = now.fees().plus(now.taxes());
    Money cost = costs.minus(paid.fees()).minus(paid.taxes());
    double base = before.fen() == 0 ? Double.POSITIVE_INFINITY : before.fen();
    days.add(new BacktestDay(
        date,
        yuan(account),
        account.minus(before).plus(cost).fen() / base,
        yuan(turnover),
        turnover.minus(turnoverBefore).fen() / base,
        yuan(costs),
        cost.fen() / base,
        yuan(value),
        yuan(now.cash()),
        bench[day - first]));
    if (settings.keepPositions) {
      double whole = account.fen();
      ledger
          .positions()
          .forEach((symbol, position) -> positions.add(new DayPosition(
              date,
              symbol,
              position.shares(),
              position.markMills() / 1000.0,
              position.value().fen() / whole,
              day - position.openedOn() + 1)));
    }
  }

  private void finding(LocalDate day, Optional<Symbol> symbol, String rule, String message) {
    findings.add(new BacktestFinding(day, symbol, rule, message));
  }

  private static double yuan(Money money) {
    return money.fen() / 100.0;
  }
}
