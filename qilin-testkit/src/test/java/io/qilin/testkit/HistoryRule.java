package io.qilin.testkit;

import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.risk.RiskRule;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.Order;
import java.util.Optional;

/**
 * A correct rule, from which the defective ones of the tests differ in one thing: no price above twice the last close of
 * a share that is known.
 */
class HistoryRule implements RiskRule {
  @Override
  public String id() {
    return "twice-the-close";
  }

  @Override
  public RiskVerdict check(Order order, RiskContext context) {
    if (!context.securities().containsKey(order.symbol())) {
      return unknown(order.symbol() + " is not known");
    }
    Panel history = context.history();
    Optional<Integer> at = history.find(order.symbol());
    double close = at.isEmpty()
        ? Double.NaN
        : history.value(Field.CLOSE, at.get(), history.days().size() - 1);
    if (Double.isNaN(close)) {
      return unknown("the last close of " + order.symbol() + " is not known");
    }
    return order.price().doubleValue() <= 2 * close
        ? RiskVerdict.pass()
        : new RiskVerdict.Reject(id(), reason(order, close));
  }

  /** The verdict where something is not known; a defect overrides it. */
  RiskVerdict unknown(String reason) {
    return new RiskVerdict.Reject(id(), reason);
  }

  /** The text of a rejection; a defect overrides it. */
  String reason(Order order, double close) {
    return order.price() + " is above twice the close " + close;
  }
}
