package io.qilin.core.performance;

import io.qilin.api.error.QilinException;
import io.qilin.core.report.NumberText;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;

/**
 * How often the trial that is best in one half of the time is no better than the middle in the other half: the probability
 * of backtest overfitting (PBO) by combinatorially symmetric cross-validation, after Bailey, Borwein, López de Prado and
 * Zhu, Journal of Computational Finance 20(4) (2017). Immutable and safe to share.
 *
 * <p>The days are cut into S blocks, as even as they can be. For each choice of S/2 blocks the trial with the highest Sharpe
 * ratio there is chosen; ω is its rank in the other blocks over N + 1, and λ = ln(ω / (1 − ω)). PBO is the part of the
 * choices with λ ≤ 0. Among equals the first trial is chosen, and ranks are average ones. A trial that does not vary has the
 * ratio 0.
 */
public final class BacktestOverfitting {
  private static final int MOST_BLOCKS = 20;
  /** A variance below this part of the squares is rounding. */
  private static final double ROUNDING = 1e-14;

  private final int blocks;
  private final int days;
  private final double[] logits;
  private final double[] inside;
  private final double[] outside;

  private BacktestOverfitting(
      int blocks, int days, double[] logits, double[] inside, double[] outside) {
    this.blocks = blocks;
    this.days = days;
    this.logits = logits;
    this.inside = inside;
    this.outside = outside;
  }

  /**
   * Measures.
   *
   * @param trials the returns of every trial; only days that are known to all of them count
   * @param blocks S, even, 2 to 20; 16 in the paper
   * @throws QilinException INVALID_ARGUMENT for fewer than two trials, another number of blocks, or fewer than two days a
   *     block
   */
  public static BacktestOverfitting of(List<ReturnSeries> trials, int blocks) {
    if (trials.size() < 2) {
      throw QilinException.invalid("overfitting needs two trials or more, got " + trials.size());
    }
    if (blocks < 2 || blocks > MOST_BLOCKS || blocks % 2 != 0) {
      throw QilinException.invalid(
          "blocks are an even number from 2 to " + MOST_BLOCKS + ", was " + blocks);
    }
    TreeSet<LocalDate> common = new TreeSet<>(trials.get(0).known().days());
    trials.forEach(trial -> common.retainAll(trial.known().days()));
    if (common.size() < 2 * blocks) {
      throw QilinException.invalid(
          "the trials have " + common.size() + " known days in common, too few for " + blocks
              + " blocks of two days; take fewer blocks or longer trials");
    }
    Blocks sums =
        new Blocks(trials.stream().map(trial -> trial.only(common).values()).toList(), blocks);
    return sums.study();
  }

  /** PBO: in [0, 1]; 0.5 is what luck gives. */
  public double probability() {
    return part(logits, false);
  }

  /** Part of the choices in which the chosen trial lost outside: its ratio there is below 0. */
  public double probabilityOfLoss() {
    return part(outside, true);
  }

  private static double part(double[] values, boolean strict) {
    int count = 0;
    for (double value : values) {
      count += value < 0 || (!strict && value == 0) ? 1 : 0;
    }
    return (double) count / values.length;
  }

  /**
   * Slope of the chosen trial's ratio outside on its ratio inside, by least squares: negative if what looks better does
   * worse. {@code NaN} if the ratios inside are all equal.
   */
  public double degradation() {
    Moments x = Moments.of(inside);
    Moments y = Moments.of(outside);
    double squares = 0;
    double products = 0;
    for (int i = 0; i < inside.length; i++) {
      squares += (inside[i] - x.mean()) * (inside[i] - x.mean());
      products += (inside[i] - x.mean()) * (outside[i] - y.mean());
    }
    return squares > 0 ? products / squares : Double.NaN;
  }

  /** S. */
  public int blocks() {
    return blocks;
  }

  /** Days that counted. */
  public int days() {
    return days;
  }

  /** λ of each choice. */
  public double[] logits() {
    return logits.clone();
  }

  /** Daily Sharpe ratio of the chosen trial within each choice. */
  public double[] inside() {
    return inside.clone();
  }

  /** Daily Sharpe ratio of the chosen trial outside each choice. */
  public double[] outside() {
    return outside.clone();
  }

  /** For example {@code PBO 0.31 (12870 choices of 16 blocks, 488 days)}. */
  @Override
  public String toString() {
    return "PBO " + NumberText.fixed(probability(), 2) + " (" + logits.length + " choices of "
        + blocks + " blocks, " + days + " days)";
  }

  /** Sums of each trial and block, from which the ratio of any choice follows. */
  private static final class Blocks {
    private final int trials;
    private final int blocks;
    private final int days;
    private final double[] means;
    private final int[] counts;
    private final double[][] sums;
    private final double[][] squares;

    Blocks(List<double[]> returns, int blocks) {
      trials = returns.size();
      this.blocks = blocks;
      days = returns.get(0).length;
      means = new double[trials];
      counts = new int[blocks];
      sums = new double[trials][blocks];
      squares = new double[trials][blocks];
      for (int b = 0; b < blocks; b++) {
        counts[b] = start(b + 1) - start(b);
      }
      for (int t = 0; t < trials; t++) {
        double[] values = returns.get(t);
        means[t] = Moments.of(values).mean();
        for (int b = 0; b < blocks; b++) {
          for (int i = start(b); i < start(b + 1); i++) {
            double x = values[i] - means[t];
            sums[t][b] += x;
            squares[t][b] += x * x;
          }
        }
      }
    }

    private int start(int block) {
      return (int) ((long) days * block / blocks);
    }

    BacktestOverfitting study() {
      int choices = choices();
      double[] logits = new double[choices];
      double[] inside = new double[choices];
      double[] outside = new double[choices];
      int choice = 0;
      int all = (1 << blocks) - 1;
      for (int mask = 0; mask <= all; mask++) {
        if (Integer.bitCount(mask) * 2 == blocks) {
          double[] within = ratios(mask);
          double[] beyond = ratios(all ^ mask);
          int best = best(within);
          double omega = rank(beyond, best) / (trials + 1);
          logits[choice] = StrictMath.log(omega / (1 - omega));
          inside[choice] = within[best];
          outside[choice] = beyond[best];
          choice++;
        }
      }
      return new BacktestOverfitting(blocks, days, logits, inside, outside);
    }

    private int choices() {
      long count = 1;
      for (int i = 1; i <= blocks / 2; i++) {
        count = count * (blocks / 2 + i) / i;
      }
      return (int) count;
    }

    private double[] ratios(int mask) {
      double[] ratios = new double[trials];
      for (int t = 0; t < trials; t++) {
        int count = 0;
        double sum = 0;
        double square = 0;
        for (int b = 0; b < blocks; b++) {
          if ((mask >> b & 1) != 0) {
            count += counts[b];
            sum += sums[t][b];
            square += squares[t][b];
          }
        }
        double spread = square - sum * sum / count;
        ratios[t] = spread > ROUNDING * square
            ? (means[t] + sum / count) / Math.sqrt(spread / (count - 1))
            : 0;
      }
      return ratios;
    }

    private static int best(double[] ratios) {
      int best = 0;
      for (int t = 1; t < ratios.length; t++) {
        if (ratios[t] > ratios[best]) {
          best = t;
        }
      }
      return best;
    }

    private static double rank(double[] ratios, int of) {
      int less = 0;
      int equal = 0;
      for (double ratio : ratios) {
        less += ratio < ratios[of] ? 1 : 0;
        equal += ratio == ratios[of] ? 1 : 0;
      }
      return less + (equal + 1) / 2.0;
    }
  }
}
