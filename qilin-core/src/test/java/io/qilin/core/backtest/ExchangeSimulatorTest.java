package io.qilin.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Board;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.trading.ExecutionPhase;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Side;
import io.qilin.testkit.Panels;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeSimulatorTest {
  private static final String HEADER =
      "day symbol open high low close volume pre_close vwap seal_volume\n";
  private static final LocalDate DAY = LocalDate.of(2024, 1, 3);
  private static final Symbol MAIN = Symbol.parse("600519.SH");
  private static final OrderAccount HOLDER = new OrderAccount(1000, 1000, 0, 0);

  private static ExchangeSimulator bar(String row, ExchangeSettings settings) {
    return of(
        "2024-01-02 600519.SH 10 10 10 10 1000000 10 10 -\n2024-01-03 600519.SH " + row, settings);
  }

  private static ExchangeSimulator of(String rows, ExchangeSettings settings) {
    return ExchangeSimulator.of(Panels.table(Adjustment.RAW, HEADER + rows), Map.of(), settings);
  }

  private static PlannedOrder buy(long shares) {
    return PlannedOrder.of(MAIN, Side.BUY, shares, "test");
  }

  private static PlannedOrder sell(long shares) {
    return PlannedOrder.of(MAIN, Side.SELL, shares, "test");
  }

  private static RejectReason reason(Execution execution) {
    return execution.refusal().orElseThrow().reason();
  }

  private static String message(Execution execution) {
    return execution.refusal().orElseThrow().message();
  }

  /** An ordinary day: 10.00 to 10.60, average 10.234, close 10.50, a million shares. */
  @Nested
  class OrdinaryDay {
    private final ExchangeSimulator exchange =
        bar("10.10 10.60 10.00 10.50 1000000 10.00 10.234 -", ExchangeSettings.DEFAULT);

    @ParameterizedTest
    @CsvSource({
      "OPENING_AUCTION, BUY,  10.10",
      "OPENING_AUCTION, SELL, 10.10",
      "CONTINUOUS,      BUY,  10.24", // the average is rounded against the order
      "CONTINUOUS,      SELL, 10.23",
      "CLOSING_AUCTION, BUY,  10.50",
      "CLOSING_AUCTION, SELL, 10.50",
    })
    void whenThereIsNoLimit_thenEachPhaseHasItsPrice(
        ExecutionPhase phase, Side side, double price) {
      Execution execution =
          exchange.execute(PlannedOrder.of(MAIN, side, 500, "test").in(phase), DAY, HOLDER);

      assertThat(execution.refusal()).isEmpty();
      assertThat(execution.filled()).isEqualTo(500);
      assertThat(execution.averagePrice()).isEqualTo(price);
      assertThat(execution.amount().yuan()).isEqualByComparingTo(BigDecimal.valueOf(price * 500));
    }

    @ParameterizedTest
    @CsvSource({
      // phase, limit, price or reason
      "OPENING_AUCTION, 10.10, 10.10",
      "OPENING_AUCTION, 10.20, 10.10",
      "OPENING_AUCTION, 10.05, 10.05", // carried into the day, which went below
      "OPENING_AUCTION, 10.00, NOT_REACHED", // only touched: pessimistic
      "CONTINUOUS, 10.24, 10.24",
      "CONTINUOUS, 10.01, 10.01",
      "CONTINUOUS, 9.99, NOT_REACHED",
      "CLOSING_AUCTION, 10.50, 10.50",
      "CLOSING_AUCTION, 10.49, NOT_REACHED",
    })
    void whenABuyHasALimit_thenItIsFilledThereOrBetter(
        ExecutionPhase phase, BigDecimal limit, String expected) {
      Execution execution = exchange.execute(buy(500).in(phase).limit(limit), DAY, HOLDER);

      if (expected.startsWith("1")) {
        assertThat(execution.averagePrice()).isEqualTo(Double.parseDouble(expected));
      } else {
        assertThat(reason(execution)).isEqualTo(RejectReason.valueOf(expected));
      }
    }

    @Test
    void whenALimitIsTouchedOnly_thenOtherModesFill() {
      ExchangeSimulator neutral = bar(
          "10.10 10.60 10.00 10.50 1000000 10.00 10.234 -",
          ExchangeSettings.DEFAULT.fillMode(FillMode.NEUTRAL));

      Execution execution = neutral.execute(
          buy(500).in(ExecutionPhase.CONTINUOUS).limit(new BigDecimal("10.00")), DAY, HOLDER);

      assertThat(execution.averagePrice()).isEqualTo(10.00);
    }

    @ParameterizedTest
    @CsvSource({
      "BUY, 150, LOT_SIZE, 'the nearest is 100'",
      "BUY, 0, LOT_SIZE, 'at least 100'",
      "BUY, -100, LOT_SIZE, 'at least 100'",
      "SELL, 0, LOT_SIZE, 'at least 1'",
      "SELL, 1100, POSITION, '1000 are held'",
      "SELL, 950, LOT_SIZE, 'a multiple of 100'",
    })
    void whenTheSizeIsWrong_thenItIsRefusedWithTheNearest(
        Side side, long shares, RejectReason reason, String part) {
      Execution execution =
          exchange.execute(PlannedOrder.of(MAIN, side, shares, "test"), DAY, HOLDER);

      assertThat(reason(execution)).isEqualTo(reason);
      assertThat(message(execution)).contains(part);
      assertThat(execution.filled()).isZero();
    }

    @Test
    void whenAnOddLotIsTheWholeRemainder_thenItIsSold() {
      OrderAccount odd = new OrderAccount(330, 330, 0, 0);

      assertThat(exchange.execute(sell(30), DAY, odd).filled()).isEqualTo(30);
      assertThat(exchange.execute(sell(330), DAY, odd).filled()).isEqualTo(330);
      assertThat(exchange.execute(sell(130), DAY, odd).filled()).isEqualTo(130);
      assertThat(reason(exchange.execute(sell(20), DAY, odd))).isEqualTo(RejectReason.LOT_SIZE);
    }

    @Test
    void whenSharesWereBoughtToday_thenTheyAreNotSellable() {
      Execution execution = exchange.execute(sell(600), DAY, new OrderAccount(1000, 500, 500, 500));

      assertThat(reason(execution)).isEqualTo(RejectReason.NOT_SELLABLE);
      assertThat(message(execution)).contains("500 of 1000 held").contains("T+1");
    }

    @ParameterizedTest
    @CsvSource({
      "10.105, TICK, 'the nearest is 10.11'",
      "0, TICK, 'the nearest is 0.01'",
      "-1, TICK, 'the nearest is 0.01'",
      "11.01, PRICE_LIMIT, 'the nearest is 11.00'",
      "8.99, PRICE_LIMIT, 'the nearest is 9.00'",
      "10.31, PRICE_CAGE, 'at most 10.30'", // 102 % of the open of 10.10
    })
    void whenThePriceIsWrong_thenItIsRefusedWithTheNearest(
        BigDecimal limit, RejectReason reason, String part) {
      Execution execution =
          exchange.execute(buy(100).in(ExecutionPhase.CONTINUOUS).limit(limit), DAY, HOLDER);

      assertThat(reason(execution)).isEqualTo(reason);
      assertThat(message(execution)).contains(part);
    }

    @Test
    void whenMoreIsOrderedThanTheVolumeAllows_thenLotsOfTheShareAreFilled() {
      Execution execution = exchange.execute(buy(150_000), DAY, new OrderAccount(0, 0, 50, 50));

      assertThat(execution.filled()).isEqualTo(99_900); // 10 % of a million, less 50
      assertThat(reason(execution)).isEqualTo(RejectReason.VOLUME);
      assertThat(execution.unfilled()).isEqualTo(50_100);
    }

    @Test
    void whenThereIsSlippage_thenItNeverLeavesTheLimits() {
      ExchangeSimulator slipping = bar(
          "10.10 10.60 10.00 10.50 1000000 10.00 10.234 -",
          ExchangeSettings.DEFAULT.slippageBps(100));

      assertThat(slipping.execute(buy(100), DAY, HOLDER).averagePrice()).isEqualTo(10.61);
      assertThat(slipping.execute(sell(100), DAY, HOLDER).averagePrice()).isEqualTo(10.39);
      ExchangeSimulator far = bar(
          "10.10 10.60 10.00 10.50 1000000 10.00 10.234 -",
          ExchangeSettings.DEFAULT.slippageBps(1000));
      assertThat(far.execute(buy(100), DAY, HOLDER).averagePrice()).isEqualTo(11.00);
      assertThat(
              far.execute(buy(100).limit(new BigDecimal("10.55")), DAY, HOLDER).averagePrice())
          .isEqualTo(10.55);
    }
  }

  /** Boards on a reference of 10.00 with the limits 11.00 and 9.00. */
  @Nested
  class Boards {
    @ParameterizedTest
    @CsvSource({
      // bar; phase; the fills of 1000 shares in pessimistic, neutral and optimistic mode
      "11.00 11.00 11.00 11.00 1000000 10.00 11.00 -, OPENING_AUCTION, 0, 0, 1000", // one-word
      "11.00 11.00 11.00 11.00 1000000 10.00 11.00 -, CONTINUOUS, 0, 0, 1000",
      "11.00 11.00 11.00 11.00 1000000 10.00 11.00 -, CLOSING_AUCTION, 0, 0, 1000",
      "11.00 11.00 11.00 11.00 900 10.00 11.00 -, OPENING_AUCTION, 0, 0, 0", // too little traded
      "11.00 11.00 11.00 11.00 1000000 10.00 11.00 0, OPENING_AUCTION, 0, 0, 1000",
      // T-board: the queue at the open was filled when the price left the limit
      "11.00 11.00 10.50 11.00 1000000 10.00 10.90 -, OPENING_AUCTION, 1000, 1000, 1000",
      "11.00 11.00 10.50 11.00 1000000 10.00 10.90 -, CLOSING_AUCTION, 0, 0, 1000",
      // sealed late: bought below the limit over the day, not at the close
      "10.20 11.00 10.10 11.00 1000000 10.00 10.70 -, CONTINUOUS, 1000, 1000, 1000",
      "10.20 11.00 10.10 11.00 1000000 10.00 10.70 -, CLOSING_AUCTION, 0, 0, 1000",
      // the seal is known: (10.70 − 10.55) / (11.00 − 10.55) of a million traded at the limit
      "10.20 11.00 10.10 11.00 1000000 10.00 10.70 333000, CLOSING_AUCTION, 0, 300, 1000",
      "10.20 11.00 10.10 11.00 1000000 10.00 10.70 400000, CLOSING_AUCTION, 0, 0, 1000",
      // broken: touched and left
      "10.20 11.00 10.10 10.80 1000000 10.00 10.70 -, CLOSING_AUCTION, 1000, 1000, 1000",
    })
    void whenAShareIsAtLimitUp_thenABuyIsFilledAsTheModeSays(
        String row, ExecutionPhase phase, long pessimistic, long neutral, long optimistic) {
      assertThat(fills(row, buy(1000).in(phase))).containsExactly(pessimistic, neutral, optimistic);
    }

    @Test
    void whenTheMarketIsMirrored_thenSalesAtLimitDownAreFilledAlike() {
      String oneWord = "9.00 9.00 9.00 9.00 1000000 10.00 9.00 -";
      String locked = "9.80 9.90 9.00 9.00 1000000 10.00 9.30 -";

      assertThat(fills(oneWord, sell(1000).in(ExecutionPhase.OPENING_AUCTION)))
          .containsExactly(0L, 0L, 1000L);
      assertThat(fills(locked, sell(1000))).containsExactly(0L, 0L, 1000L);
      assertThat(fills(locked, sell(1000).in(ExecutionPhase.CONTINUOUS)))
          .containsExactly(1000L, 1000L, 1000L);
    }

    @Test
    void whenTheOtherSideIsAtTheLimit_thenNothingStandsAgainstTheFill() {
      assertThat(fills("11.00 11.00 11.00 11.00 1000000 10.00 11.00 -", sell(1000)))
          .containsExactly(1000L, 1000L, 1000L);
      assertThat(fills("9.00 9.00 9.00 9.00 1000000 10.00 9.00 -", buy(1000)))
          .containsExactly(1000L, 1000L, 1000L);
    }

    @Test
    void whenABuyFailsAtLimitUp_thenTheReasonSaysSo() {
      Execution execution = bar(
              "11.00 11.00 11.00 11.00 1000000 10.00 11.00 -", ExchangeSettings.DEFAULT)
          .execute(buy(1000), DAY, HOLDER);

      assertThat(reason(execution)).isEqualTo(RejectReason.LIMIT_UP);
      assertThat(message(execution)).contains("only at its limit-up 11.00");
    }

    private List<Long> fills(String row, PlannedOrder order) {
      return List.of(FillMode.PESSIMISTIC, FillMode.NEUTRAL, FillMode.OPTIMISTIC).stream()
          .map(mode -> bar(row, ExchangeSettings.DEFAULT.fillMode(mode))
              .execute(order, DAY, HOLDER)
              .filled())
          .toList();
    }
  }

  /** What no order can be filled on. */
  @Nested
  class NoMarket {
    private final ExchangeSimulator exchange = of("""
        2024-01-02 600519.SH 10 10 10 10 1000 10 10 -
        2024-01-03 600519.SH 10 10 10 10 1000 10 10 -
        2024-01-04 600519.SH 10 10 10 10 1000 10 10 -
        2024-01-05 600519.SH 10 10 10 10 1000 10 10 -
        2024-01-02 600000.SH 10 10 10 10 1000 10 10 -
        2024-01-03 600000.SH 10 10 10 10 0 10 10 -
        2024-01-04 600000.SH 10 10 10 10 1000 10 10 -
        2024-01-04 600001.SH 10 10 10 10 1000 10 10 -
        2024-01-05 600001.SH 10 12 10 10 1000 10 10 -
        2024-01-05 000300.SH 10 10 10 10 1000 10 10 -
        2024-01-05 600002.SH 10 10 10 10 1000 - 10 -
        """, ExchangeSettings.DEFAULT);

    @ParameterizedTest
    @CsvSource({
      "600999.SH, 2024-01-03, UNKNOWN_SYMBOL, 'not among the 5 shares'",
      "600519.SH, 2024-01-06, SESSION_CLOSED, 'the last is 2024-01-05'",
      "600519.SH, 2024-01-01, SESSION_CLOSED, 'the first is 2024-01-02'",
      "600000.SH, 2024-01-03, SUSPENDED, '2024-01-03'",
      "600000.SH, 2024-01-05, DELISTED, 'its last row is of 2024-01-04'",
      "600001.SH, 2024-01-03, NOT_LISTED, 'it trades from 2024-01-04'",
      "600001.SH, 2024-01-05, NO_PRICE, 'outside the day''s limits 9.00 to 11.00'",
      "000300.SH, 2024-01-05, UNKNOWN_SYMBOL, 'knows no rule'",
      "600002.SH, 2024-01-05, NO_PRICE, 'reference price'",
    })
    void whenAShareCannotTrade_thenTheOrderIsRefused(
        String symbol, LocalDate day, RejectReason reason, String part) {
      Execution execution = exchange.execute(
          PlannedOrder.of(Symbol.parse(symbol), Side.BUY, 100, "test"), day, OrderAccount.EMPTY);

      assertThat(reason(execution)).isEqualTo(reason);
      assertThat(message(execution))
          .contains(part)
          .contains(symbol.equals("600519.SH") ? "20" : symbol);
    }
  }

  /** Sizes and limits that differ by board and status. */
  @Nested
  class BoardRulesApply {
    @ParameterizedTest
    @CsvSource({
      "688001.SH, 200, true",
      "688001.SH, 201, true",
      "688001.SH, 199, false",
      "300750.SZ, 100, true",
      "300750.SZ, 150, false",
      "920002.BJ, 101, true",
      "920002.BJ, 99, false",
      "510300.SH, 100, true",
    })
    void whenSharesAreBought_thenTheBoardsLotsHold(String code, long shares, boolean accepted) {
      ExchangeSimulator exchange =
          of("2025-10-09 %s 10 10 10 10 1000000 10 10 -".formatted(code), ExchangeSettings.DEFAULT);

      Execution execution = exchange.execute(
          PlannedOrder.of(Symbol.parse(code), Side.BUY, shares, "test"),
          LocalDate.of(2025, 10, 9),
          OrderAccount.EMPTY);

      assertThat(execution.filled()).isEqualTo(accepted ? shares : 0);
    }

    @Test
    void whenAShareIsUnderWarning_thenTheDailyCapAndTheDatedLimitHold() {
      Symbol st = Symbol.parse("600112.SH");
      SecurityTimeline timeline = SecurityTimeline.of(List.of(new SecurityStatus(
          st,
          LocalDate.of(2020, 1, 1),
          Board.SSE_MAIN,
          "ST天成",
          RiskWarning.ST,
          Optional.empty(),
          OptionalLong.empty())));
      // 5 % until 2026-07-03, 10 % from 2026-07-06
      Panel panel = Panels.table(
          Adjustment.RAW,
          HEADER + "2026-07-03 600112.SH 5.25 5.25 5.25 5.25 90000000 5.00 5.25 -\n"
              + "2026-07-06 600112.SH 5.50 5.50 5.50 5.50 90000000 5.25 5.50 -");
      ExchangeSimulator exchange =
          ExchangeSimulator.of(panel, Map.of(st, timeline), ExchangeSettings.DEFAULT);
      PlannedOrder order = PlannedOrder.of(st, Side.BUY, 100_000, "test");

      assertThat(reason(exchange.execute(order, LocalDate.of(2026, 7, 3), OrderAccount.EMPTY)))
          .isEqualTo(RejectReason.LIMIT_UP);
      assertThat(exchange
              .execute(order, LocalDate.of(2026, 7, 6), OrderAccount.EMPTY)
              .filled())
          .isEqualTo(100_000);
      assertThat(reason(exchange.execute(
              order, LocalDate.of(2026, 7, 6), new OrderAccount(450_000, 0, 450_000, 450_000))))
          .isEqualTo(RejectReason.POSITION_LIMIT);
    }

    @Test
    void whenTheReferencePriceIsExRight_thenTheLimitsStartFromIt() {
      // 20.00 before, 10 for 3 and 0.50 in cash: 15.00, limit-up 16.50 (domain 5.6)
      ExchangeSimulator exchange = of(
          "2024-01-02 600519.SH 20 20 20 20 1000000 20 20 -\n"
              + "2024-01-03 600519.SH 16.50 16.50 16.50 16.50 1000000 15.00 16.50 -",
          ExchangeSettings.DEFAULT);

      assertThat(reason(exchange.execute(buy(100), DAY, HOLDER))).isEqualTo(RejectReason.LIMIT_UP);
      assertThat(message(exchange.execute(buy(100).limit(new BigDecimal("16.51")), DAY, HOLDER)))
          .contains("13.50 to 16.50");
    }
  }
}
