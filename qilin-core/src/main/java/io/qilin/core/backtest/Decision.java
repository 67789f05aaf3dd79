package io.qilin.core.backtest;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.Portfolio;
import java.util.ArrayList;
import java.util.List;

/** Asks a strategy for its orders, and says when it failed. */
final class Decision {
  private Decision() {}

  /**
   * The orders, in a list of their own.
   *
   * @throws QilinException with the strategy's own code, or TRADING, if it throws or gives no orders
   */
  static List<PlannedOrder> of(Strategy strategy, Panel history, Portfolio portfolio) {
    try {
      return new ArrayList<>(List.copyOf(strategy.orders(history, portfolio)));
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      ErrorCode code = e instanceof QilinException typed ? typed.code() : ErrorCode.TRADING;
      String what = e instanceof QilinException ? "" : e.getClass().getSimpleName() + " ";
      throw new QilinException(
          code,
          "the strategy failed, or gave null, in the evening of " + history.lastDay() + ": " + what
              + e.getMessage(),
          e);
    }
  }
}
