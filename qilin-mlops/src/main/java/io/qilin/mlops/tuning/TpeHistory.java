package io.qilin.mlops.tuning;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The trials that TPE learns from, parted into the best and the others, each in the order of their numbers. Trials of the same
 * batch, of which nothing is known yet, are among the others: so those that are found together do not fall on one place (the
 * constant liar of Ginsbourger, Le Riche and Carraro 2010, as Optuna has it). Failed trials say nothing.
 */
record TpeHistory(List<StoredTrial> good, List<StoredTrial> others) {
  private static final int MOST_GOOD = 25;
  private static final int FULL_WEIGHT = 25;

  /**
   * Parts the trials.
   *
   * @param before of earlier batches
   * @param beside of the same batch
   */
  static TpeHistory of(
      Direction direction, Collection<StoredTrial> before, Collection<StoredTrial> beside) {
    List<StoredTrial> ranked =
        new ArrayList<>(before.stream().filter(StoredTrial::says).toList());
    int all = ranked.size() + beside.size();
    ranked.sort(Comparator.comparing((StoredTrial trial) -> trial.state() != TrialState.COMPLETE)
        .thenComparing(trial -> -reached(trial))
        .thenComparingDouble(trial -> direction.loss(trial.result().value()))
        .thenComparingInt(StoredTrial::number));
    int best = Math.min(ranked.size(), Math.min(MOST_GOOD, (int) Math.ceil(0.1 * all)));
    List<StoredTrial> good = new ArrayList<>(ranked.subList(0, best));
    List<StoredTrial> others = new ArrayList<>(ranked.subList(best, ranked.size()));
    others.addAll(beside);
    good.sort(Comparator.comparingInt(StoredTrial::number));
    others.sort(Comparator.comparingInt(StoredTrial::number));
    return new TpeHistory(good, others);
  }

  /** How much each of n trials counts, the oldest first: the last 25 fully, those before rising from 1/n. */
  static double[] weights(int n) {
    double[] weights = new double[n];
    int rising = Math.max(0, n - FULL_WEIGHT);
    for (int i = 0; i < n; i++) {
      double from = 1.0 / n;
      weights[i] = i >= rising ? 1 : rising == 1 ? from : from + (1 - from) * i / (rising - 1);
    }
    return weights;
  }

  /** Of two pruned trials the one that came further is better; complete ones are all alike in this. */
  private static long reached(StoredTrial trial) {
    Reports reports = trial.reports();
    return trial.state() == TrialState.COMPLETE || reports.size() == 0
        ? 0
        : reports.step(reports.size() - 1);
  }
}
