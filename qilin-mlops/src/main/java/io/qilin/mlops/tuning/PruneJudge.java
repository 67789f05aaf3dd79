package io.qilin.mlops.tuning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Says whether a trial is to stop, by what the trials of earlier batches reported. Immutable; safe to share between threads. */
final class PruneJudge {
  private final Pruner pruner;
  private final Direction direction;
  private final List<StoredTrial> before;

  PruneJudge(Pruner pruner, Direction direction, Collection<StoredTrial> before) {
    this.pruner = pruner;
    this.direction = direction;
    this.before = before.stream().filter(trial -> trial.reports().size() > 0).toList();
  }

  /** Judges a trial by its last report. */
  boolean stops(Reports own) {
    if (pruner instanceof Pruner.Median median) {
      return stops(median, own);
    }
    return pruner instanceof Pruner.SuccessiveHalving halving && stops(halving, own);
  }

  private boolean stops(Pruner.Median median, Reports own) {
    long step = own.step(own.size() - 1);
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < own.size(); i++) {
      double loss = direction.loss(own.value(i));
      best = loss < best ? loss : best;
    }
    boolean known = !Double.isNaN(own.value(own.size() - 1));
    if (step < median.warmupSteps() || !known) {
      return false;
    }
    List<Double> losses = new ArrayList<>();
    long complete = 0;
    for (StoredTrial trial : before) {
      if (trial.state() == TrialState.COMPLETE) {
        complete++;
        add(losses, trial.reports().at(step));
      }
    }
    return complete >= median.startupTrials() && !losses.isEmpty() && best > middle(losses);
  }

  private boolean stops(Pruner.SuccessiveHalving halving, Reports own) {
    int last = own.size() - 1;
    long step = own.step(last);
    long stepBefore = last == 0 ? -1 : own.step(last - 1);
    double loss = direction.loss(own.value(last));
    if (Double.isNaN(loss)) {
      return false;
    }
    for (long rung = halving.firstRung();
        rung <= step;
        rung = next(rung, halving.reductionFactor())) {
      if (rung > stepBefore && !isAmongBest(rung, loss, halving.reductionFactor())) {
        return true;
      }
      if (rung == Long.MAX_VALUE) {
        break;
      }
    }
    return false;
  }

  private boolean isAmongBest(long rung, double loss, int factor) {
    List<Double> losses = new ArrayList<>();
    for (StoredTrial trial : before) {
      add(losses, trial.reports().from(rung));
    }
    losses.add(loss);
    double[] sorted = sorted(losses);
    return loss <= sorted[Math.max(1, sorted.length / factor) - 1];
  }

  private void add(List<Double> losses, double value) {
    if (!Double.isNaN(value)) {
      losses.add(direction.loss(value));
    }
  }

  private static long next(long rung, int factor) {
    return rung > Long.MAX_VALUE / factor ? Long.MAX_VALUE : rung * factor;
  }

  private static double middle(List<Double> losses) {
    double[] sorted = sorted(losses);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : sorted[half - 1] / 2 + sorted[half] / 2;
  }

  private static double[] sorted(List<Double> losses) {
    double[] sorted = losses.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
