package io.qilin.data.reconcile;

import io.qilin.api.error.QilinException;

/**
 * How far two sources may be apart.
 *
 * @param ticks raw prices of shares and funds, in whole ticks, not negative
 * @param relative everything else, as a fraction of the larger of the two, in [0, 1)
 * @param mostFindings how many places are listed for each rule; the counts are exact whatever it is
 */
public record Tolerance(int ticks, double relative, int mostFindings) {
  /** One tick or 0.1 %, and 100 places a rule. */
  public static final Tolerance DEFAULT = new Tolerance(1, 0.001, 100);

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT if one is out of range
   */
  public Tolerance {
    if (ticks < 0 || mostFindings < 0 || !(relative >= 0 && relative < 1)) {
      throw QilinException.invalid("a tolerance is 0 or more ticks, a fraction in [0, 1) and 0 or"
          + " more findings, was " + ticks + ", " + relative + ", " + mostFindings);
    }
  }
}
