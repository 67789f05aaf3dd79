package io.qilin.core.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class TopkDropoutTest {
  private static boolean all(Symbol symbol) {
    return symbol != null;
  }

  private static Symbol share(String letter) {
    return Symbol.other(letter);
  }

  private static List<Symbol> shares(String letters) {
    return Arrays.stream(letters.split(""))
        .filter(l -> !l.isEmpty())
        .map(Symbol::other)
        .toList();
  }

  /** Scores that fall from the first letter to the last. */
  private static Map<Symbol, Double> falling(String letters) {
    Map<Symbol, Double> scores = new TreeMap<>();
    for (Symbol symbol : shares(letters)) {
      scores.put(symbol, (double) -scores.size());
    }
    return scores;
  }

  private static TopkDropout rule(int topk, int nDrop) {
    return TopkDropout.builder(topk, nDrop).build();
  }

  private static TopkDropout.Selection selection(String sell, String buy) {
    return new TopkDropout.Selection(shares(sell), shares(buy));
  }

  @Test
  void whenNothingIsHeld_thenTheBestAreBought() {
    assertThat(rule(3, 1).select(falling("ABCDE"), List.of(), TopkDropoutTest::all))
        .isEqualTo(selection("", "ABC"));
  }

  @Test
  void whenAHoldingIsAmongTheWorst_thenABetterShareTakesItsPlace() {
    // last CDE, today A B (1 + 3 - 3 = 1: A), together A C D E, the last one E.
    assertThat(rule(3, 1).select(falling("ABCDE"), shares("CDE"), TopkDropoutTest::all))
        .isEqualTo(selection("E", "A"));
  }

  @Test
  void whenTheHoldingsAreTheBest_thenNothingIsDone() {
    assertThat(rule(3, 1).select(falling("ABCDE"), shares("ABC"), TopkDropoutTest::all))
        .isEqualTo(selection("", ""));
  }

  @Test
  void whenAPlaceIsFree_thenItIsFilledBesidesTheExchange() {
    // last B E, today 1 + 3 - 2 = 2: A C; together A B C E, the last one E; buy 1 + 3 - 2 = 2.
    assertThat(rule(3, 1).select(falling("ABCDE"), shares("EB"), TopkDropoutTest::all))
        .isEqualTo(selection("E", "AC"));
  }

  @Test
  void whenMoreIsHeldThanTopkAndNDrop_thenTheCountsCutFromTheEnd() {
    // last DEFG, today [:1 + 1 - 4] = all but two of A B C: A; the last one of A D E F G: G;
    // buy [:1 + 1 - 4] of A: nothing.
    assertThat(rule(1, 1).select(falling("ABCDEFG"), shares("DEFG"), TopkDropoutTest::all))
        .isEqualTo(selection("G", ""));
    // With six others: today A B C D, buy all but two of them.
    assertThat(rule(1, 1).select(falling("ABCDEFGHIJ"), shares("GHIJ"), TopkDropoutTest::all))
        .isEqualTo(selection("J", "AB"));
  }

  @Test
  void whenNDropIsZero_thenEverythingIsSoldAsInPython() {
    assertThat(rule(2, 0).select(falling("ABC"), shares("AB"), TopkDropoutTest::all))
        .isEqualTo(selection("AB", ""));
  }

  @Test
  void whenOnlyTradable_thenUntradableSharesTakeNoPlace() {
    TopkDropout rule = TopkDropout.builder(2, 1).onlyTradable(true).build();
    Predicate<Symbol> tradable = symbol -> !shares("AE").contains(symbol);
    // last D E; today 1 + 2 - 2 = 1 of B C F: B; the last tradable one of B D E: D.
    assertThat(rule.select(falling("ABCDEF"), shares("DE"), tradable))
        .isEqualTo(selection("D", "B"));
    assertThat(rule(2, 1).select(falling("ABCDEF"), shares("DE"), tradable))
        .isEqualTo(selection("E", "A"));
  }

  @Test
  void whenOnlyTradable_thenACountOfZeroStillTakesOne() {
    TopkDropout rule = TopkDropout.builder(2, 0).onlyTradable(true).build();
    // today [:0] takes A all the same, the last [-0:] only C; buy 1 + 2 - 2 = 1.
    assertThat(rule.select(falling("ABC"), shares("BC"), TopkDropoutTest::all))
        .isEqualTo(selection("C", "A"));
  }

  @Test
  void whenScoresAreEqual_thenTheSmallerSymbolIsFirst() {
    Map<Symbol, Double> equal =
        Map.of(share("A"), 1.0, share("B"), 1.0, share("C"), 1.0, share("D"), 1.0);
    assertThat(rule(2, 1).select(equal, shares("D"), TopkDropoutTest::all))
        .isEqualTo(selection("D", "AB"));
  }

  @Test
  void whenAScoreIsNaN_thenItIsLastButMayBeBought() {
    Map<Symbol, Double> scores =
        Map.of(share("A"), Double.NaN, share("B"), Double.NEGATIVE_INFINITY, share("C"), 1.0);
    assertThat(rule(3, 1).select(scores, List.of(), TopkDropoutTest::all))
        .isEqualTo(selection("", "CBA"));
  }

  @Test
  void whenAHoldingHasNoScore_thenItIsTheFirstToGo() {
    assertThat(rule(2, 1).select(falling("BC"), shares("AC"), TopkDropoutTest::all))
        .isEqualTo(selection("A", "B"));
  }

  @Test
  void whenThereIsNoScore_thenHoldingsAreStillRanked() {
    assertThat(rule(2, 1).select(Map.of(), shares("AB"), TopkDropoutTest::all))
        .isEqualTo(selection("B", ""));
    assertThat(rule(2, 1).select(Map.of(), List.of(), TopkDropoutTest::all))
        .isEqualTo(selection("", ""));
  }

  @Test
  void whenACountCannotBe_thenItIsRefusedWithTheValue() {
    assertRefused(() -> TopkDropout.builder(0, 0), "topk must be at least 1, was 0");
    assertRefused(() -> TopkDropout.builder(5, 6), "nDrop must be between 0 and topk 5, was 6");
    assertRefused(() -> TopkDropout.builder(5, -1), "was -1");
    assertRefused(() -> TopkDropout.builder(5, 1).holdThreshold(-1), "was -1");
    assertRefused(() -> TopkDropout.builder(5, 1).riskDegree(0), "was 0.0");
    assertRefused(() -> TopkDropout.builder(5, 1).riskDegree(Double.NaN), "was NaN");
    assertRefused(() -> TopkDropout.builder(5, 1).riskDegree(1.01), "was 1.01");
  }

  private static void assertRefused(Runnable call, String part) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining(part);
  }
}
