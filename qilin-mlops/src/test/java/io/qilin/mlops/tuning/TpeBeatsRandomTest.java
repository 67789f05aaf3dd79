package io.qilin.mlops.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.api.progress.Cancellation;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Fifty seeds each; what is compared is the best value after the same number of trials. */
class TpeBeatsRandomTest {
  private static final int SEEDS = 50;
  private static final int TRIALS = 50;

  @Test
  void whenTheFunctionsAreEvaluated_thenTheirLeastValuesAreThoseOfTheLiterature() {
    assertThat(TestFunctions.branin(Math.PI, 2.275))
        .isCloseTo(TestFunctions.BRANIN_LEAST, within(1e-5));
    assertThat(TestFunctions.hartmann(
            new double[] {0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573}))
        .isCloseTo(TestFunctions.HARTMANN_LEAST, within(1e-5));
  }

  @Test
  void whenBraninIsSearched_thenTpeIsNearerThanChance() {
    compare("Branin", TestFunctions.BRANIN, TestFunctions::branin, TestFunctions.BRANIN_LEAST, 4);
  }

  @Test
  void whenHartmannIsSearched_thenTpeIsNearerThanChance() {
    compare(
        "Hartmann 6",
        TestFunctions.HARTMANN,
        TestFunctions::hartmann,
        TestFunctions.HARTMANN_LEAST,
        1);
  }

  /** Requires that the median regret of TPE is at most 0.7 of that of chance, and that it wins in 35 of 50 pairs. */
  private static void compare(
      String name, SearchSpace space, Objective objective, double least, int batch) {
    double[] tpe = new double[SEEDS];
    double[] chance = new double[SEEDS];
    int wins = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      StudySettings settings = StudySettings.of(Direction.MINIMIZE, seed).withBatch(batch);
      tpe[seed] = best(space, settings, objective) - least;
      chance[seed] =
          best(space, settings.withSampler(new Sampler.RandomSearch()), objective) - least;
      wins += tpe[seed] < chance[seed] ? 1 : 0;
    }
    String figures = name + ": median regret of TPE " + median(tpe) + ", of chance "
        + median(chance) + ", TPE better in " + wins + " of " + SEEDS;
    System.out.println(figures);
    assertThat(median(tpe)).as(figures).isLessThan(0.7 * median(chance));
    assertThat(wins).as(figures).isGreaterThanOrEqualTo(35);
  }

  private static double best(SearchSpace space, StudySettings settings, Objective objective) {
    return Study.inMemory(space, settings)
        .run(objective, TrialBudget.trials(TRIALS), Runnable::run, () -> 0, new Cancellation())
        .best()
        .orElseThrow()
        .value();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[SEEDS / 2 - 1] + sorted[SEEDS / 2]) / 2;
  }
}
