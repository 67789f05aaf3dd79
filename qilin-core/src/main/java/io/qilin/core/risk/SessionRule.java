package io.qilin.core.risk;

import io.qilin.api.risk.RiskContext;
import io.qilin.api.risk.RiskRule;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.Order;

/**
 * A rule that reads what a {@link RiskSession} has prepared, so that it need not look at the whole
 * history and portfolio for each order. Every rule of {@link RiskRules} is one; a host's own may be,
 * or be a plain {@link RiskRule}, which costs more per order.
 */
public interface SessionRule extends RiskRule {
  /** Judges one order; orders that the session has accepted count as its Javadoc says. */
  RiskVerdict judge(Order order, RiskSession session);

  /** The same for a single order, with a session of its own. */
  @Override
  default RiskVerdict check(Order order, RiskContext context) {
    return judge(order, RiskSession.of(context));
  }
}
