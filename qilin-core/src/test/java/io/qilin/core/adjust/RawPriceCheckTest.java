package io.qilin.core.adjust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.backtest.Backtest;
import io.qilin.core.backtest.ScoreTable;
import io.qilin.core.backtest.TopkDropout;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.MarketRuleBook;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RawPriceCheckTest {
  private static final int DAYS = 40;

  private static Panel panel(Symbol symbol, Adjustment adjustment, IntToDoubleFunction close) {
    List<LocalDate> days =
        Stream.iterate(LocalDate.of(2024, 1, 1), d -> d.plusDays(1)).limit(DAYS).toList();
    double[] closes = new double[DAYS];
    Arrays.setAll(closes, close);
    Panel.Builder builder = Panel.builder(days, adjustment);
    for (Field field : List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE)) {
      builder.column(symbol, field, 0, closes.clone());
    }
    return builder.build();
  }

  private static Panel panel(IntToDoubleFunction close) {
    return panel(Symbol.parse("600000.SH"), Adjustment.RAW, close);
  }

  private static Optional<Adjustment> seen(IntToDoubleFunction close) {
    List<AdjustedShare> suspects = RawPriceCheck.suspects(panel(close));
    assertThat(suspects).hasSize(1);
    return suspects.get(0).seen();
  }

  private static double tick(int day) {
    return (1000 + day * 3) / 100.0;
  }

  @Test
  void whenPricesLieOnTheTick_thenNothingIsSuspected() {
    assertThat(RawPriceCheck.suspects(panel(RawPriceCheckTest::tick))).isEmpty();
    assertThat(RawPriceCheck.suspects(panel(day -> day < 9 ? tick(day) * 0.7531 : tick(day))))
        .as("few days are off the tick")
        .isEmpty();
  }

  @Test
  void whenOldPricesAreOffTheTick_thenTheyLookForwardAdjusted() {
    assertThat(seen(day -> day < 20 ? tick(day) * 0.7531 : tick(day))).contains(Adjustment.FORWARD);
  }

  @Test
  void whenNewPricesAreOffTheTick_thenTheyLookBackwardAdjusted() {
    assertThat(seen(day -> day < 20 ? tick(day) : tick(day) * 1.3333))
        .contains(Adjustment.BACKWARD);
  }

  @Test
  void whenAllPricesAreOffTheTick_thenItDoesNotShowHow() {
    assertThat(seen(day -> tick(day) * 1.3333)).isEmpty();
  }

  @Test
  void whenAnOldPriceIsNegative_thenItLooksForwardAdjusted() {
    assertThat(seen(day -> day - 0.5)).contains(Adjustment.FORWARD);
  }

  @Test
  void whenTheTickIsNotKnown_thenNothingIsJudged() {
    Panel other = panel(Symbol.other("MSFT"), Adjustment.RAW, day -> tick(day) * 0.7531);
    assertThat(RawPriceCheck.suspects(other)).isEmpty();
  }

  @Test
  void whenLimitsAreAskedOfAdjustedPrices_thenTheyAreRefused() {
    Panel said = panel(Symbol.parse("600000.SH"), Adjustment.FORWARD, RawPriceCheckTest::tick);
    for (Adjustment adjustment : List.of(Adjustment.FORWARD, Adjustment.BACKWARD)) {
      Panel adjusted = panel(Symbol.parse("600000.SH"), adjustment, RawPriceCheckTest::tick);
      assertThatThrownBy(() -> LimitUpFacts.of(adjusted, Map.of(), MarketRuleBook.aShare()))
          .hasMessageContaining("withAdjustment(RAW)");
    }
    assertThatThrownBy(() -> RawPriceCheck.require(said))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining("withAdjustment(RAW)");
  }

  @Test
  void whenABacktestGetsAdjustedPricesAsRaw_thenItIsRefused() {
    Panel undeclared = panel(day -> day < 20 ? tick(day) * 0.7531 : tick(day));
    ScoreTable scores = ScoreTable.of(undeclared, Field.CLOSE);
    assertThatThrownBy(
            () -> Backtest.builder(undeclared, TopkDropout.builder(1, 0).build().on(scores))
                .build())
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_QUALITY))
        .hasMessageContaining("600000.SH looks FORWARD-adjusted");
  }

  @Test
  void whenRawPricesWere32BitFloats_thenNothingIsSuspected() {
    assertThat(RawPriceCheck.suspects(panel(day -> (float) tick(day)))).isEmpty();
    assertThat(RawPriceCheck.suspects(
            panel(day -> (double) (float) (tick(day) * 0.7531) / 0.7531f)))
        .as("divided by a factor that was one too")
        .isEmpty();
    assertThat(seen(day -> day < 20 ? (float) (tick(day) * 0.7531) : (float) tick(day)))
        .contains(Adjustment.FORWARD);
  }
}
