package io.qilin.core.factor;

import io.qilin.api.market.Field;
import io.qilin.core.expression.Expression;
import io.qilin.core.expression.ExpressionLimits;
import io.qilin.core.expression.Node;
import io.qilin.core.internal.plan.Graph;
import io.qilin.core.internal.plan.Term;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Cuts expressions into {@link FactorStages}. The innermost cross-sectional operators of all expressions form one stage,
 * each once; then fields stand in their places, and what was around them is innermost.
 */
final class StageCut {
  /** For what is put around results; it has no windows. */
  private static final ExpressionLimits WIDE = new ExpressionLimits(1_000_000, 128, 65_536, 1);

  private final FactorEngine engine;
  private final String prefix;
  private final List<FactorStage> stages = new ArrayList<>();
  private int operandCount;
  private int resultCount;

  private StageCut(FactorEngine engine, String prefix) {
    this.engine = engine;
    this.prefix = prefix;
  }

  /**
   * Cuts.
   *
   * @param owners what messages call each expression
   * @param prefix what the names of all columns between stages begin with
   */
  static FactorStages of(
      FactorEngine engine,
      List<String> names,
      List<String> owners,
      List<Expression> expressions,
      String prefix) {
    StageCut cut = new StageCut(engine, prefix);
    List<Expression> rest = expressions;
    for (List<Part> parts = innermost(rest, owners); !parts.isEmpty(); ) {
      IdentityHashMap<Node, Expression> results = cut.stage(parts);
      rest = rest.stream()
          .map(expression -> expression.replacing(node -> Optional.ofNullable(results.get(node))))
          .toList();
      parts = innermost(rest, owners);
    }
    cut.stages.add(new FactorStage.TimeSeries(new FactorPlan(engine, names, owners, rest)));
    return new FactorStages(cut.stages);
  }

  /** A cross-sectional operator with what messages call the expression in which it stands. */
  private record Part(Node.Operation operation, String owner) {}

  /** The cross-sectional operators that have none among their operands. */
  private static List<Part> innermost(List<Expression> expressions, List<String> owners) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < expressions.size(); i++) {
      Deque<Boolean> crosses = new ArrayDeque<>();
      for (Node node : Node.postOrder(expressions.get(i).root())) {
        boolean below = false;
        for (int k = node.operands().size(); k > 0; k--) {
          below |= crosses.pop();
        }
        boolean cross =
            node instanceof Node.Operation operation && operation.operator().isCrossSectional();
        if (cross && !below) {
          parts.add(new Part((Node.Operation) node, owners.get(i)));
        }
        crosses.push(cross || below);
      }
    }
    return parts;
  }

  /** Makes the two stages that compute the parts; gives what is to stand in their places. */
  private IdentityHashMap<Node, Expression> stage(List<Part> parts) {
    Graph graph =
        Graph.of(parts.stream().map(part -> Expression.of(part.operation())).toList());
    int[] roots = graph.roots();
    Operands operands = new Operands();
    List<CrossOperation> operations = new ArrayList<>();
    Map<Integer, Expression> results = new HashMap<>();
    IdentityHashMap<Node, Expression> replaced = new IdentityHashMap<>();
    for (int i = 0; i < roots.length; i++) {
      Part part = parts.get(i);
      if (!results.containsKey(roots[i])) {
        Term.Apply term = (Term.Apply) graph.term(roots[i]);
        Field result = Field.of(prefix + "_out_" + ++resultCount);
        operations.add(new CrossOperation(
            result, term.operator(), operands.of(term, part), term.parameters()));
        results.put(roots[i], reading(result, graph, roots[i]));
      }
      replaced.put(part.operation(), results.get(roots[i]));
    }
    stages.add(new FactorStage.TimeSeries(operands.plan()));
    stages.add(new FactorStage.CrossSectional(operations));
    return replaced;
  }

  /** The operands of one stage, each once. */
  private final class Operands {
    private final Map<Integer, String> nameByTerm = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> owners = new ArrayList<>();
    private final List<Expression> expressions = new ArrayList<>();

    /** The names of the operands of a part. */
    List<String> of(Term.Apply term, Part part) {
      List<String> own = new ArrayList<>();
      for (int i = 0; i < term.inputs().size(); i++) {
        Node operand = part.operation().operands().get(i);
        own.add(nameByTerm.computeIfAbsent(term.inputs().get(i), id -> {
          names.add(prefix + "_in_" + ++operandCount);
          owners.add(part.owner());
          expressions.add(Expression.of(operand));
          return names.get(names.size() - 1);
        }));
      }
      return own;
    }

    FactorPlan plan() {
      return new FactorPlan(engine, names, owners, expressions);
    }
  }

  /**
   * The field of a result. Where its operands read named instruments, the result counts as having rows wherever one of
   * these has: the condition says so, and chooses between the same values.
   */
  private static Expression reading(Field result, Graph graph, int root) {
    SortedSet<String> foreign = foreign(graph, root);
    String text = foreign.isEmpty()
        ? result.toString()
        : foreign.stream()
            .map(read -> "(" + result + "<=" + read + ")")
            .collect(Collectors.joining("|", "If(", "," + result + "," + result + ")"));
    return Expression.parse(text, WIDE);
  }

  /** What a term reads of named instruments. */
  private static SortedSet<String> foreign(Graph graph, int root) {
    SortedSet<String> reads = new TreeSet<>();
    boolean[] reached = new boolean[graph.terms().size()];
    reached[root] = true;
    for (int id = root; id >= 0; id--) {
      if (reached[id]) {
        graph.term(id).inputs().forEach(input -> reached[input] = true);
        if (graph.term(id) instanceof Term.Read read) {
          read.instrument()
              .ifPresent(
                  symbol -> reads.add("ChangeInstrument('" + symbol + "'," + read.field() + ")"));
        }
      }
    }
    return reads;
  }
}
