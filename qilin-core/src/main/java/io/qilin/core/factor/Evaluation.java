package io.qilin.core.factor;

import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.expression.Operator;
import io.qilin.core.internal.kernel.Elementwise;
import io.qilin.core.internal.kernel.Extremes;
import io.qilin.core.internal.kernel.Moments;
import io.qilin.core.internal.kernel.Order;
import io.qilin.core.internal.kernel.Pairs;
import io.qilin.core.internal.kernel.PackedSeries;
import io.qilin.core.internal.kernel.Pulse;
import io.qilin.core.internal.kernel.Regression;
import io.qilin.core.internal.kernel.Rolling;
import io.qilin.core.internal.kernel.Weighted;
import io.qilin.core.internal.kernel.WindowFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Calculates the steps of a plan for one instrument, one whole column after the other.
 *
 * <p>Every value is computed from the rows of its own window by a direct formula, and where a formula reads all rows so
 * far, from the first row of the series on. So no value depends on which days were asked for.
 */
final class Evaluation {
  /** Qlib calls a side of a correlation constant if its standard deviation is not above this. */
  private static final double QLIB_FLAT = 2e-5;

  private final Plan plan;
  private final Panel panel;
  private final int instrument;
  private final int fromDay;
  private final int toDay;
  private final NumericMode mode;
  private final Pulse pulse;
  private final @Nullable Column[] columns;

  /** Calculates the days {@code [fromDay, toDay)} of an instrument. */
  Evaluation(
      Plan plan, Panel panel, int instrument, int fromDay, int toDay, NumericMode mode, Pulse pulse) {
    this.plan = plan;
    this.panel = panel;
    this.instrument = instrument;
    this.fromDay = fromDay;
    this.toDay = toDay;
    this.mode = mode;
    this.pulse = pulse;
    this.columns = new Column[plan.steps().size()];
  }

  /** Takes the values of one expression. */
  interface Sink {
    void write(int expression, int instrument, int day, double[] values, int offset, int length);
  }

  /** Calculates all steps and hands the expressions' values on the instrument's own days to the sink. */
  void run(Sink sink) {
    int from = Math.max(fromDay, panel.firstRow(instrument));
    int to = Math.min(toDay, panel.endRow(instrument));
    if (from >= to) {
      return;
    }
    for (int step = 0; step < columns.length; step++) {
      Column column = calculate(step);
      columns[step] = column;
      for (int expression : plan.outputsOf(step)) {
        sink.write(expression, instrument, from - fromDay, column.rows(from, to), 0, to - from);
      }
      forgetInputs(step);
    }
  }

  private void forgetInputs(int step) {
    if (plan.steps().get(step) instanceof Step.Apply apply) {
      for (int input : apply.inputs()) {
        if (plan.lastUse(input) == step) {
          columns[input] = null;
        }
      }
    }
  }

  private Column calculate(int id) {
    Step step = plan.steps().get(id);
    if (step instanceof Step.Constant constant) {
      return Column.constant(constant.value());
    }
    if (step instanceof Step.Read read) {
      return read(id, read);
    }
    Step.Apply apply = (Step.Apply) step;
    List<Column> inputs = new ArrayList<>(3);
    for (int input : apply.inputs()) {
      inputs.add(Objects.requireNonNull(columns[input]));
    }
    int first = inputs.get(0).first();
    int end = inputs.get(0).end();
    if (apply.operator() != Operator.IF) {
      for (Column input : inputs) {
        first = Math.min(first, input.first());
        end = Math.max(end, input.end());
      }
    }
    int from = firstNeeded(id, first);
    int to = endNeeded(id, end);
    if (from >= to) {
      return Column.constant(Double.NaN);
    }
    pulse.spend(to - from);
    return Column.of(first, end, from, new Rows(apply, inputs, from, to).calculate());
  }

  private Column read(int id, Step.Read read) {
    Optional<Integer> at = read.instrument().map(panel::find).orElse(Optional.of(instrument));
    if (at.isEmpty() || !panel.has(read.field())) {
      return Column.constant(Double.NaN);
    }
    int first = panel.firstRow(at.get());
    int end = panel.endRow(at.get());
    int from = firstNeeded(id, first);
    int to = endNeeded(id, end);
    return from < to
        ? Column.of(first, end, from, panel.values(read.field(), at.get(), from, to))
        : Column.constant(Double.NaN);
  }

  private int firstNeeded(int id, int first) {
    int back = plan.back(id);
    return back == Plan.UNBOUNDED ? first : Math.max(first, fromDay - back);
  }

  private int endNeeded(int id, int end) {
    return Math.min(end, toDay + plan.ahead(id));
  }

  /** The rows {@code [from, to)} of one operator. */
  private final class Rows {
    private final Step.Apply step;
    private final List<Column> inputs;
    private final int from;
    private final int to;

    Rows(Step.Apply step, List<Column> inputs, int from, int to) {
      this.step = step;
      this.inputs = inputs;
      this.from = from;
      this.to = to;
    }

    double[] calculate() {
      boolean exact = mode == NumericMode.QLIB_EXACT;
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
      };
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
      return rolling(
          mode == NumericMode.QLIB_EXACT ? Regression.spoilt(function, series()) : function);
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
}
