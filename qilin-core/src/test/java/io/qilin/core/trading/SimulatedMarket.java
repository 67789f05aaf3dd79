package io.qilin.core.trading;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Board;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
import io.qilin.api.trading.ExecutionPhase;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.Side;
import io.qilin.core.backtest.ExchangeSettings;
import io.qilin.core.backtest.ExchangeSimulator;
import io.qilin.core.backtest.Ledger;
import io.qilin.testkit.Panels;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One share on three days: usual, usual, sealed at limit-up from the open; and an account of 100 000 yuan. */
final class SimulatedMarket {
  static final Symbol SYMBOL = Panels.SYMBOL;
  static final LocalDate FIRST = LocalDate.of(2024, 1, 2);
  static final LocalDate SECOND = LocalDate.of(2024, 1, 3);
  static final LocalDate THIRD = LocalDate.of(2024, 1, 4);

  private static final Panel BARS = Panels.table(Adjustment.RAW, """
      day        symbol    pre_close open  high  low   close volume
      2024-01-02 600519.SH 10.00     10.00 10.20 9.90  10.10 10000
      2024-01-03 600519.SH 10.10     10.10 10.30 10.00 10.20 10000
      2024-01-04 600519.SH 10.20     11.22 11.22 11.22 11.22 10000
      """);

  final Ledger ledger = Ledger.open(Money.parse("100000"), FIRST);
  final PaperBroker broker =
      new PaperBroker(new SimulatedMatching(exchange(), ledger, ExecutionPhase.CLOSING_AUCTION));

  static ExchangeSimulator exchange() {
    SecurityStatus status = new SecurityStatus(
        SYMBOL,
        LocalDate.of(2001, 8, 27),
        Board.SSE_MAIN,
        "测试",
        RiskWarning.NONE,
        Optional.of(LocalDate.of(2001, 8, 27)),
        OptionalLong.empty());
    return ExchangeSimulator.of(
        BARS, Map.of(SYMBOL, SecurityTimeline.of(List.of(status))), ExchangeSettings.DEFAULT);
  }

  static Order order(Side side, String price, long shares) {
    return new Order(SYMBOL, side, new BigDecimal(price), shares);
  }
}
