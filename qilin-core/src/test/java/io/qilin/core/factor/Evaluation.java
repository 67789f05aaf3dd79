package io.qilin.core.factor;

import io.qilin.api.market.Panel;
import io.qilin.core.expression.Operator;
import io.qilin.core.internal.kernel.Pulse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calculates the steps of a plan for one instrument, one whole column after the other.
 *
 * <p>Every value is computed from the rows of its own window by a direct formula, and where a formula reads all rows so
 * far, from the first row of the series on. So no value depends on which days were asked for.
 */
final class Evaluation {
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
      Plan plan,
      Panel panel,
      int instrument,
      int fromDay,
      int toDay,
      NumericMode mode,
      Pulse pulse) {
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
    if (plan.steps().get(step) instanceof Step.Computed computed) {
      for (int input : computed.inputs()) {
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
    Step.Computed computed = (Step.Computed) step;
    List<Column> inputs = new ArrayList<>(3);
    for (int input : computed.inputs()) {
      inputs.add(Objects.requireNonNull(columns[input]));
    }
    int first = inputs.get(0).first();
    int end = inputs.get(0).end();
    if (!(computed instanceof Step.Apply apply && apply.operator() == Operator.IF)) {
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
    double[] values = computed instanceof Step.Custom custom
        ? new CustomRows(custom, inputs, from, to, pulse).calculate()
        : new OperatorRows((Step.Apply) computed, inputs, from, to, mode, pulse).calculate();
    return Column.of(first, end, from, values);
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
}
