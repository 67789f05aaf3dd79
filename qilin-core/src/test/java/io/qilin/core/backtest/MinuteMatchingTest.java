package io.qilin.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.base.Splitter;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.MinuteDay;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.money.Money;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A reference of 10.00, limits 11.00 and 9.00; five bars. */
class MinuteMatchingTest {
  private static final Symbol MAIN = Symbol.parse("600519.SH");
  private static final LocalDate DAY = LocalDate.of(2024, 1, 2);
  private static final int[] MINUTES = {571, 572, 573, 897, 900};

  private static Execution execute(
      FillMode mode, PlannedOrder order, String daily, double[][] bars) {
    Panel panel = Panels.table(
        Adjustment.RAW,
        "day symbol open high low close volume pre_close\n2024-01-02 600519.SH " + daily);
    MinuteDay minutes = MinuteDay.of(MINUTES, bars[0], bars[1], bars[2], bars[3], bars[4], bars[5]);
    ExchangeSimulator exchange = ExchangeSimulator.of(
        panel,
        Map.of(),
        (symbol, day) -> Optional.of(minutes),
        ExchangeSettings.DEFAULT.fillMode(mode));
    return exchange.execute(order, DAY, new OrderAccount(5000, 5000, 0, 0));
  }

  private static double[][] bars(String text) {
    List<String> rows = Splitter.on(';').splitToList(text);
    double[][] out = new double[6][rows.size()];
    for (int k = 0; k < rows.size(); k++) {
      List<String> cells =
          Splitter.on(' ').omitEmptyStrings().splitToList(rows.get(k).strip());
      for (int f = 0; f < 6; f++) {
        out[f][k] = Double.parseDouble(cells.get(f));
      }
    }
    return out;
  }

  private static PlannedOrder buy(long shares, ExecutionPhase phase) {
    return PlannedOrder.of(MAIN, Side.BUY, shares, "test").in(phase);
  }

  private static final String ORDINARY = """
      10.00 10.10 10.00 10.10 10000 100500;
      10.10 10.20 10.10 10.20 10000 101500;
      10.20 10.30 10.20 10.20 10000 102400;
      10.20 10.20 10.10 10.10 10000 101300;
      10.10 10.10 10.10 10.10 50000 505000
      """;

  @Test
  void whenTheOrderIsLarge_thenItIsWorkedOverTheDay() {
    Execution execution = execute(
        FillMode.PESSIMISTIC,
        buy(3500, ExecutionPhase.CONTINUOUS),
        "10.00 10.30 10.00 10.10 90000 10.00",
        bars(ORDINARY));

    assertThat(execution.fills())
        .containsExactly(
            new Execution.Part(571, 1000, 10_050),
            new Execution.Part(572, 1000, 10_150),
            new Execution.Part(573, 1000, 10_240),
            new Execution.Part(897, 500, 10_130));
    assertThat(execution.amount().yuan()).isEqualByComparingTo("35505.00");
    assertThat(execution.refusal()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "OPENING_AUCTION, 1000, 10.00",
    "CLOSING_AUCTION, 3000, 10.10",
  })
  void whenAnAuctionIsMeant_thenItsPriceIsPaid(ExecutionPhase phase, long shares, double price) {
    Execution execution = execute(
        FillMode.PESSIMISTIC,
        buy(shares, phase),
        "10.00 10.30 10.00 10.10 90000 10.00",
        bars(ORDINARY));

    assertThat(execution.averagePrice()).isEqualTo(price);
    assertThat(execution.filled()).isEqualTo(shares);
  }

  @Test
  void whenTheLimitIsReachedLate_thenTheFillIsThen() {
    Execution execution = execute(
        FillMode.PESSIMISTIC,
        PlannedOrder.of(MAIN, Side.SELL, 500, "test")
            .in(ExecutionPhase.CONTINUOUS)
            .limit(new BigDecimal("10.25")),
        "10.00 10.30 10.00 10.10 90000 10.00",
        bars(ORDINARY));

    assertThat(execution.fills()).containsExactly(new Execution.Part(573, 500, 10_250));
  }

  @ParameterizedTest
  @CsvSource({
    // sealed from the first bar, opened in the fourth: everyone before is served
    "PESSIMISTIC, 10.50, 1000, 1000",
    "NEUTRAL, 10.50, 1000, 1000",
    // sealed all day: 21 000 traded after a first bar of 20 000
    "PESSIMISTIC, 11.00, 1000, 0",
    "NEUTRAL, 11.00, 1000, 0", // one-word
    "OPTIMISTIC, 11.00, 1000, 1000",
    "OPTIMISTIC, 11.00, 30000, 0",
  })
  void whenTheShareIsSealed_thenTheQueueDecides(
      FillMode mode, double fourthLow, long shares, long filled) {
    String text = """
        11.00 11.00 11.00 11.00 20000 220000;
        11.00 11.00 11.00 11.00 10000 110000;
        11.00 11.00 11.00 11.00 1000 11000;
        11.00 11.00 %s 11.00 10000 109000;
        11.00 11.00 11.00 11.00 10 110
        """.formatted(fourthLow);

    Execution execution = execute(
        mode,
        buy(shares, ExecutionPhase.CONTINUOUS),
        "11.00 11.00 " + fourthLow + " 11.00 41010 10.00",
        bars(text));

    assertThat(execution.filled()).isEqualTo(filled);
    if (filled == 0) {
      assertThat(execution.refusal().orElseThrow().reason()).isEqualTo(RejectReason.LIMIT_UP);
    } else {
      assertThat(execution.averagePrice()).isEqualTo(11.00);
    }
  }

  @Test
  void whenItWasBelowBeforeTheSeal_thenNeutralCountsVolumeBeyondTheSeal() {
    String text = """
        11.00 11.00 11.00 11.00 300 3300;
        11.00 11.00 11.00 11.00 500 5500;
        11.00 11.00 11.00 11.00 400 4400;
        11.00 11.00 11.00 11.00 10 110;
        11.00 11.00 11.00 11.00 10 110
        """;

    // the day was below the limit in its opening auction only: 910 traded after a seal of 300
    Execution execution = execute(
        FillMode.NEUTRAL,
        buy(2000, ExecutionPhase.CONTINUOUS),
        "10.50 11.00 10.50 11.00 20000 10.00",
        bars(text));

    assertThat(execution.filled()).isEqualTo(600);
    assertThat(execution.unfilled()).isEqualTo(1400);
  }

  @Test
  void whenSeveralOrdersShareAMinute_thenTheCapHoldsForAllOfThem() {
    double[][] bars = bars(ORDINARY);
    MinuteDay minutes = MinuteDay.of(MINUTES, bars[0], bars[1], bars[2], bars[3], bars[4], bars[5]);
    Panel panel = Panels.table(
        Adjustment.RAW,
        "day symbol open high low close volume pre_close\n"
            + "2024-01-02 600519.SH 10.00 10.30 10.00 10.10 90000 10.00");
    ExchangeSimulator exchange = ExchangeSimulator.of(
        panel, Map.of(), (symbol, day) -> Optional.of(minutes), ExchangeSettings.DEFAULT);
    Broker broker = new Broker(exchange, Ledger.open(Money.parse("1000000"), DAY), DAY);

    Execution first = broker.send(buy(1500, ExecutionPhase.CONTINUOUS)).execution();
    Execution second = broker.send(buy(1500, ExecutionPhase.CONTINUOUS)).execution();

    assertThat(first.fills())
        .extracting(Execution.Part::minute, Execution.Part::shares)
        .containsExactly(tuple(571, 1000L), tuple(572, 500L));
    assertThat(second.fills())
        .extracting(Execution.Part::minute, Execution.Part::shares)
        .containsExactly(tuple(572, 500L), tuple(573, 1000L));
  }

  @Test
  void whenBarsLieOutsideTradingHours_thenTheyArePassedOver() {
    double[] price = {10, 10, 10, 10};
    double[] volume = {100_000, 100_000, 100_000, 100_000};
    MinuteDay night =
        MinuteDay.of(new int[] {60, 700, 780, 1300}, price, price, price, price, volume, volume);
    Panel panel = Panels.table(
        Adjustment.RAW,
        "day symbol open high low close volume pre_close\n"
            + "2024-01-02 600519.SH 10.00 10.30 10.00 10.10 400000 10.00");
    ExchangeSimulator exchange = ExchangeSimulator.of(
        panel, Map.of(), (symbol, day) -> Optional.of(night), ExchangeSettings.DEFAULT);

    for (ExecutionPhase phase : ExecutionPhase.values()) {
      assertThat(exchange.execute(buy(500, phase), DAY, OrderAccount.EMPTY).filled())
          .isZero();
    }
  }

  @Test
  void whenAnAmountIsInAnotherUnit_thenTheCloseStandsForTheAverage() {
    String text = """
        10.00 10.10 10.00 10.10 10000 100;
        10.10 10.20 10.10 10.20 10000 Infinity;
        10.20 10.30 10.20 10.20 10000 NaN;
        10.20 10.20 10.10 10.10 10000 10130000;
        10.10 10.10 10.10 10.10 50000 505000
        """;

    Execution execution = execute(
        FillMode.PESSIMISTIC,
        buy(4000, ExecutionPhase.CONTINUOUS),
        "10.00 10.30 10.00 10.10 90000 10.00",
        bars(text));

    assertThat(execution.fills())
        .extracting(Execution.Part::mills)
        .containsExactly(10_100L, 10_200L, 10_200L, 10_100L);
  }

  @Test
  void whenBarsCannotBe_thenTheyArePassedOver() {
    String text = """
        NaN 10.10 10.00 10.10 10000 100500;
        10.10 NaN 10.10 10.20 10000 101500;
        10.20 12.00 10.20 11.90 10000 118000;
        10.20 10.20 10.10 10.10 10000 101300;
        10.10 10.10 10.10 10.10 0 0
        """;

    Execution execution = execute(
        FillMode.PESSIMISTIC,
        buy(3500, ExecutionPhase.CONTINUOUS),
        "10.00 10.30 10.00 10.10 90000 10.00",
        bars(text));

    assertThat(execution.fills()).containsExactly(new Execution.Part(897, 1000, 10_130));
    assertThat(execution.unfilled()).isEqualTo(2500);
  }

  @Test
  void whenMinuteBarsAreNoBars_thenTheyAreRefused() {
    double[] one = {1};
    assertThatThrownBy(() -> MinuteDay.of(new int[] {571, 571}, one, one, one, one, one, one))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("equally long");
    double[] two = {1, 1};
    assertThatThrownBy(() -> MinuteDay.of(new int[] {571, 571}, two, two, two, two, two, two))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("bar 1 is of minute 571");
  }
}
