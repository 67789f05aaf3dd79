package io.qilin.core.risk;

import io.qilin.api.trading.Order;
import io.qilin.api.trading.Side;
import io.qilin.core.rules.LotRule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Forbids a buy after which the portfolio would lose too much on a bad day. The order's effect is
 * computed, not bounded: its own past gains are added to those of the portfolio and the tail is taken
 * anew, in one pass over the days.
 */
final class TailRule {
  /** A year of trading days. */
  static final int DAYS = 250;
  /** Fewer returns of a share than this tell nothing of its tail. */
  static final int LEAST = 60;

  private static final double MILLS_PER_YUAN = 1000;

  private final ValueAtRisk measure;
  private final boolean shortfall;
  private final double limit;

  TailRule(ValueAtRisk measure, boolean shortfall, double limit) {
    this.measure = measure;
    this.shortfall = shortfall;
    this.limit = limit;
  }

  Optional<String> judge(Order order, RiskSession session) {
    if (order.side() == Side.SELL) {
      return Optional.empty();
    }
    double equity = session.equityMills() / MILLS_PER_YUAN;
    Scenarios scenarios = session.scenarios(DAYS, LEAST);
    Tail tail = scenarios.tail(measure);
    double loss = loss(tail, scenarios, order, Mills.value(order));
    return loss <= limit * equity
        ? Optional.empty()
        : Optional.of(tooMuch(order, session, loss, limit * equity));
  }

  private double loss(Tail tail, Scenarios scenarios, Order order, long moreMills) {
    double[] gains = scenarios.with(order.symbol(), moreMills);
    return shortfall ? tail.shortfall(gains) : tail.valueAtRisk(gains);
  }

  private String tooMuch(Order order, RiskSession session, double loss, double most) {
    Scenarios scenarios = session.scenarios(DAYS, LEAST);
    Tail tail = scenarios.tail(measure);
    return "the portfolio could lose " + yuan(loss) + " yuan in a day ("
        + (shortfall ? "expected shortfall, " : "value at risk, ") + measure.method() + ", "
        + measure.confidence() + "), allowed are " + yuan(most) + " ("
        + new Fraction(limit) + " of the equity), without the order it is "
        + yuan(loss(tail, scenarios, order, 0)) + "; the order may be "
        + fitting(order, session, most) + " shares";
  }

  /** The most lots that fit, found by halving; as the tail is not smooth, more may fit again above. */
  private long fitting(Order order, RiskSession session, double most) {
    Scenarios scenarios = session.scenarios(DAYS, LEAST);
    Tail tail = scenarios.tail(measure);
    LotRule lots = session.share(order.symbol()).lotRule();
    long price = Mills.ceiling(order.price());
    long low = 0;
    long high = lots.floorBuy(order.shares()) / lots.step();
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      boolean fits =
          loss(tail, scenarios, order, Mills.product(price, middle * lots.step())) <= most;
      low = fits ? middle : low;
      high = fits ? high : middle - 1;
    }
    return lots.floorBuy(low * lots.step());
  }

  private static String yuan(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).setScale(2, RoundingMode.HALF_UP).toPlainString()
        : "an unknown amount of";
  }
}
