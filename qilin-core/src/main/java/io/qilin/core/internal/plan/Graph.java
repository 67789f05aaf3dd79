package io.qilin.core.internal.plan;

import io.qilin.api.market.Symbol;
import io.qilin.core.expression.Expression;
import io.qilin.core.expression.Node;
import io.qilin.core.expression.Operator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The calculations of many expressions, each once, in an order in which every one comes after what it needs. Different ways
 * of writing the same calculation are one: see {@link Canonical}. Immutable.
 */
public final class Graph {
  private static final int LONGEST_TEXT = 60;

  private final List<Term> terms;
  private final int[] roots;
  private final int written;
  /** Made when first asked for; whoever makes one makes the same. */
  private final @Nullable String[] texts;

  private Graph(List<Term> terms, int[] roots, int written) {
    this.terms = List.copyOf(terms);
    this.roots = roots;
    this.written = written;
    this.texts = new String[terms.size()];
  }

  /** The graph of the expressions. */
  public static Graph of(List<Expression> expressions) {
    Builder builder = new Builder();
    int[] roots = expressions.stream()
        .mapToInt(expression -> builder.add(expression.root()))
        .toArray();
    return new Graph(builder.terms, roots, builder.written).pruned();
  }

  /** Without the terms that no root needs: a shift whose only reader became a longer shift. */
  private Graph pruned() {
    BitSet needed = reach(roots);
    if (needed.cardinality() == terms.size()) {
      return this;
    }
    int[] places = new int[terms.size()];
    List<Term> kept = new ArrayList<>();
    for (int id = needed.nextSetBit(0); id >= 0; id = needed.nextSetBit(id + 1)) {
      places[id] = kept.size();
      kept.add(terms.get(id).moved(places));
    }
    return new Graph(kept, Arrays.stream(roots).map(root -> places[root]).toArray(), written);
  }

  /** The terms that some need, with themselves. */
  BitSet reach(int... some) {
    BitSet found = new BitSet();
    Arrays.stream(some).forEach(found::set);
    // Operands have smaller numbers.
    for (int id = found.length() - 1; id >= 0; id = found.previousSetBit(id - 1)) {
      terms.get(id).inputs().forEach(found::set);
    }
    return found;
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

  /** Whether a calculation compares the instruments of a day with one another. */
  public boolean isCrossSectional() {
    return terms.stream().anyMatch(Term::isCrossSectional);
  }

  /** About how many nanoseconds all calculations take for one instrument and one day; an estimate. */
  public double cost() {
    return terms.stream().mapToDouble(Term::cost).sum();
  }

  /** What a value costs more with each row before it, in nanoseconds; above 0 where all rows are gone through again each time. */
  public double growth() {
    return terms.stream().mapToDouble(Term::growth).sum();
  }

  /**
   * How many rows before the one asked for each term needs, so that the roots are what they are on the whole history.
   *
   * @param endless whether a term reads all rows before its own
   * @return {@link Integer#MAX_VALUE} for all rows
   */
  public int lookBack(Predicate<Term> endless) {
    int[] back = new int[terms.size()];
    int longest = 0;
    for (int id = back.length - 1; id >= 0; id--) {
      Term term = terms.get(id);
      longest = Math.max(longest, back[id]);
      int own = lookBack(term, endless);
      for (int input : term.inputs()) {
        boolean all = own == Integer.MAX_VALUE || back[id] == Integer.MAX_VALUE;
        back[input] = all ? Integer.MAX_VALUE : Math.max(back[input], back[id] + own);
      }
    }
    return longest;
  }

  private static int lookBack(Term term, Predicate<Term> endless) {
    if (endless.test(term)) {
      return Integer.MAX_VALUE;
    }
    if (term instanceof Term.Apply apply) {
      return apply.operator() == Operator.EMA
          ? Integer.MAX_VALUE
          : apply.operator().lookBack(apply.window()).orElse(Integer.MAX_VALUE);
    }
    return term instanceof Term.Custom custom ? custom.rows() - 1 - custom.ahead() : 0;
  }

  /** A term as text, for people: {@code Mean($close, 5)}. */
  public String text(int id) {
    String text = texts[id];
    if (text == null) {
      text = write(terms.get(id));
      texts[id] = text;
    }
    return text;
  }

  private String write(Term term) {
    if (term instanceof Term.Constant constant) {
      return Double.toString(constant.value());
    }
    if (term instanceof Term.Read read) {
      return read.field() + read.instrument().map(symbol -> " of " + symbol).orElse("");
    }
    List<String> arguments = new ArrayList<>();
    term.inputs().forEach(input -> arguments.add(text(input)));
    String name;
    if (term instanceof Term.Apply apply) {
      name = apply.operator().functionName();
      apply.parameters().forEach(parameter -> arguments.add(parameter.toString()));
    } else {
      name = ((Term.Custom) term).operator().name();
    }
    String text = name + "(" + String.join(", ", arguments) + ")";
    return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
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
        List<Double> parameters = values(operation.parameters());
        done.push(Canonical.of(operation.operator(), List.of(inputs), parameters, terms, this::id));
      } else if (visit.node() instanceof Node.Custom custom) {
        written++;
        Integer[] inputs = new Integer[custom.operands().size()];
        Arrays.setAll(inputs, i -> done.pop());
        done.push(id(new Term.Custom(
            custom.operator(),
            List.of(inputs),
            values(custom.parameters()),
            custom.rows(),
            custom.lookAhead())));
      }
    }

    private static List<Double> values(List<Node.Constant> constants) {
      List<Double> values = new ArrayList<>(constants.size());
      for (Node.Constant constant : constants) {
        values.add(constant.value());
      }
      return List.copyOf(values);
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
