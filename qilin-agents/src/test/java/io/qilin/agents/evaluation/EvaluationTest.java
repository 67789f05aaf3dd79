package io.qilin.agents.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final List<LocalDate> DAYS = Panels.weekdays(Panels.FIRST_DAY, 130);
  private static final Map<String, Double> WEIGHTS = Map.of("knows", 0.5, "noise", 0.5);

  private static OutcomeRow row(
      int day, int share, double score, boolean fillable, double outcome) {
    return new OutcomeRow(
        DAYS.get(day),
        Symbol.parse(String.format(Locale.ROOT, "6%05d.SH", share)),
        score,
        Map.of("knows", score),
        fillable,
        outcome,
        DAYS.get(day + 2));
  }

  /** Twenty shares a day; one analyst half knows the outcome, the other knows nothing. */
  private static OutcomeTable seeded(int from, int to, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<OutcomeRow> rows = new ArrayList<>();
    for (int d = from; d < to; d++) {
      for (int k = 0; k < 20; k++) {
        double outcome = random.nextDouble(-0.1, 0.1);
        double knows = 0.5 * 10 * outcome + 0.5 * random.nextDouble(-1, 1);
        double noise = random.nextDouble(-1, 1);
        rows.add(new OutcomeRow(
            DAYS.get(d),
            Symbol.parse(String.format(Locale.ROOT, "6%05d.SH", k)),
            (knows + noise) / 2,
            Map.of("knows", knows, "noise", noise),
            true,
            outcome,
            DAYS.get(d + 2)));
      }
    }
    return new OutcomeTable(OutcomeLabel.NEXT_OPEN_RETURN, rows);
  }

  @Test
  void whenTheBestOfEachDayAreCounted_thenTheUnbuyableOnesAreCountedApart() {
    OutcomeTable table = new OutcomeTable(
        OutcomeLabel.NEXT_OPEN_RETURN,
        List.of(
            row(0, 1, 0.9, false, 0.10),
            row(0, 2, 0.8, true, -0.02),
            row(0, 3, 0.7, true, 0.05),
            row(1, 1, 0.1, true, 0.04),
            row(1, 2, 0.2, true, 0.0)));
    Precision two = Precision.at(2, table);
    assertThat(two.picks()).isEqualTo(4);
    assertThat(two.hits()).isEqualTo(2);
    assertThat(two.precision()).isEqualTo(0.5);
    assertThat(two.fillable()).isEqualTo(3);
    assertThat(two.fillablePrecision()).isCloseTo(1.0 / 3, within(1e-15));
    assertThat(two.fillableOutcome()).isCloseTo(0.02 / 3, within(1e-15));
    OutcomeTable none = new OutcomeTable(OutcomeLabel.SEALED_NEXT, List.of());
    assertThat(Precision.at(1, none).precision()).isNaN();
    assertThat(Precision.at(1, none).fillablePrecision()).isNaN();
    assertThatThrownBy(() -> Precision.at(0, table)).isInstanceOf(QilinException.class);
  }

  @Test
  void whenCalibratedOnAnEarlierPeriod_thenTheProbabilitiesHoldLater() {
    OutcomeTable early = seeded(0, 60, 1);
    OutcomeTable late = seeded(62, 120, 2);
    Calibration calibration = Calibration.learn(early, 10);
    assertThat(calibration.learntUntil()).isEqualTo(DAYS.get(61));
    Reliability held = calibration.assess(late);
    assertThat(held.rows()).isEqualTo(58 * 20);
    assertThat(held.skill()).isBetween(0.1, 0.6);
    assertThat(held.brier()).isLessThan(held.baseBrier());
    assertThat(held.deciles()).hasSize(10);
    assertThat(held.deciles())
        .allSatisfy(part -> assertThat(part.seen()).isCloseTo(part.said(), within(0.2)));
    for (double score = -1; score < 1; score += 0.01) {
      assertThat(calibration.probability(score + 0.01))
          .isGreaterThanOrEqualTo(calibration.probability(score));
    }
    assertThat(calibration.probability(Double.NaN)).isNaN();
    assertThat(calibration.probability(-1)).isBetween(0.0, 0.5);
  }

  @Test
  void whenAPeriodOverlapsWhatWasLearnt_thenItIsRefused() {
    Calibration calibration = Calibration.learn(seeded(0, 60, 1), 10);
    assertThatThrownBy(() -> calibration.assess(seeded(60, 70, 2)))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("later period");
    assertThatThrownBy(() -> calibration.assess(seeded(100, 100, 2)))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> Calibration.learn(seeded(0, 9, 1), 10))
        .isInstanceOf(QilinException.class);
    WeightEstimate estimate = WeightEstimate.learn(seeded(0, 60, 1), WEIGHTS);
    assertThatThrownBy(() -> estimate.compare(seeded(60, 70, 2), WEIGHTS, 2))
        .isInstanceOf(QilinException.class);
    assertThatThrownBy(() -> WeightEstimate.learn(seeded(0, 19, 1), WEIGHTS))
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenAnAnalystKnowsAndAnotherDoesNot_thenTheirValuesSaySo() {
    List<AnalystValue> values = AnalystValue.of(seeded(0, 60, 1), WEIGHTS, 2);
    assertThat(values).extracting(AnalystValue::analyst).containsExactly("knows", "noise");
    AnalystValue knows = values.get(0);
    AnalystValue noise = values.get(1);
    assertThat(knows.days()).isEqualTo(60);
    assertThat(knows.rankIc()).isBetween(0.5, 0.9);
    assertThat(noise.rankIc()).isCloseTo(0, within(3 * noise.rankIcError() + 0.01));
    assertThat(knows.valueAdded()).isPositive();
    assertThat(noise.valueAdded()).isNegative();
  }

  @Test
  void whenWeightsAreLearnt_thenTheyAddUpToOneAndDoBetterLater() {
    WeightEstimate estimate = WeightEstimate.learn(seeded(0, 60, 1), WEIGHTS);
    assertThat(estimate.weights().values().stream().mapToDouble(w -> w).sum())
        .isCloseTo(1, within(1e-12));
    assertThat(estimate.weights().get("knows")).isGreaterThan(0.65);
    WeightEstimate.Comparison later = estimate.compare(seeded(62, 120, 2), WEIGHTS, 2);
    assertThat(later.after()).isGreaterThan(later.before());
  }

  @Test
  void whenRanksAreTied_thenTheyShareTheirMeanRank() {
    assertThat(RankCorrelation.of(new double[] {1, 2, 3}, new double[] {10, 20, 30}))
        .isEqualTo(1);
    assertThat(RankCorrelation.of(new double[] {1, 2, 3}, new double[] {3, 2, 1}))
        .isEqualTo(-1);
    // Ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4: 4.5 / sqrt(4.5 * 5).
    assertThat(RankCorrelation.of(new double[] {1, 5, 5, 9}, new double[] {1, 3, 2, 4}))
        .isCloseTo(4.5 / Math.sqrt(22.5), within(1e-15));
    assertThat(RankCorrelation.of(new double[] {1, 1, 1}, new double[] {1, 2, 3}))
        .isNaN();
  }
}
