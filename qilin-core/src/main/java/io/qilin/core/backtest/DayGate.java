package io.qilin.core.backtest;

import io.qilin.api.error.QilinException;
import io.qilin.api.risk.RiskContext;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import io.qilin.core.backtest.Execution.Refusal;
import io.qilin.core.risk.RiskGate;
import io.qilin.core.risk.RiskSession;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The host's risk rules in one session of a backtest. An order without a limit is judged at the last
 * close. What was filled before counts for the orders after it.
 */
final class DayGate {
  private final RiskGate gate;
  private final RiskSession session;

  DayGate(RiskGate gate, RiskContext context) {
    this.gate = gate;
    this.session = RiskSession.of(context);
  }

  /** The first objection to an order. */
  Optional<Refusal> check(PlannedOrder planned) {
    Order order;
    try {
      order = planned.order(
          BigDecimal.valueOf(session.share(planned.symbol()).closeMills(), 3).stripTrailingZeros());
    } catch (QilinException e) {
      // An order that cannot be made, or has no price, is refused by the exchange with its own
      // reason.
      return Optional.empty();
    }
    return gate.check(order, session)
        .fold(
            Optional::empty,
            (RiskVerdict.Reject reject) ->
                OrderRules.refusal(RejectReason.RISK_RULE, reject.rule() + ": " + reject.reason()));
  }

  /** Counts what was filled. */
  void filled(Execution execution) {
    PlannedOrder planned = execution.order();
    for (Execution.Part part : execution.fills()) {
      Order fill = new Order(
          planned.symbol(),
          planned.side(),
          BigDecimal.valueOf(part.mills(), 3).stripTrailingZeros(),
          part.shares());
      session.accept(fill);
      if (planned.side() == Side.SELL) {
        session.sold(fill);
      }
    }
  }
}
