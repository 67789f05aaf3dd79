package io.qilin.mlops.abtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.mlops.abtest.Peeking.Judge;
import io.qilin.mlops.abtest.Peeking.Outcomes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How often a test that is looked at all the time shows an effect that is not there, or one that is. */
class PeekingTest {
  private static final int RUNS = 100;
  /** 5 % and three standard errors of so many runs. */
  private static final double MOST = 0.05 + 3 * Math.sqrt(0.05 * 0.95 / RUNS);

  @ParameterizedTest
  @EnumSource(Outcomes.class)
  void whenNothingDiffers_thenLookingAllTheTimeRarelyErrs(Outcomes outcomes) {
    assertThat(Peeking.calls(outcomes, Judge.ASYMPTOTIC, 0, RUNS, 1).shown())
        .isLessThanOrEqualTo(MOST);
  }

  @Test
  void whenOutcomesAreBounded_thenTheFiniteSampleErrsNever() {
    assertThat(
            Peeking.calls(Outcomes.SHARED_DAYS, Judge.FINITE_SAMPLE, 0, RUNS, 1).shown())
        .isLessThanOrEqualTo(0.01);
  }

  @Test
  void whenATestOfAFixedSampleIsLookedAtAllTheTime_thenItErrs() {
    assertThat(Peeking.calls(Outcomes.BERNOULLI, Judge.STUDENT, 0, RUNS, 1).shown())
        .isGreaterThan(1.5 * MOST);
  }

  @Test
  void whenAnArmIsBetter_thenItIsShown() {
    assertThat(Peeking.calls(Outcomes.BERNOULLI, Judge.ASYMPTOTIC, 0.05, 50, 1).shown())
        .isGreaterThan(0.95);
  }

  @ParameterizedTest
  @CsvSource({"0, false", "0.3, false", "0.6, false", "0.6, true"})
  void whenDaysRememberEachOther_thenLookingAllTheTimeRarelyErrs(double memory, boolean heavy) {
    assertThat(Peeking.days(memory, heavy, 0, 250, 500, RUNS, 1, false)).isLessThanOrEqualTo(MOST);
  }

  @Test
  void whenDaysAreTakenForIndependent_thenItErrs() {
    assertThat(Peeking.days(0.6, false, 0, 250, 500, RUNS, 1, true)).isGreaterThan(1.5 * MOST);
  }

  /** The figures of docs/benchmarks.md; {@code -Dqilin.mlops.runs=10000}. */
  @Test
  @EnabledIfSystemProperty(named = "qilin.mlops.runs", matches = "[0-9]+")
  void whenManyTestsAreRun_thenTheRatesAreReported() {
    int runs = Integer.getInteger("qilin.mlops.runs");
    double error = Math.sqrt(0.05 * 0.95 / runs);
    StringBuilder report = new StringBuilder();
    for (Outcomes outcomes : Outcomes.values()) {
      boolean bounded = outcomes == Outcomes.BERNOULLI || outcomes == Outcomes.SHARED_DAYS;
      for (Judge judge : Judge.values()) {
        if (judge == Judge.FINITE_SAMPLE && !bounded) {
          continue;
        }
        double none = Peeking.calls(outcomes, judge, 0, runs, 11).shown();
        report.append(outcomes).append(' ').append(judge).append(" none ").append(none);
        if (judge != Judge.STUDENT) {
          for (double effect : new double[] {0.02, 0.05, 0.1}) {
            report
                .append(", ")
                .append(effect)
                .append(' ')
                .append(Peeking.calls(outcomes, judge, effect, runs / 10, 12));
          }
          assertThat(none).isLessThanOrEqualTo(0.05 + 3 * error);
        }
        report.append('\n');
      }
    }
    for (double memory : new double[] {0, 0.3, 0.6}) {
      for (boolean heavy : new boolean[] {false, true}) {
        double none = Peeking.days(memory, heavy, 0, 250, 1_000, runs, 13, false);
        report
            .append("days ")
            .append(memory)
            .append(heavy ? " heavy" : "")
            .append(" none ")
            .append(none)
            .append(", plain ")
            .append(Peeking.days(memory, heavy, 0, 250, 1_000, runs / 10, 13, true))
            .append(", 0.1 ")
            .append(Peeking.days(memory, heavy, 0.1, 250, 1_000, runs / 10, 14, false))
            .append('\n');
        assertThat(none).isLessThanOrEqualTo(0.05 + 3 * error);
      }
    }
    System.out.println(report);
  }
}
