package io.qilin.core.backtest;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One run of a {@link QlibBacktest}, day by day. Used once. */
final class QlibRun {
  private final QlibBacktest test;
  private final Panel panel;
  private final TopkDropout rule;
  private final QlibScores signal;
  private final List<Symbol> symbols;
  private final QlibBars bars;
  private final QlibExchange exchange;
  private final QlibPosition position;
  private final RunDigest digest;
  private final List<BacktestDay> days = new ArrayList<>();
  private final List<Trade> trades = new ArrayList<>();
  private final List<BlockedOrder> blocked = new ArrayList<>();
  private final List<DayPosition> positions = new ArrayList<>();
  private final List<BacktestFinding> findings = new ArrayList<>();
  private double turnover;
  private double cost;

  QlibRun(QlibBacktest test) {
    this.test = test;
    panel = test.bars();
    rule = test.rule();
    signal = new QlibScores(panel, test.signal());
    symbols = signal.symbols();
    bars = new QlibBars(panel, test.deal(), symbols);
    exchange = new QlibExchange(bars, test.terms(), lots());
    position = new QlibPosition(symbols.size(), test.account());
    digest = new RunDigest(panel, symbols);
  }

  /** Whether amounts are rounded to lots; a finding if they would be but for a missing factor. */
  private boolean lots() {
    if (test.terms().tradeUnit().isEmpty()) {
      return false;
    }
    for (int place = 0; place < symbols.size(); place++) {
      for (int day = test.fromDay(); day < test.toDay(); day++) {
        if (Double.isNaN(bars.factor(place, day)) && !Double.isNaN(bars.close(place, day))) {
          findings.add(new BacktestFinding(
              panel.days().get(day),
              Optional.of(symbols.get(place)),
              "no-lots",
              "a close without $factor: the whole run trades without lots, as Qlib does"));
          return false;
        }
      }
    }
    return true;
  }

  BacktestReport report() {
    double[] bench = test.benchmark().returns(panel, test.fromDay(), test.toDay());
    boolean scored = false;
    for (int day = test.fromDay(); day < test.toDay(); day++) {
      Optional<double[]> scores = signal.before(day);
      if (scores.isPresent()) {
        scored = true;
        digest.add(panel.days().get(day), scores.get());
        trade(day, scores.get());
      } else {
        findings.add(new BacktestFinding(
            panel.days().get(day),
            Optional.empty(),
            "no-signal",
            "the day before has no score, so nothing was traded"));
      }
      close(day, bench[day - test.fromDay()]);
      test.done(day);
    }
    if (!scored) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "the signal has no score on any day before a trading day from "
              + panel.days().get(test.fromDay()) + " to " + panel.days().get(test.toDay() - 1));
    }
    return new BacktestReport(
        BacktestReport.Mode.QLIB,
        test.settings(),
        days,
        trades,
        blocked,
        positions,
        findings,
        digest.hex());
  }

  private void trade(int day, double[] scores) {
    TopkChoice choice = new TopkChoice(
        rule,
        scores,
        place -> !Double.isNaN(scores[place]),
        position.held(),
        place -> exchange.against(place, day).isEmpty());
    int[] sales = choice.sell().clone();
    Arrays.sort(sales);
    for (int place : sales) {
      if (position.daysHeld(place) >= rule.holdThreshold()) {
        sell(place, day, choice);
      }
    }
    int[] buys = choice.buy();
    double budget = position.cash() * rule.riskDegree() / buys.length;
    for (int place : buys) {
      buy(place, day, budget, choice);
    }
  }

  private Optional<RejectReason> against(int place, int day, Side side) {
    return rule.forbidAllTradeAtLimit()
        ? exchange.against(place, day)
        : exchange.against(place, day, side);
  }

  private void sell(int place, int day, TopkChoice choice) {
    double shares = position.shares(place);
    Optional<RejectReason> against = against(place, day, Side.SELL);
    if (against.isPresent()) {
      block(
          place,
          day,
          Side.SELL,
          shares,
          against.get(),
          exchange.explain(against.get(), place, day));
      return;
    }
    double price = exchange.price(place, day);
    double rate = exchange.costRate(Side.SELL, shares, place, day);
    double value = shares * price;
    double fee = exchange.fee(value, rate);
    if (position.cash() + value < fee) {
      block(
          place,
          day,
          Side.SELL,
          shares,
          RejectReason.INSUFFICIENT_FUNDS,
          "cash " + position.cash() + " and proceeds " + value + " do not pay the cost " + fee);
      return;
    }
    if (value > 1e-5) {
      double profit = position.sell(place, value, fee, price);
      String reason =
          rank(choice, place) + " fell out of the top " + rule.topk() + " + " + rule.nDrop();
      record(place, day, Side.SELL, value, fee, price, profit, reason);
    }
  }

  private void buy(int place, int day, double budget, TopkChoice choice) {
    Optional<RejectReason> against = against(place, day, Side.BUY);
    if (against.isPresent()) {
      double shares = budget / bars.lastClose(place, day);
      block(
          place, day, Side.BUY, shares, against.get(), exchange.explain(against.get(), place, day));
      return;
    }
    double price = exchange.price(place, day);
    double wanted = budget / price;
    double ordered = exchange.inLots(wanted, place, day);
    if (ordered * price <= 1e-5) {
      block(
          place,
          day,
          Side.BUY,
          wanted,
          RejectReason.LOT_SIZE,
          "less than a lot, which is " + exchange.lot(place, day) + " adjusted shares at " + price);
      return;
    }
    double rate = exchange.costRate(Side.BUY, ordered, place, day);
    double dealt = paidFor(place, day, ordered, price, rate);
    double value = dealt * price;
    if (value > 1e-5) {
      double fee = exchange.cost(value, rate);
      position.buy(place, value, fee, price);
      String reason = rank(choice, place) + " is the best not held";
      record(place, day, Side.BUY, value, fee, price, Double.NaN, reason);
    }
    if (dealt < ordered) {
      block(
          place,
          day,
          Side.BUY,
          ordered - dealt,
          RejectReason.INSUFFICIENT_FUNDS,
          "the cash paid for " + dealt + " of " + ordered + " adjusted shares at " + price
              + " with cost");
    }
  }

  /** What of an order the cash pays for. */
  private double paidFor(int place, int day, double ordered, double price, double rate) {
    double cash = position.cash();
    double value = ordered * price;
    double fee = exchange.fee(value, rate);
    if (cash < fee) {
      return 0;
    }
    double shares =
        cash < value + fee ? Math.min(exchange.affordable(cash, price, rate), ordered) : ordered;
    return exchange.inLots(shares, place, day);
  }

  private static String rank(TopkChoice choice, int place) {
    return "rank " + choice.rank(place) + " of " + choice.ranked();
  }

  private void record(
      int place,
      int day,
      Side side,
      double value,
      double fee,
      double price,
      double profit,
      String reason) {
    turnover += value;
    cost += fee;
    trades.add(new Trade(
        panel.days().get(day),
        symbols.get(place),
        side,
        value / price,
        price,
        value,
        fee,
        profit,
        reason));
  }

  private void block(
      int place, int day, Side side, double shares, RejectReason reason, String message) {
    blocked.add(
        new BlockedOrder(panel.days().get(day), symbols.get(place), side, shares, reason, message));
  }

  private void close(int day, double bench) {
    position.close(bars, day);
    LocalDate date = panel.days().get(day);
    BacktestDay last = days.isEmpty()
        ? new BacktestDay(date, test.account(), 0, 0, 0, 0, 0, 0, test.account(), 0)
        : days.get(days.size() - 1);
    double value = position.value();
    double account = value + position.cash();
    double paid = cost - last.totalCost();
    days.add(new BacktestDay(
        date,
        account,
        (account - last.account() + paid) / last.account(),
        turnover,
        (turnover - last.totalTurnover()) / last.account(),
        cost,
        paid / last.account(),
        value,
        position.cash(),
        bench));
    for (int place : position.held()) {
      double price = position.price(place);
      double shares = position.shares(place);
      positions.add(new DayPosition(
          date,
          symbols.get(place),
          shares,
          price,
          shares * price / account,
          position.daysHeld(place)));
      findEnd(place, day);
    }
  }

  private void findEnd(int place, int day) {
    if (day == panel.endRow(bars.instrument(place))) {
      findings.add(new BacktestFinding(
          panel.days().get(day),
          Optional.of(symbols.get(place)),
          "bars-ended",
          "held, but its bars ended the day before: it cannot be sold and keeps its last price "
              + position.price(place)));
    }
  }
}
