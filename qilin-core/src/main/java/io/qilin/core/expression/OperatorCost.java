package io.qilin.core.expression;

/**
 * Rough costs of the operators in nanoseconds a value, as measured for plain Java on a server core of about 3 GHz. They
 * rank plans; they promise nothing.
 */
final class OperatorCost {
  /** What a window of all rows so far counts as. */
  private static final double ALL_ROWS = 250;

  private OperatorCost() {}

  static double of(Operator operator, double window) {
    boolean weighted = window > 0 && window < 1;
    double rows = window == 0 ? ALL_ROWS : Math.max(1, Math.abs(window));
    return switch (operator) {
      case NEGATE, ABS, NOT, MUL, ADD, SUB, DIV, REF, DELTA -> 0.3;
      case GT, GE, LT, LE, EQ, NE, AND, OR, GREATER, LESS, IF, SIGN -> 0.4;
      case LOG -> 5;
      case POWER -> 30;
      case EMA -> 2;
      case MEAN, SUM, COUNT -> weighted ? 2 : merged(0.3, rows);
      case STD, VAR, SLOPE, WMA, DECAY_LINEAR -> weighted ? 2 : merged(0.6, rows);
      case MAX, MIN, IDX_MAX, IDX_MIN, PRODUCT -> weighted ? 2 : merged(0.8, rows);
      case RSQUARE, RESI, CORR, COV, SKEW, KURT -> weighted ? 2 : merged(1.2, rows);
      case MED, QUANTILE -> weighted ? 2 : 2 + 0.3 * rows;
      case MAD, RANK -> 1 + 0.3 * rows;
      case CS_DEMEAN -> 2;
      case CS_SCALE -> 3;
      case CS_ZSCORE -> 4;
      case CS_RANK, CS_BUCKET -> 15;
      case CS_WINSORIZE, CS_CLIP -> 18;
      case CS_NEUTRALIZE, CS_RESIDUAL -> 40;
    };
  }

  /** With a window of 0 these go through all rows so far for each value. */
  static double growth(Operator operator, double window) {
    if (window != 0) {
      return 0;
    }
    return operator == Operator.MAD ? 5 : operator == Operator.EMA ? 2 : 0;
  }

  /** A window that is merged from shorter ones: as many steps as its length has binary digits. */
  private static double merged(double step, double rows) {
    return step * (Integer.SIZE - Integer.numberOfLeadingZeros((int) rows));
  }
}
