package io.qilin.mlops.tuning;

/** Functions on which optimisers are compared (Surjanovic and Bingham, Virtual Library of Simulation Experiments). */
final class TestFunctions {
  static final SearchSpace BRANIN =
      SearchSpace.of(Parameter.real("x1", -5, 10), Parameter.real("x2", 0, 15));
  static final double BRANIN_LEAST = 0.397887;

  static final SearchSpace HARTMANN = SearchSpace.of(
      Parameter.real("x1", 0, 1),
      Parameter.real("x2", 0, 1),
      Parameter.real("x3", 0, 1),
      Parameter.real("x4", 0, 1),
      Parameter.real("x5", 0, 1),
      Parameter.real("x6", 0, 1));
  static final double HARTMANN_LEAST = -3.32237;

  private static final double[] ALPHA = {1.0, 1.2, 3.0, 3.2};
  private static final double[][] A = {
    {10, 3, 17, 3.5, 1.7, 8},
    {0.05, 10, 17, 0.1, 8, 14},
    {3, 3.5, 1.7, 10, 17, 8},
    {17, 8, 0.05, 10, 0.1, 14}
  };
  private static final double[][] P = {
    {1312, 1696, 5569, 124, 8283, 5886},
    {2329, 4135, 8307, 3736, 1004, 9991},
    {2348, 1451, 3522, 2883, 3047, 6650},
    {4047, 8828, 8732, 5743, 1091, 381}
  };

  private TestFunctions() {}

  static double branin(Trial trial) {
    return branin(trial.values().real("x1"), trial.values().real("x2"));
  }

  static double branin(double x, double y) {
    double b = 5.1 / (4 * Math.PI * Math.PI);
    double valley = y - b * x * x + 5 / Math.PI * x - 6;
    return valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
  }

  static double hartmann(Trial trial) {
    double[] x = new double[6];
    for (int i = 0; i < x.length; i++) {
      x[i] = trial.values().real("x" + (i + 1));
    }
    return hartmann(x);
  }

  static double hartmann(double[] x) {
    double sum = 0;
    for (int k = 0; k < ALPHA.length; k++) {
      double inner = 0;
      for (int i = 0; i < x.length; i++) {
        double d = x[i] - 1e-4 * P[k][i];
        inner += A[k][i] * d * d;
      }
      sum -= ALPHA[k] * Math.exp(-inner);
    }
    return sum;
  }
}
