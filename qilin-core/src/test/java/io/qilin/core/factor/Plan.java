package io.qilin.core.factor;

import io.qilin.api.market.Symbol;
import io.qilin.core.expression.Expression;
import io.qilin.core.expression.Node;
import io.qilin.core.expression.Operator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The calculations of many expressions in an order in which each comes after what it needs. What several expressions
 * share is calculated once. Says of each step how far before and after the days asked for it is needed. Immutable.
 */
final class Plan {
  static final int UNBOUNDED = Integer.MAX_VALUE;

  private final List<Step> steps;
  private final int[][] outputs;

  private final int[] back;
  private final int[] ahead;
  private final int[] lastUse;

  private Plan(List<Step> steps, int[] roots, NumericMode mode) {
    this.steps = List.copyOf(steps);
    this.outputs = new int[steps.size()][];
    Arrays.setAll(
        outputs,
        step -> IntStream.range(0, roots.length).filter(i -> roots[i] == step).toArray());
    this.back = new int[steps.size()];
    this.ahead = new int[steps.size()];
    this.lastUse = new int[steps.size()];
    for (int id = steps.size() - 1; id >= 0; id--) {
      if (steps.get(id) instanceof Step.Computed computed) {
        demandInputs(id, computed, mode);
      }
    }
  }

  private void demandInputs(int id, Step.Computed step, NumericMode mode) {
    int own = lookBack(step, mode);
    boolean unbounded = own == UNBOUNDED || back[id] == UNBOUNDED;
    for (int input : step.inputs()) {
      back[input] = unbounded ? UNBOUNDED : Math.max(back[input], back[id] + own);
      ahead[input] = Math.max(ahead[input], ahead[id] + lookAhead(step));
      lastUse[input] = Math.max(lastUse[input], id);
    }
  }

  private static int lookAhead(Step.Computed step) {
    return step instanceof Step.Apply apply
        ? apply.operator().lookAhead(apply.window())
        : ((Step.Custom) step).ahead();
  }

  private static int lookBack(Step.Computed step, NumericMode mode) {
    return step instanceof Step.Custom custom
        ? custom.rows() - 1 - custom.ahead()
        : lookBack((Step.Apply) step, mode);
  }

  /** In Qlib an infinity spoils all later rows of a regression, so its whole past must be seen. */
  private static int lookBack(Step.Apply apply, NumericMode mode) {
    Operator operator = apply.operator();
    boolean regression =
        operator == Operator.SLOPE || operator == Operator.RSQUARE || operator == Operator.RESI;
    return regression && mode == NumericMode.QLIB_EXACT
        ? UNBOUNDED
        : operator.lookBack(apply.window()).orElse(UNBOUNDED);
  }

  static Plan of(List<Expression> expressions, NumericMode mode) {
    Builder builder = new Builder();
    int[] roots = expressions.stream()
        .mapToInt(expression -> builder.add(expression.root()))
        .toArray();
    return new Plan(builder.steps, roots, mode);
  }

  List<Step> steps() {
    return steps;
  }

  /** The places of the expressions whose value the step is. */
  int[] outputsOf(int step) {
    return outputs[step];
  }

  /** Rows needed before the first one asked for, or {@link #UNBOUNDED}. */
  int back(int step) {
    return back[step];
  }

  /** Rows needed after the last one asked for. */
  int ahead(int step) {
    return ahead[step];
  }

  /** The last step that reads this one; 0 if none does. */
  int lastUse(int step) {
    return lastUse[step];
  }

  /** Numbers the steps, walking the trees without recursion. */
  private static final class Builder {
    private final List<Step> steps = new ArrayList<>();
    private final Map<Step, Integer> ids = new HashMap<>();

    private record Visit(Node node, Optional<Symbol> instrument, boolean operandsDone) {}

    int add(Node root) {
      Deque<Visit> todo = new ArrayDeque<>();
      Deque<Integer> done = new ArrayDeque<>();
      todo.push(new Visit(root, Optional.empty(), false));
      while (!todo.isEmpty()) {
        Visit visit = todo.pop();
        if (visit.operandsDone() || visit.node().operands().isEmpty()) {
          finish(visit, done);
        } else {
          expand(visit, todo);
        }
      }
      return done.pop();
    }

    /** The innermost instrument counts: what stands in Mask or ChangeInstrument is read there. */
    private static void expand(Visit visit, Deque<Visit> todo) {
      Optional<Symbol> instrument = visit.node() instanceof Node.Elsewhere elsewhere
          ? Optional.of(elsewhere.instrument())
          : visit.instrument();
      todo.push(new Visit(visit.node(), instrument, true));
      for (Node operand : visit.node().operands()) {
        todo.push(new Visit(operand, instrument, false));
      }
    }

    private void finish(Visit visit, Deque<Integer> done) {
      if (visit.node() instanceof Node.Constant constant) {
        done.push(id(new Step.Constant(constant.value())));
      } else if (visit.node() instanceof Node.FieldValue value) {
        done.push(id(new Step.Read(value.field(), visit.instrument())));
      } else if (visit.node() instanceof Node.Operation operation) {
        List<Integer> inputs = inputs(operation, done);
        done.push(
            id(new Step.Apply(operation.operator(), inputs, numbers(operation.parameters()))));
      } else if (visit.node() instanceof Node.Custom custom) {
        List<Integer> inputs = inputs(custom, done);
        List<Double> parameters = numbers(custom.parameters());
        done.push(id(new Step.Custom(
            custom.operator(), inputs, parameters, custom.rows(), custom.lookAhead())));
      }
    }

    /** Operands were pushed left to right, hence finished right to left: the left one is on top. */
    private static List<Integer> inputs(Node node, Deque<Integer> done) {
      Integer[] inputs = new Integer[node.operands().size()];
      Arrays.setAll(inputs, i -> done.pop());
      return List.of(inputs);
    }

    private static List<Double> numbers(List<Node.Constant> constants) {
      return constants.stream().map(Node.Constant::value).toList();
    }

    private int id(Step step) {
      Integer known = ids.get(step);
      if (known != null) {
        return known;
      }
      steps.add(step);
      ids.put(step, steps.size() - 1);
      return steps.size() - 1;
    }
  }
}
