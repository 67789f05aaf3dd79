package io.qilin.mlops.abtest;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Tests that are looked at again and again, simulated: how often an effect is shown. */
final class Peeking {
  private static final int LEAST = 1_000;
  private static final int CALLS = 20_000;
  private static final int EVERY = 50;

  /** What calls give. */
  enum Outcomes {
    BERNOULLI,
    /** The chance of being right is drawn anew for every hundred calls, as all instruments share a day. */
    SHARED_DAYS,
    NORMAL,
    /** Student with three degrees of freedom. */
    HEAVY
  }

  /** Who judges. */
  enum Judge {
    ASYMPTOTIC,
    FINITE_SAMPLE,
    /** The test of a fixed sample: no interval for many looks. */
    STUDENT
  }

  /**
   * What came of many tests.
   *
   * @param shown the share in which an effect was shown
   * @param calls the mean number of calls until then
   */
  record Rates(double shown, double calls) {}

  private Peeking() {}

  static Rates calls(Outcomes outcomes, Judge judge, double effect, int runs, long seed) {
    SplittableRandom chance = new SplittableRandom(seed);
    Boundary boundary = new Boundary(0.05);
    int shown = 0;
    double calls = 0;
    for (int run = 0; run < runs; run++) {
      int at = oneRun(outcomes, judge, effect, boundary, chance.split());
      shown += at > 0 ? 1 : 0;
      calls += at;
    }
    return new Rates(shown / (double) runs, shown == 0 ? Double.NaN : calls / shown);
  }

  private static int oneRun(
      Outcomes outcomes, Judge judge, double effect, Boundary boundary, SplittableRandom chance) {
    Tally tally = new Tally(new double[] {0.5, 0.5});
    double[] squares = new double[2];
    double day = 0.5;
    for (int call = 1; call <= CALLS; call++) {
      if (outcomes == Outcomes.SHARED_DAYS && call % 100 == 0) {
        day = 0.2 + 0.6 * chance.nextDouble();
      }
      int arm = chance.nextBoolean() ? 1 : 0;
      double y = drawn(outcomes, day, arm * effect, chance);
      squares[arm] += y * y;
      tally.add(arm, y);
      boolean look = call % EVERY == 0 && tally.least(1) >= LEAST && tally.terms[1] >= 2 * LEAST;
      if (look && shows(judge, tally, squares, boundary)) {
        return call;
      }
    }
    return 0;
  }

  private static boolean shows(Judge judge, Tally tally, double[] squares, Boundary boundary) {
    if (judge != Judge.STUDENT) {
      double half = tally.halfWidth(1, boundary, 2.0 * LEAST, judge == Judge.FINITE_SAMPLE);
      return Math.abs(tally.effects[1]) > half;
    }
    double error = 0;
    for (int arm = 0; arm < 2; arm++) {
      double n = tally.counts[arm];
      error += (squares[arm] / n - tally.means[arm] * tally.means[arm]) / n;
    }
    return Math.abs(tally.means[1] - tally.means[0]) > 1.96 * Math.sqrt(error);
  }

  private static double drawn(
      Outcomes outcomes, double day, double effect, SplittableRandom chance) {
    return switch (outcomes) {
      case BERNOULLI, SHARED_DAYS -> chance.nextDouble() < day + effect ? 1 : 0;
      case NORMAL -> chance.nextGaussian() + effect;
      case HEAVY -> student(3, chance) + effect;
    };
  }

  /** Daily differences with memory, looked at after every fifth day from the least days to the last. */
  static double days(
      double memory,
      boolean heavy,
      double effect,
      int least,
      int last,
      int runs,
      long seed,
      boolean plain) {
    SplittableRandom chance = new SplittableRandom(seed);
    Boundary boundary = new Boundary(0.05);
    int shown = 0;
    for (int run = 0; run < runs; run++) {
      double[] days = new double[last];
      double state = 0;
      for (int t = 0; t < last; t++) {
        state = memory * state + (heavy ? student(4, chance) : chance.nextGaussian());
        days[t] = state + effect / (1 - memory);
      }
      for (int t = least; t <= last; t += 5) {
        ProfitDays so = ProfitDays.of(Arrays.copyOf(days, t));
        double half = plain ? 1.96 * error(days, t) : so.halfWidth(boundary, least);
        if (Math.abs(so.mean()) > half) {
          shown++;
          break;
        }
      }
    }
    return shown / (double) runs;
  }

  private static double error(double[] days, int count) {
    double mean = Arrays.stream(days, 0, count).average().orElseThrow();
    double squares =
        Arrays.stream(days, 0, count).map(day -> (day - mean) * (day - mean)).sum();
    return Math.sqrt(squares / (count - 1) / count);
  }

  private static double student(int degrees, SplittableRandom chance) {
    double squares = 0;
    for (int i = 0; i < degrees; i++) {
      double z = chance.nextGaussian();
      squares += z * z;
    }
    return chance.nextGaussian() / Math.sqrt(squares / degrees);
  }
}
