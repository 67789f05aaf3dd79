package io.qilin.mlops.online;

/** How wrong a score is. 0 or more, less is better. */
public enum Loss {
  /** (score − label)². */
  SQUARED {
    @Override
    public double of(double score, double label) {
      double apart = score - label;
      return apart * apart;
    }
  },
  /** |score − label|. */
  ABSOLUTE {
    @Override
    public double of(double score, double label) {
      return Math.abs(score - label);
    }
  },
  /**
   * −label·ln(score) − (1 − label)·ln(1 − score) of a probability and a label in [0, 1]; the score is held within 1e-15 of that
   * range.
   */
  LOG {
    @Override
    public double of(double score, double label) {
      double p = Math.max(1e-15, Math.min(1 - 1e-15, score));
      return -label * StrictMath.log(p) - (1 - label) * StrictMath.log(1 - p);
    }
  },
  /** 1 if score and label lie on different sides of 0, else 0; a zero lies on its own. */
  WRONG_SIGN {
    @Override
    public double of(double score, double label) {
      return Math.signum(score) == Math.signum(label) ? 0 : 1;
    }
  };

  /**
   * The loss of one sample.
   *
   * @param score finite
   * @param label finite
   */
  public abstract double of(double score, double label);
}
