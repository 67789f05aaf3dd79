package io.qilin.core.internal.plan;

import io.qilin.api.market.Symbol;
import io.qilin.core.expression.Expression;
import io.qilin.core.expression.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The calculations of many expressions, each once, in an order in which every one comes after what it needs. Different ways
 * of writing the same calculation are one: see {@link Canonical}. Immutable.
 */
public final class Graph {
  private final List<Term> terms;
  private final int[] roots;
  private final int written;

  private Graph(List<Term> terms, int[] roots, int written) {
    this.terms = List.copyOf(terms);
    this.roots = roots;
    this.written = written;
  }

  /** The graph of the expressions. */
  public static Graph of(List<Expression> expressions) {
    Builder builder = new Builder();
    int[] roots = expressions.stream()
        .mapToInt(expression -> builder.add(expression.root()))
        .toArray();
    return new Graph(builder.terms, roots, builder.written);
  }

  /** The calculations, operands first. */
  public List<Term> terms() {
    return terms;
  }

  /** One calculation. */
  public Term term(int id) {
    return terms.get(id);
  }

  /** The number of the term that is the value of each expression. */
  public int[] roots() {
    return roots.clone();
  }

  /** How many parts the expressions have as they were written, constants left out. */
  public int written() {
    return written;
  }

  /** Numbers the terms, walking the trees without recursion. */
  private static final class Builder {
    private final List<Term> terms = new ArrayList<>();
    private final Map<Term, Integer> ids = new HashMap<>();
    private int written;

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
        done.push(id(new Term.Constant(constant.value())));
      } else if (visit.node() instanceof Node.FieldValue value) {
        written++;
        done.push(id(new Term.Read(value.field(), visit.instrument())));
      } else if (visit.node() instanceof Node.Operation operation) {
        written++;
        // Operands were pushed left to right, hence finished right to left: the left one is on top.
        Integer[] inputs = new Integer[operation.operands().size()];
        Arrays.setAll(inputs, i -> done.pop());
        List<Double> parameters =
            operation.parameters().stream().map(Node.Constant::value).toList();
        done.push(Canonical.of(operation.operator(), List.of(inputs), parameters, terms, this::id));
      }
    }

    private int id(Term term) {
      Integer known = ids.get(term);
      if (known != null) {
        return known;
      }
      terms.add(term);
      ids.put(term, terms.size() - 1);
      return terms.size() - 1;
    }
  }
}
