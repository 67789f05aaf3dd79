package io.qilin.core.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.money.Money;
import io.qilin.api.trading.Side;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The integers against the decimals of {@link Fees}. */
class FenFeesTest {
  private static final List<LocalDate> DATES = List.of(
      LocalDate.of(2008, 5, 5),
      LocalDate.of(2014, 5, 5),
      LocalDate.of(2020, 5, 6),
      LocalDate.of(2022, 12, 5),
      LocalDate.of(2026, 1, 5));

  @Property(tries = 2000)
  void whenAnOrderIsCosted_thenItIsTheTotalOfItsParts(
      @ForAll @IntRange(max = 4) int date,
      @ForAll Board board,
      @ForAll Side side,
      @ForAll boolean inside,
      @ForAll @IntRange(max = 3_000_000) int rate,
      @ForAll @LongRange(max = 1_000_000_000_000L) long amount,
      @ForAll @LongRange(min = 1, max = 1_000_000) long shares) {
    LocalDate day = DATES.get(date);
    if (day.isBefore(MarketRuleBook.aShare().opened(board))) {
      return;
    }
    Commission commission = new Commission(BigDecimal.valueOf(rate, 9), Money.ofFen(500), inside);
    Fees fees = MarketRuleBook.aShare().at(day).fees(board, commission);
    assertThat(fees.inFen().total(side, amount, shares))
        .isEqualTo(fees.of(side, Money.ofFen(amount), shares).total().fen());
  }

  @Test
  void whenTheCommissionHasManyDigits_thenNothingIsRoundedAway() {
    Commission commission = new Commission(new BigDecimal("0.000123456789123"), Money.ZERO, true);
    Fees fees =
        MarketRuleBook.aShare().at(LocalDate.of(2026, 1, 5)).fees(Board.SSE_MAIN, commission);
    assertThat(fees.inFen().total(Side.SELL, 123_456_789_012L, 100))
        .isEqualTo(
            fees.of(Side.SELL, Money.ofFen(123_456_789_012L), 100).total().fen());
  }

  @Test
  void whenTheOrderIsNone_thenItIsRefused() {
    FenFees fees = MarketRuleBook.aShare()
        .at(LocalDate.of(2026, 1, 5))
        .fees(Board.SSE_MAIN)
        .inFen();
    for (Runnable wrong :
        List.<Runnable>of(() -> fees.total(Side.BUY, -1, 100), () -> fees.total(Side.BUY, 1, 0))) {
      assertThatThrownBy(wrong::run)
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
  }
}
