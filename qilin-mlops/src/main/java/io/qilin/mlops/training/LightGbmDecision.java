package io.qilin.mlops.training;

/** The bits of LightGBM's {@code decision_type}, and what it takes for zero. Source: {@code include/LightGBM/tree.h} and {@code meta.h} of 4.3. */
final class LightGbmDecision {
  /** {@code kZeroThreshold}, a {@code float}. */
  static final double ZERO = 1e-35f;

  private static final int CATEGORICAL = 1;
  private static final int DEFAULT_LEFT = 2;
  private static final DecisionTree.Missing[] MISSING = DecisionTree.Missing.values();

  private LightGbmDecision() {}

  /** Whether a number is one of the decisions that are understood: numerical, and of a known kind of missing. */
  static boolean understood(int decision) {
    return decision >= 0 && (decision & CATEGORICAL) == 0 && (decision >> 2) < MISSING.length;
  }

  static boolean categorical(int decision) {
    return (decision & CATEGORICAL) != 0;
  }

  static boolean defaultLeft(byte decision) {
    return (decision & DEFAULT_LEFT) != 0;
  }

  static DecisionTree.Missing missing(byte decision) {
    return MISSING[decision >> 2];
  }

  /**
   * A threshold that decides about every value as LightGBM does about the value after it took what is within ±{@link #ZERO} for
   * 0.
   */
  static double threshold(double read) {
    if (Math.abs(read) > ZERO) {
      return read;
    }
    return read >= 0 ? ZERO : Math.nextDown(-ZERO);
  }
}
