package io.qilin.core.adjust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.CorporateAction;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AdjustmentFactorsTest {
  private static final Symbol SHARE = Symbol.parse("600000.SH");
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

  private static Panel bars(double... closes) {
    List<LocalDate> days =
        Stream.iterate(FIRST, d -> d.plusDays(1)).limit(closes.length).toList();
    return Panel.builder(days, Adjustment.RAW)
        .column(SHARE, Field.CLOSE, 0, closes)
        .build();
  }

  private static CorporateAction action(int day, String cash, String bonus) {
    return new CorporateAction(
        SHARE,
        FIRST.plusDays(day),
        new BigDecimal(cash),
        new BigDecimal(bonus),
        BigDecimal.ZERO,
        BigDecimal.ZERO);
  }

  private static double[] factors(Panel raw, CorporateAction... actions) {
    AdjustmentFactors factors = AdjustmentFactors.of(raw, List.of(actions));
    double[] out = new double[raw.days().size()];
    for (int day = 0; day < out.length; day++) {
      out[day] = factors.at(0, day);
    }
    return out;
  }

  @Test
  void whenThereIsAnExDate_thenTheFactorRisesByTheExchangesReferencePrice() {
    // 20.00, cash .50, bonus .3: the reference price is 15.00
    assertThat(factors(bars(20, 20, 15.3, 15.3), action(2, "0.5", "0.3")))
        .containsExactly(1, 1, 20 / 15.0, 20 / 15.0);
  }

  @Test
  void whenNothingHappens_thenTheFactorIsOne() {
    assertThat(factors(bars(20, 21, 22))).containsExactly(1, 1, 1);
  }

  @Test
  void whenTheShareDoesNotTrade_thenTheSecondActionStartsFromTheReferenceOfTheFirst() {
    double[] factors =
        factors(bars(20, Double.NaN, Double.NaN, 6.5), action(1, "0", "1"), action(2, "4", "0"));
    assertThat(factors).containsExactly(1, 2, 2 * (10 / 6.0), 2 * (10 / 6.0));
  }

  @Test
  void whenSeveralActionsFallOnOneDay_thenTheyCountTogether() {
    assertThat(factors(bars(20, 15), action(1, "0.5", "0"), action(1, "0", "0.3")))
        .containsExactly(1, 20 / 15.0);
  }

  @Test
  void whenAnActionLiesBeforeTheFirstClose_thenItChangesNothing() {
    assertThat(factors(bars(Double.NaN, 20, 20), action(0, "0.5", "0"), action(1, "0.5", "0")))
        .containsExactly(1, 1, 1);
  }

  @Test
  void whenAFundPays_thenTheReferencePriceHasThreeDecimals() {
    Symbol fund = Symbol.parse("510300.SH");
    Panel raw = Panel.builder(List.of(FIRST, FIRST.plusDays(1)), Adjustment.RAW)
        .column(fund, Field.CLOSE, 0, new double[] {4.001, 3.9})
        .build();
    CorporateAction paid =
        CorporateAction.dividend(fund, FIRST.plusDays(1), new BigDecimal("0.0684"));
    assertThat(AdjustmentFactors.of(raw, List.of(paid)).at(0, 1)).isEqualTo(4.001 / 3.933);
  }

  @Test
  void whenApplied_thenReturnsAreThoseOfAHolder() {
    Panel panel =
        AdjustmentFactors.of(bars(20, 15), List.of(action(1, "0.5", "0.3"))).applied();
    Panel adjusted = panel.withAdjustment(Adjustment.BACKWARD);
    assertThat(adjusted.value(Field.CLOSE, 0, 1)).isCloseTo(20, within(1e-12));
  }

  @Test
  void whenTheInputCannotBe_thenItIsRefused() {
    Panel raw = bars(20, 20);
    assertCode(ErrorCode.DATA_CONFLICT, raw, action(1, "20", "0"));
    assertCode(ErrorCode.DATA_CONFLICT, raw, action(1, "1", "0"), action(1, "1", "0"));
    Panel adjusted = Panel.builder(List.of(FIRST), Adjustment.FORWARD)
        .column(SHARE, Field.CLOSE, 0, new double[] {20})
        .build();
    assertCode(ErrorCode.INVALID_ARGUMENT, adjusted);
  }

  private static void assertCode(ErrorCode code, Panel panel, CorporateAction... actions) {
    assertThatThrownBy(() -> AdjustmentFactors.of(panel, List.of(actions)))
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Property(tries = 300)
  void whenAnActionIsAdded_thenThePastStaysBitForBit(
      @ForAll @Size(min = 5, max = 30) List<@IntRange(min = 300, max = 9_000) Integer> fen,
      @ForAll @Size(max = 4) List<@IntRange(max = 29) Integer> exDays,
      @ForAll @IntRange(max = 29) int newDay,
      @ForAll @IntRange(min = 1, max = 250) int cashFen) {
    Panel raw = bars(fen.stream().mapToDouble(f -> f / 100.0).toArray());
    List<CorporateAction> known = new ArrayList<>();
    exDays.stream().distinct().forEach(day -> known.add(action(day, "0.03", "0.1")));
    List<CorporateAction> more = new ArrayList<>(known);
    more.add(
        CorporateAction.dividend(SHARE, FIRST.plusDays(newDay), BigDecimal.valueOf(cashFen, 2)));
    double[] before = factors(raw, known.toArray(CorporateAction[]::new));
    double[] after = factors(raw, more.toArray(CorporateAction[]::new));
    for (int day = 0; day < Math.min(newDay, before.length); day++) {
      assertThat(after[day]).isEqualTo(before[day]);
    }
    for (int day = 1; day < after.length; day++) {
      boolean exDate = exDays.contains(day) || day == newDay;
      assertThat(after[day] == after[day - 1] || exDate).as("day %s", day).isTrue();
    }
  }
}
