package io.qilin.core.factor;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.internal.kernel.Elementwise;
import io.qilin.core.internal.kernel.Extremes;
import io.qilin.core.internal.kernel.Moments;
import io.qilin.core.internal.kernel.Order;
import io.qilin.core.internal.kernel.PackedSeries;
import io.qilin.core.internal.kernel.Pairs;
import io.qilin.core.internal.kernel.Products;
import io.qilin.core.internal.kernel.Pulse;
import io.qilin.core.internal.kernel.Regression;
import io.qilin.core.internal.kernel.Rolling;
import io.qilin.core.internal.kernel.Weighted;
import io.qilin.core.internal.kernel.WindowFunction;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * The rows {@code [from, to)} of one operator: the table that says which calculation stands behind each {@link
 * io.qilin.core.expression.Operator}.
 */
final class OperatorRows {
  /** Qlib calls a side of a correlation constant if its standard deviation is not above this. */
  private static final double QLIB_FLAT = 2e-5;

  private final Step.Apply step;
  private final List<Column> inputs;
  private final int from;
  private final int to;
  private final boolean exact;
  private final Pulse pulse;

  OperatorRows(
      Step.Apply step, List<Column> inputs, int from, int to, NumericMode mode, Pulse pulse) {
    this.step = step;
    this.inputs = inputs;
    this.from = from;
    this.to = to;
    this.exact = mode == NumericMode.QLIB_EXACT;
    this.pulse = pulse;
  }

  double[] calculate() {
    return switch (step.operator()) {
      case NEGATE -> each(x -> -x);
      case ABS -> each(Math::abs);
      case LOG -> each(StrictMath::log);
      case SIGN -> each(Elementwise::sign);
      case NOT -> each(b -> 1 - b);
      case POWER -> both(Elementwise::power);
      case MUL -> both((a, b) -> a * b);
      case DIV -> both((a, b) -> a / b);
      case ADD -> both(Double::sum);
      case SUB -> both((a, b) -> a - b);
      case AND -> both(Elementwise::and);
      case OR -> both(Elementwise::or);
      case GT -> both((a, b) -> Elementwise.truth(a > b));
      case GE -> both((a, b) -> Elementwise.truth(a >= b));
      case LT -> both((a, b) -> Elementwise.truth(a < b));
      case LE -> both((a, b) -> Elementwise.truth(a <= b));
      case EQ -> both((a, b) -> Elementwise.truth(a == b));
      case NE -> both((a, b) -> Elementwise.truth(a != b));
      case GREATER -> both(Math::max);
      case LESS -> both(Math::min);
      case IF -> choose();
      case REF -> shifted();
      case DELTA -> change();
      case MEAN -> rolling(Moments.MEAN);
      case SUM -> rolling(Moments.SUM);
      case STD -> rolling(Moments.STD);
      case VAR -> rolling(Moments.VAR);
      case SKEW -> rolling(Moments.SKEW);
      case KURT -> rolling(Moments.KURT);
      case MAX -> rolling(Extremes.MAX);
      case MIN -> rolling(Extremes.MIN);
      case IDX_MAX -> rolling(Extremes.PLACE_OF_MAX);
      case IDX_MIN -> rolling(Extremes.PLACE_OF_MIN);
      case MED -> quantile(0.5);
      case MAD -> rolling(Moments.MAD);
      case QUANTILE -> quantile(step.parameters().get(1));
      case RANK -> rolling(Order.RANK);
      case COUNT -> rolling(Order.COUNT);
      case SLOPE -> regression(Regression.SLOPE);
      case RSQUARE ->
        regression(
            exact && step.window() > 0 ? Regression.RSQUARE_UNLESS_FLAT : Regression.RSQUARE);
      case RESI -> regression(Regression.RESIDUAL);
      case WMA -> rolling(exact ? Weighted.WMA_AS_QLIB : Weighted.WMA);
      case EMA -> ema();
      case CORR -> pairs().correlations(exact ? QLIB_FLAT : 0, window(), skipPairs(), pulse);
      case COV -> pairs().covariances(window(), skipPairs(), pulse);
      case PRODUCT -> rolling(Products.PRODUCT);
      case DECAY_LINEAR -> rolling(Weighted.WMA);
      case CS_RANK,
          CS_ZSCORE,
          CS_DEMEAN,
          CS_SCALE,
          CS_BUCKET,
          CS_WINSORIZE,
          CS_CLIP,
          CS_NEUTRALIZE,
          CS_RESIDUAL -> throw crossSection();
    };
  }

  private QilinException crossSection() {
    return new QilinException(
        ErrorCode.UNSUPPORTED,
        step.operator().functionName() + " reads all instruments of a day; one instrument alone"
            + " does not decide it");
  }

  private double[] each(DoubleUnaryOperator function) {
    double[] x = inputs.get(0).rows(from, to);
    double[] out = new double[x.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = function.applyAsDouble(x[i]);
    }
    return out;
  }

  private double[] both(DoubleBinaryOperator function) {
    double[] a = inputs.get(0).rows(from, to);
    double[] b = inputs.get(1).rows(from, to);
    double[] out = new double[a.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = function.applyAsDouble(a[i], b[i]);
    }
    return out;
  }

  /** NaN counts as true. */
  private double[] choose() {
    double[] condition = inputs.get(0).rows(from, to);
    double[] a = inputs.get(1).rows(from, to);
    double[] b = inputs.get(2).rows(from, to);
    double[] out = new double[condition.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = condition[i] != 0 ? a[i] : b[i];
    }
    return out;
  }

  private double[] shifted() {
    int rows = (int) step.window();
    Column x = inputs.get(0);
    return rows == 0
        ? Column.constant(x.at(x.first())).rows(from, to)
        : x.rows(from - rows, to - rows);
  }

  private double[] change() {
    double[] x = inputs.get(0).rows(from, to);
    double[] before = shifted();
    double[] out = new double[x.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = x[i] - before[i];
    }
    return out;
  }

  private int window() {
    return (int) step.window();
  }

  private int skip() {
    return from - inputs.get(0).start();
  }

  private PackedSeries series() {
    return inputs.get(0).packed();
  }

  /** A fraction as window makes every operator that accepts it an exponentially weighted mean, as in Qlib. */
  private double[] rolling(WindowFunction function) {
    boolean weighted = step.window() > 0 && step.window() < 1;
    return weighted
        ? Weighted.ema(step.window(), series(), skip(), pulse)
        : Rolling.apply(function, series(), window(), skip(), pulse);
  }

  private double[] quantile(double level) {
    boolean weighted = step.window() > 0 && step.window() < 1;
    return weighted
        ? Weighted.ema(step.window(), series(), skip(), pulse)
        : Order.quantiles(level, series(), window(), skip(), pulse);
  }

  private double[] regression(WindowFunction function) {
    return rolling(exact ? Regression.spoilt(function, series()) : function);
  }

  private double[] ema() {
    double n = step.window();
    return n == 0
        ? Rolling.apply(Weighted.EXPANDING_EMA, series(), 0, skip(), pulse)
        : Weighted.ema(n < 1 ? n : 2 / (n + 1), series(), skip(), pulse);
  }

  /** Both series from the first row that a window needs. */
  private Pairs pairs() {
    int start = from - skipPairs();
    return Pairs.of(inputs.get(0).rows(start, to), inputs.get(1).rows(start, to));
  }

  private int skipPairs() {
    int first = Math.min(inputs.get(0).first(), inputs.get(1).first());
    return Math.min(from - first, window() - 1);
  }
}
