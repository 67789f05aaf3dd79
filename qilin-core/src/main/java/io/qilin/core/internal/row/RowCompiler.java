package io.qilin.core.internal.row;

import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.core.expression.Operator;
import io.qilin.core.internal.plan.Graph;
import io.qilin.core.internal.plan.HolePatterns;
import io.qilin.core.internal.plan.Term;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Binds a graph to rows: decides for each term which kernels calculate it, which windows are merged from which, which rows
 * must be kept for how long. Rolling operators of one series share its chains.
 */
public final class RowCompiler {
  private final Graph graph;
  private final boolean exact;
  private final Predicate<Field> known;
  private final Set<Optional<Symbol>>[] scopes;
  private final boolean strict;
  private final Optional<Symbol> home;
  private final Map<Symbol, RowCompiler> elsewhere;

  private final Assembly parts;
  private final @Nullable Value[] values;
  /** The stage of each term. */
  private final int[] stageOf;

  private final Map<Field, Rows> inputs = new LinkedHashMap<>();
  private final Map<Set<Optional<Symbol>>, Span> spans = new LinkedHashMap<>();
  private final Outlet outlet = new Outlet();
  /** How many calculations are still to read a term whose row is used within the tick only; 0 for others. */
  private int[] readers;

  private final Set<Rows> passing = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Rows> free = new ArrayDeque<>();
  private int current = -1;

  private RowCompiler(
      Graph graph,
      boolean exact,
      Predicate<Field> known,
      Set<Optional<Symbol>>[] scopes,
      boolean strict,
      Optional<Symbol> home,
      Map<Symbol, RowCompiler> elsewhere) {
    this.graph = graph;
    this.parts = new Assembly(new HolePatterns(graph));
    this.exact = exact;
    this.known = known;
    this.scopes = scopes;
    this.strict = strict;
    this.home = home;
    this.elsewhere = elsewhere;
    this.values = new Value[scopes.length];
    this.readers = new int[scopes.length];
    this.stageOf = stages(graph, scopes);
  }

  /**
   * Binds a graph.
   *
   * @param exact Qlib's numbers to the last of its habits
   * @param known the fields that there are; others are missing everywhere
   * @param listed the instruments that there are; others have no rows
   */
  public static RowProgram compile(
      Graph graph, boolean exact, Predicate<Field> known, Predicate<Symbol> listed) {
    Set<Optional<Symbol>>[] scopes = scopes(graph, known, listed);
    RowCompiler compiler = new RowCompiler(
        graph,
        exact,
        known,
        scopes,
        needsEnds(graph, scopes),
        Optional.empty(),
        new LinkedHashMap<>());
    compiler.span(Set.of(Optional.empty()));
    return compiler.program(graph.roots());
  }

  /** Whose rows each term depends on; none: the term is the same everywhere, or missing. */
  private static Set<Optional<Symbol>>[] scopes(
      Graph graph, Predicate<Field> known, Predicate<Symbol> listed) {
    @SuppressWarnings({"unchecked", "rawtypes"})
    Set<Optional<Symbol>>[] scopes = new Set[graph.terms().size()];
    for (int id = 0; id < scopes.length; id++) {
      scopes[id] = scope(graph.term(id), scopes, known, listed);
    }
    return scopes;
  }

  private static Set<Optional<Symbol>> scope(
      Term term, Set<Optional<Symbol>>[] scopes, Predicate<Field> known, Predicate<Symbol> listed) {
    if (term instanceof Term.Read read) {
      boolean there =
          known.test(read.field()) && read.instrument().map(listed::test).orElse(true);
      return there ? Set.of(read.instrument()) : Set.of();
    }
    if (term instanceof Term.Apply apply
        && apply.operator() == Operator.IF
        && scopes[apply.inputs().get(0)].isEmpty()) {
      return Set.of(); // it has the rows of its condition
    }
    Set<Optional<Symbol>> own = Set.of();
    for (int input : term.inputs()) {
      own = union(own, scopes[input]);
    }
    return term.isCrossSectional() && !own.isEmpty() ? union(own, Set.of(Optional.empty())) : own;
  }

  private static <T> Set<T> union(Set<T> a, Set<T> b) {
    if (a.containsAll(b)) {
      return a;
    }
    Set<T> all = new HashSet<>(a);
    all.addAll(b);
    return Set.copyOf(all);
  }

  /** Whether values behind the end of an instrument's rows can be read by anything. */
  private static boolean needsEnds(Graph graph, Set<Optional<Symbol>>[] scopes) {
    for (int id = 0; id < scopes.length; id++) {
      boolean foreign =
          graph.term(id) instanceof Term.Read read && read.instrument().isPresent();
      if ((foreign && !scopes[id].isEmpty()) || graph.term(id).lookAhead() > 0) {
        return true;
      }
    }
    return false;
  }

  private RowProgram program(int[] roots) {
    readers = readers(roots);
    Value[] outputs = new Value[roots.length];
    for (int i = 0; i < roots.length; i++) {
      outputs[i] = value(roots[i]);
      parts.add(stageOf[roots[i]], new Emit(outlet, i, outputs[i]));
      release(roots[i]);
    }
    Map<Symbol, RowProgram> others = new LinkedHashMap<>();
    elsewhere.forEach((symbol, compiler) -> others.put(symbol, compiler.program(new int[0])));
    Kernel[][] kernels = parts.kernels(spans.values());
    List<Rows> rows = new ArrayList<>(inputs.values());
    rows.addAll(parts.rows());
    spans.values().forEach(span -> rows.addAll(List.of(span.rows())));
    return new RowProgram(
        kernels,
        inputs,
        others,
        spans,
        rows,
        parts.longRows(),
        outputs,
        outlet,
        parts.notes(),
        parts.ports());
  }

  /**
   * The terms that are read by calculations of their own row only, with the number of readers: their rows need not outlive
   * the last of them and are used again, so that they stay in the first cache.
   */
  private int[] readers(int[] roots) {
    int[] count = new int[values.length];
    if (strict || home.isPresent()) {
      return count;
    }
    boolean[] kept = new boolean[count.length];
    for (int id = 0; id < count.length; id++) {
      Term term = graph.term(id);
      boolean elementwise = term instanceof Term.Apply apply && isElementwise(apply.operator());
      for (int input : distinct(term.inputs())) {
        count[input]++;
        kept[input] |= !elementwise || stageOf[input] != stageOf[id];
      }
    }
    for (int root : roots) {
      count[root]++;
    }
    for (int id = 0; id < count.length; id++) {
      count[id] = kept[id] ? 0 : count[id];
    }
    return count;
  }

  private static Collection<Integer> distinct(List<Integer> inputs) {
    return inputs.size() < 2 ? inputs : new LinkedHashSet<>(inputs);
  }

  /** The stage of each term: one more than that of its operands where instruments meet. */
  private static int[] stages(Graph graph, Set<Optional<Symbol>>[] scopes) {
    int[] stage = new int[scopes.length];
    for (int id = 0; id < stage.length; id++) {
      for (int input : graph.term(id).inputs()) {
        stage[id] = Math.max(stage[id], stage[input]);
      }
      stage[id] += graph.term(id).isCrossSectional() ? 1 : 0;
      stage[id] = scopes[id].isEmpty() ? 0 : stage[id];
    }
    return stage;
  }

  private static boolean isElementwise(Operator operator) {
    return switch (operator) {
      case NEGATE, ABS, LOG, SIGN, NOT, ADD, SUB, MUL, DIV, GREATER, LESS, POWER, LT, LE, EQ, NE ->
        true;
      case AND, OR, IF -> true;
      default -> false;
    };
  }

  /** A row for the result of the term at hand. */
  private Rows result() {
    if (readers[current] == 0) {
      return parts.ring(Double.NaN);
    }
    Rows used = free.poll();
    if (used != null) {
      return used;
    }
    Rows rows = parts.ring(Double.NaN);
    passing.add(rows);
    return rows;
  }

  /** One reader of a term less. */
  private void release(int id) {
    if (readers[id] > 0 && --readers[id] == 0) {
      Rows rows = value(id).rows();
      if (passing.contains(rows)) {
        free.push(rows);
      }
    }
  }

  private Span span(Set<Optional<Symbol>> whose) {
    return whose.isEmpty() ? Span.NONE : spans.computeIfAbsent(whose, w -> new Span());
  }

  private int latestStage(List<Integer> inputs) {
    int stage = 0;
    for (int input : inputs) {
      stage = Math.max(stage, stageOf[input]);
    }
    return stage;
  }

  /** The rows of a term; operands come first, as the graph has them, without a call inside a call for each. */
  private Value value(int id) {
    Deque<Integer> waiting = new ArrayDeque<>();
    waiting.push(id);
    while (values[id] == null) {
      int next = waiting.getFirst();
      OptionalInt operand = missing(next);
      if (operand.isPresent()) {
        waiting.push(operand.getAsInt());
      } else {
        values[next] = calculate(next);
        waiting.pop();
      }
    }
    return Objects.requireNonNull(values[id]);
  }

  /** The first operand that must be calculated here before a term. */
  private OptionalInt missing(int id) {
    if (scopes[id].isEmpty() || foreign(id).isPresent()) {
      return OptionalInt.empty();
    }
    for (int input : graph.term(id).inputs()) {
      if (values[input] == null) {
        return OptionalInt.of(input);
      }
    }
    return OptionalInt.empty();
  }

  /** The instrument in whose program a term is calculated, if not in this. */
  private Optional<Symbol> foreign(int id) {
    return scopes[id].size() == 1
        ? scopes[id].iterator().next().filter(only -> !Optional.of(only).equals(home))
        : Optional.empty();
  }

  private Value constant(double number) {
    return new Value(parts.ring(number), 0, Span.NONE);
  }

  private Value calculate(int id) {
    if (graph.term(id) instanceof Term.Constant constant) {
      return constant(constant.value());
    }
    if (scopes[id].isEmpty()) {
      return constant(Double.NaN);
    }
    Optional<Symbol> other = foreign(id);
    if (other.isPresent()) {
      return broadcast(id, other.get());
    }
    if (graph.term(id) instanceof Term.Read read) {
      Rows rows = inputs.computeIfAbsent(read.field(), f -> Rows.of(Double.NaN));
      return new Value(rows, 0, span(scopes[id]));
    }
    Term term = graph.term(id);
    return term instanceof Term.Custom custom ? custom(id, custom) : apply(id, (Term.Apply) term);
  }

  private List<Value> operands(List<Integer> inputs) {
    int delay = 0;
    for (int input : inputs) {
      delay = Math.max(delay, value(input).delay());
    }
    List<Value> operands = new ArrayList<>();
    for (int input : inputs) {
      Value operand = value(input);
      operands.add(later(input, operand, delay - operand.delay(), delay));
    }
    return operands;
  }

  private Value custom(int id, Term.Custom custom) {
    List<Value> operands = operands(custom.inputs());
    int delay = operands.get(0).delay() + custom.ahead();
    int stage = latestStage(custom.inputs());
    Span span = span(scopes[id]);
    Rows out = parts.ring(Double.NaN);
    parts.add(stage, new CustomKernel(custom, operands, out));
    parts.add(stage, new Elementwise.Inside(span, delay, out));
    return new Value(out, delay, span);
  }

  /** All instruments meet: the value comes from outside the program. */
  private Value cross(int id, Term.Apply apply, List<Value> operands) {
    int delay = operands.get(0).delay();
    int stage = latestStage(apply.inputs());
    Rows out = parts.ring(Double.NaN);
    Span own = span(Set.of(Optional.empty()));
    parts.add(
        stage, new CrossPort(apply.operator(), apply.parameters(), operands, own, delay, out));
    return new Value(out, delay, span(scopes[id]));
  }

  private Value broadcast(int id, Symbol symbol) {
    RowCompiler there = elsewhere.get(symbol);
    if (there == null) {
      there = new RowCompiler(
          graph, exact, known, scopes, strict, Optional.of(symbol), new LinkedHashMap<>());
      elsewhere.put(symbol, there);
    }
    Value value = there.value(id);
    Rows rows = parts.ring(Double.NaN);
    parts.add(0, new Broadcast(value, rows));
    return new Value(rows, value.delay(), span(scopes[id]));
  }

  private Value apply(int id, Term.Apply apply) {
    Operator operator = apply.operator();
    if (operator == Operator.REF && apply.window() != 0) {
      return shifted(apply);
    }
    List<Value> operands = operands(apply.inputs());
    if (operator.isCrossSectional()) {
      return cross(id, apply, operands);
    }
    int delay = operands.get(0).delay();
    Set<Optional<Symbol>> whose =
        operator == Operator.IF ? scopes[apply.inputs().get(0)] : scopes[id];
    Span span = span(whose);
    int stage = latestStage(apply.inputs());
    current = id;
    Value value = new Value(rows(apply, operands, stage, span), delay, span);
    if (leaks(operator)) {
      parts.add(stage, new Elementwise.Inside(span, delay, value.rows()));
    }
    distinct(apply.inputs()).forEach(this::release);
    return value;
  }

  /** Whether the operator can make a value where its series has no row. */
  private boolean leaks(Operator operator) {
    return switch (operator) {
      case LT, LE, EQ, NE, AND, OR, IF, POWER, COUNT -> true;
      case NEGATE, ABS, LOG, SIGN, NOT, ADD, SUB, MUL, DIV, GREATER, LESS -> false;
      default -> strict;
    };
  }

  /** A series so many ticks later: with a longer delay, or shifted by days. */
  private Value later(int id, Value x, int ticks, int delay) {
    if (ticks == 0) {
      return new Value(x.rows(), delay, x.span());
    }
    Rows rows = parts.once("later " + ticks + " " + id, () -> {
      Rows out = parts.ring(Double.NaN);
      parts.add(stageOf[id], new Shift(x.rows(), ticks, out));
      parts.lend(x.rows(), ticks, out);
      return out;
    });
    return new Value(rows, delay, x.span());
  }

  /**
   * What comes from the future must be cut off where the series has no row yet, and what comes from the past where it has none
   * any more, if that can be read.
   */
  private Value shifted(Term.Apply apply) {
    int input = apply.inputs().get(0);
    Value x = value(input);
    int n = (int) apply.window();
    int delay = Math.max(0, x.delay() - n);
    Value moved = later(input, x, delay + n - x.delay(), delay);
    if (n > 0 && !strict) {
      return moved;
    }
    Rows out = parts.ring(Double.NaN);
    int stage = latestStage(apply.inputs());
    parts.add(stage, new Elementwise.Copy(moved, out));
    parts.add(stage, new Elementwise.Inside(x.span(), delay, out));
    return new Value(out, delay, x.span());
  }

  private Rows rows(Term.Apply apply, List<Value> operands, int stage, Span span) {
    return switch (apply.operator()) {
      case NEGATE, ABS, LOG, SIGN, NOT, ADD, SUB, MUL, DIV, GREATER, LESS, POWER -> {
        Rows out = result();
        parts.add(stage, Elementwise.kernel(apply.operator(), operands, out));
        yield out;
      }
      case LT, LE, EQ, NE, AND, OR, IF -> {
        Rows out = result();
        parts.add(stage, Elementwise.kernel(apply.operator(), operands, out));
        yield out;
      }
      case CORR, COV -> pair(apply, operands, stage);
      default ->
        new Series(parts, graph, exact, this::result, apply.inputs().get(0), operands.get(0), stage)
            .rolling(apply, span);
    };
  }

  private Rows pair(Term.Apply apply, List<Value> operands, int stage) {
    int a = apply.inputs().get(0);
    int b = apply.inputs().get(1);
    Value x = operands.get(0);
    Value y = operands.get(1);
    int window = (int) apply.window();
    String name = a + "&" + b + "@" + x.delay();
    Validity ownX = parts.validity(a, x, stageOf[a]);
    Validity ownY = parts.validity(b, y, stageOf[b]);
    Validity both = parts.once("both " + name, () -> {
      Validity made = Validity.both(ownX, ownY);
      parts.add(stage, made);
      return made;
    });
    Counts count = parts.counts(name, both, stage, x.delay(), a, b);
    ProductChain products = parts.once("products " + name, () -> {
      ProductChain chain = new ProductChain(
          parts.moments(name + " first", x, count, stage),
          parts.moments(name + " second", y, count, stage));
      parts.note(() -> "products with " + graph.text(b) + " of " + graph.text(a), chain::windows);
      parts.add(stage, chain::rows, chain::kernels);
      return chain;
    });
    Rows out = result();
    if (apply.operator() == Operator.COV) {
      parts.add(stage, new MomentResults.Variance(count, window, products.level(window), out));
    } else if (exact) {
      parts.add(stage, new CorrelationResults.GuardedCorrelation(products, window, out));
      parts.add(stage, new DivergedCorrelation(x, ownX, y, ownY, products, window, out));
    } else {
      parts.add(stage, new CorrelationResults.Correlation(products, window, out));
    }
    return out;
  }
}
