package io.qilin.api.analysis;

import static io.qilin.api.Refusals.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Symbol;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.Side;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionRecordTest {
  private static final Symbol SYMBOL = Symbol.parse("600519.SH");
  private static final LocalDate DAY = LocalDate.of(2024, 1, 5);
  private static final LocalDate SESSION = LocalDate.of(2024, 1, 8);
  private static final Order ORDER = new Order(SYMBOL, Side.BUY, new BigDecimal("10.50"), 100);
  private static final Contribution CONTRIBUTION =
      new Contribution("market", 0.5, 0.6, 0.3, List.of("thin volume"));

  private static Recommendation recommendation(
      int rank, LocalDate session, double score, double confidence, Order order) {
    return new Recommendation(
        rank,
        SYMBOL,
        DAY,
        session,
        score,
        confidence,
        order,
        List.of(CONTRIBUTION),
        List.of("trend"));
  }

  @Test
  void whenARecordIsMade_thenItsMapsAreSortedCopies() {
    Map<String, String> inputs = new HashMap<>(Map.of("securities", "02", "bars", "01"));
    Map<String, String> settings = new HashMap<>(Map.of("top", "2", "seed", "7"));
    List<Candidate> candidates =
        new ArrayList<>(List.of(new Candidate(SYMBOL, Double.NaN, 0, "NOT_IN_TOP", "", List.of())));
    DecisionRecord record = new DecisionRecord(
        1,
        "0.1.0",
        DAY,
        SESSION,
        inputs,
        settings,
        candidates,
        List.of(recommendation(1, SESSION, 0.5, 0.5, ORDER)));
    inputs.clear();
    settings.clear();
    candidates.clear();
    assertThat(record.inputs().keySet()).containsExactly("bars", "securities");
    assertThat(record.settings().keySet()).containsExactly("seed", "top");
    assertThat(record.candidates()).hasSize(1).isUnmodifiable();
    assertThat(record.recommendations()).isUnmodifiable();
    assertThat(record.recommendations().get(0).trace()).containsExactly(CONTRIBUTION);
  }

  @Test
  void whenTwoRecordsHoldTheSame_thenTheyAreEqualEvenWithUnknownScores() {
    Candidate one = new Candidate(SYMBOL, Double.NaN, 0, "NOT_IN_TOP", "", List.of());
    Candidate two = new Candidate(SYMBOL, Double.NaN, 0, "NOT_IN_TOP", "", List.of());
    assertThat(one).isEqualTo(two);
    assertThat(CONTRIBUTION.warnings()).isUnmodifiable();
  }

  @ParameterizedTest
  @CsvSource({"0,0,0", "1,-1.1,0", "1,1.1,0", "1,NaN,0", "1,0,-0.1", "1,0,1.1", "1,0,NaN"})
  void whenANumberIsOutOfRange_thenTheRecommendationIsRefused(
      int rank, double score, double confidence) {
    assertInvalid(() -> recommendation(rank, SESSION, score, confidence, ORDER));
  }

  @Test
  void whenTheSessionIsNotAfterTheDay_thenTheRecommendationIsRefused() {
    assertInvalid(() -> recommendation(1, DAY, 0, 0, ORDER))
        .hasMessageContaining("must come after");
  }

  @Test
  void whenTheOrderIsForAnotherShare_thenTheRecommendationIsRefused() {
    Order other = new Order(Symbol.parse("000001.SZ"), Side.BUY, BigDecimal.TEN, 100);
    assertInvalid(() -> recommendation(1, SESSION, 0, 0, other))
        .hasMessageContaining("the order for 600519.SH is for 000001.SZ");
  }
}
