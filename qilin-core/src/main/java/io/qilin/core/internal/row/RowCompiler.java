package io.qilin.core.internal.row;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.core.expression.Operator;
import io.qilin.core.internal.kernel.Moments;
import io.qilin.core.internal.kernel.Weighted;
import io.qilin.core.internal.plan.Graph;
import io.qilin.core.internal.plan.Term;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Binds a graph to rows: decides for each term which kernels calculate it, which windows are merged from which, which rows
 * must be kept for how long. Rolling operators of one series share its chains.
 */
public final class RowCompiler {
  /** From this window on values are kept in order lane by lane. */
  private static final int LONG_WINDOW = 128;

  /** How many series are asked whether they have the same holes. */
  private static final int MOST_LENDERS = 6;

  private final Graph graph;
  private final boolean exact;
  private final Predicate<Field> known;
  private final Set<Optional<Symbol>>[] scopes;
  private final boolean strict;
  private final Optional<Symbol> home;
  private final Map<Symbol, RowCompiler> elsewhere;

  private final @Nullable Value[] values;
  /** The stage of each term. */
  private final int[] stageOf;

  private final List<List<Supplier<List<Kernel>>>> stages = new ArrayList<>();
  private final Map<Field, Rows> inputs = new LinkedHashMap<>();
  private final Map<Set<Optional<Symbol>>, Span> spans = new LinkedHashMap<>();
  private final List<Supplier<List<Rows>>> rings = new ArrayList<>();
  private final List<LongRows> longRings = new ArrayList<>();
  private final List<Counts> counts = new ArrayList<>();
  private final List<Integer> countStages = new ArrayList<>();
  private final List<Loan> loans = new ArrayList<>();
  private final List<List<CrossPort>> ports = new ArrayList<>();
  private final Map<String, Object> shared = new HashMap<>();
  private final Outlet outlet = new Outlet();
  private final List<Supplier<String>> chains = new ArrayList<>();
  /** How many calculations are still to read a term whose row is used within the tick only; 0 for others. */
  private int[] readers;

  private final Set<Rows> passing = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Rows> free = new ArrayDeque<>();
  private int current = -1;

  /** Rows that another ring borrows, so many ticks later. */
  private record Loan(Rows lender, int ticks, Rows borrower) {}

  private RowCompiler(
      Graph graph,
      boolean exact,
      Predicate<Field> known,
      Set<Optional<Symbol>>[] scopes,
      boolean strict,
      Optional<Symbol> home,
      Map<Symbol, RowCompiler> elsewhere) {
    this.graph = graph;
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
      add(stageOf[roots[i]], new Emit(outlet, i, outputs[i]));
      release(roots[i]);
    }
    Map<Symbol, RowProgram> others = new LinkedHashMap<>();
    elsewhere.forEach((symbol, compiler) -> others.put(symbol, compiler.program(new int[0])));
    Kernel[][] kernels = kernels();
    Counts.share(counts);
    for (int i = loans.size() - 1; i >= 0; i--) {
      Loan loan = loans.get(i);
      loan.lender().keep(loan.ticks() + loan.borrower().lag());
    }
    for (Loan loan : loans) {
      loan.borrower().keep(loan.lender().lag() - loan.ticks());
    }
    List<Rows> rows = new ArrayList<>(inputs.values());
    rings.forEach(ring -> rows.addAll(ring.get()));
    counts.forEach(count -> rows.addAll(count.rows()));
    spans.values().forEach(span -> rows.addAll(List.of(span.rows())));
    return new RowProgram(
        kernels,
        inputs,
        others,
        spans,
        rows,
        longRings,
        outputs,
        outlet,
        chains.stream().map(Supplier::get).toList(),
        ports);
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
      return ring(Double.NaN);
    }
    Rows used = free.poll();
    if (used != null) {
      return used;
    }
    Rows rows = ring(Double.NaN);
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

  private Kernel[][] kernels() {
    if (stages.isEmpty()) {
      stage(0);
    }
    Kernel[][] kernels = new Kernel[stages.size()][];
    for (int stage = 0; stage < kernels.length; stage++) {
      List<Kernel> list = new ArrayList<>(stage == 0 ? spans.values() : List.of());
      stages.get(stage).forEach(part -> list.addAll(part.get()));
      kernels[stage] = list.toArray(new Kernel[0]);
    }
    return kernels;
  }

  private List<Supplier<List<Kernel>>> stage(int number) {
    while (stages.size() <= number) {
      stages.add(new ArrayList<>());
      ports.add(new ArrayList<>());
    }
    return stages.get(number);
  }

  private void add(int stage, Kernel kernel) {
    List<Kernel> one = List.of(kernel);
    stage(stage).add(() -> one);
  }

  private Rows ring(double initial) {
    Rows rows = Rows.of(initial);
    rings.add(() -> List.of(rows));
    return rows;
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

  /** The rows of a term; operands come first, as the graph has them. */
  private Value value(int id) {
    Value value = values[id];
    if (value == null) {
      value = calculate(id);
      values[id] = value;
    }
    return value;
  }

  private Value constant(double number) {
    return new Value(ring(number), 0, Span.NONE);
  }

  private Value calculate(int id) {
    if (graph.term(id) instanceof Term.Constant constant) {
      return constant(constant.value());
    }
    if (scopes[id].isEmpty()) {
      return constant(Double.NaN);
    }
    if (scopes[id].size() == 1) {
      Optional<Symbol> only = scopes[id].iterator().next();
      if (only.isPresent() && !only.equals(home)) {
        return broadcast(id, only.get());
      }
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
    Rows out = ring(Double.NaN);
    add(stage, new CustomKernel(custom, operands, out));
    add(stage, new Elementwise.Inside(span, delay, out));
    return new Value(out, delay, span);
  }

  /** All instruments meet: the value comes from outside the program. */
  private Value cross(int id, Term.Apply apply, List<Value> operands) {
    int delay = operands.get(0).delay();
    int stage = latestStage(apply.inputs());
    Rows out = ring(Double.NaN);
    stage(stage + 1);
    Span own = span(Set.of(Optional.empty()));
    ports
        .get(stage)
        .add(new CrossPort(apply.operator(), apply.parameters(), operands, own, delay, out));
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
    Rows rows = ring(Double.NaN);
    add(0, new Broadcast(value, rows));
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
    if (whose.isEmpty()) {
      return constant(Double.NaN);
    }
    Span span = span(whose);
    int stage = latestStage(apply.inputs());
    current = id;
    Value value = new Value(rows(apply, operands, stage, span), delay, span);
    if (leaks(operator)) {
      add(stage, new Elementwise.Inside(span, delay, value.rows()));
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
    Rows rows = once("later " + ticks + " " + id, () -> {
      Rows out = ring(Double.NaN);
      add(stageOf[id], new Shift(x.rows(), ticks, out));
      loans.add(new Loan(x.rows(), ticks, out));
      return out;
    });
    return new Value(rows, delay, x.span());
  }

  /** What comes from the future must be cut off where the series has no row yet. */
  private Value shifted(Term.Apply apply) {
    int input = apply.inputs().get(0);
    Value x = value(input);
    int n = (int) apply.window();
    int delay = Math.max(0, x.delay() - n);
    Value moved = later(input, x, delay + n - x.delay(), delay);
    if (n > 0) {
      return moved;
    }
    Rows out = ring(Double.NaN);
    int stage = latestStage(apply.inputs());
    add(stage, new Elementwise.Copy(moved, out));
    add(stage, new Elementwise.Inside(x.span(), delay, out));
    return new Value(out, delay, x.span());
  }

  private Rows rows(Term.Apply apply, List<Value> operands, int stage, Span span) {
    return switch (apply.operator()) {
      case NEGATE, ABS, LOG, SIGN, NOT -> unary(apply.operator(), operands.get(0), stage);
      case ADD, SUB, MUL, DIV, GREATER, LESS, POWER, LT, LE, EQ, NE, AND, OR ->
        binary(apply.operator(), operands.get(0), operands.get(1), stage);
      case IF -> {
        Rows out = result();
        add(stage, new Elementwise.If(operands.get(0), operands.get(1), operands.get(2), out));
        yield out;
      }
      case CORR, COV -> pair(apply, operands, stage);
      default -> new Series(apply.inputs().get(0), operands.get(0), stage).rolling(apply, span);
    };
  }

  private Rows unary(Operator operator, Value x, int stage) {
    Rows out = result();
    add(
        stage,
        switch (operator) {
          case NEGATE -> new Elementwise.Negate(x, out);
          case ABS -> new Elementwise.Abs(x, out);
          case LOG -> new LogKernel(x, out);
          case SIGN -> new Elementwise.Sign(x, out);
          case NOT -> new Elementwise.Not(x, out);
          default -> throw new QilinException(ErrorCode.UNKNOWN, operator + " has not one operand");
        });
    return out;
  }

  private Rows binary(Operator operator, Value a, Value b, int stage) {
    Rows out = result();
    add(
        stage,
        switch (operator) {
          case ADD -> new Elementwise.Add(a, b, out);
          case SUB -> new Elementwise.Sub(a, b, out);
          case MUL -> new Elementwise.Mul(a, b, out);
          case DIV -> new Elementwise.Div(a, b, out);
          case GREATER -> new Elementwise.Greater(a, b, out);
          case LESS -> new Elementwise.Less(a, b, out);
          case POWER -> new Elementwise.Power(a, b, out);
          case LT -> new Elementwise.Lt(a, b, out);
          case LE -> new Elementwise.Le(a, b, out);
          case EQ -> new Elementwise.Eq(a, b, out);
          case NE -> new Elementwise.Ne(a, b, out);
          case AND -> new Elementwise.And(a, b, out);
          case OR -> new Elementwise.Or(a, b, out);
          default ->
            throw new QilinException(ErrorCode.UNKNOWN, operator + " has not two operands");
        });
    return out;
  }

  /** What has one name is made once. */
  @SuppressWarnings("unchecked")
  private <T> T once(String name, Supplier<T> maker) {
    Object made = shared.get(name);
    if (made == null) {
      made = maker.get();
      shared.put(name, made);
    }
    return (T) made;
  }

  /** Notes what serves several windows, for {@link RowProgram#shared}. */
  private void note(String what, int id, Supplier<Set<Integer>> windows) {
    chains.add(() -> what + " of " + graph.text(id) + " over " + new TreeSet<>(windows.get()));
  }

  private Validity validity(int id, Value x, int stage) {
    return once("validity " + id + "@" + x.delay(), () -> {
      Validity validity = Validity.of(x);
      add(stage, validity);
      return validity;
    });
  }

  private Counts counts(String name, Validity validity, int stage) {
    return once("counts " + name, () -> {
      List<Counts> earlier = new ArrayList<>();
      for (int i = 0; i < counts.size() && earlier.size() < MOST_LENDERS; i++) {
        if (countStages.get(i) <= stage) {
          earlier.add(counts.get(i));
        }
      }
      Counts made = new Counts(validity, earlier);
      counts.add(made);
      countStages.add(stage);
      add(stage, made);
      return made;
    });
  }

  private Rows filled(String name, Value x, Validity validity, double filling, int stage) {
    return once("filled " + filling + " " + name, () -> {
      Rows out = ring(Double.isNaN(filling) ? 0 : filling);
      out.keep(Double.isNaN(filling) ? 1 : 0);
      add(stage, new Filled(x, validity, filling, out));
      loans.add(new Loan(x.rows(), 0, out));
      return out;
    });
  }

  private MomentChain moments(String name, Value x, Counts count, int stage) {
    return new MomentChain(count, filled(name, x, count.validity(), Double.NaN, stage));
  }

  private Rows pair(Term.Apply apply, List<Value> operands, int stage) {
    int a = apply.inputs().get(0);
    int b = apply.inputs().get(1);
    Value x = operands.get(0);
    Value y = operands.get(1);
    int window = (int) apply.window();
    String name = a + "&" + b + "@" + x.delay();
    Validity ownX = validity(a, x, stageOf[a]);
    Validity ownY = validity(b, y, stageOf[b]);
    Validity both = once("both " + name, () -> {
      Validity made = Validity.both(ownX, ownY);
      add(stage, made);
      return made;
    });
    Counts count = counts(name, both, stage);
    ProductChain products = once("products " + name, () -> {
      ProductChain chain = new ProductChain(
          moments(name + " first", x, count, stage), moments(name + " second", y, count, stage));
      note("products with " + graph.text(b), a, chain::windows);
      rings.add(chain::rows);
      stage(stage).add(chain::kernels);
      return chain;
    });
    Rows out = result();
    if (apply.operator() == Operator.COV) {
      add(stage, new MomentResults.Variance(count, window, products.level(window), out));
    } else if (exact) {
      add(stage, new MomentResults.GuardedCorrelation(products, window, out));
      add(stage, new DivergedCorrelation(x, ownX, y, ownY, products, window, out));
    } else {
      add(stage, new MomentResults.Correlation(products, window, out));
    }
    return out;
  }

  /** The rolling operators of one series. */
  private final class Series {
    private final int id;
    private final Value x;
    private final int stage;
    private final String name;

    Series(int id, Value x, int stage) {
      this.id = id;
      this.x = x;
      this.stage = stage;
      this.name = id + "@" + x.delay();
    }

    private Validity validity() {
      return RowCompiler.this.validity(id, x, stage);
    }

    private Counts counts() {
      return RowCompiler.this.counts(name, validity(), stage);
    }

    private MomentChain moments() {
      return once("moments " + name, () -> {
        MomentChain chain = RowCompiler.this.moments(name, x, counts(), stage);
        note("moments", id, chain::windows);
        rings.add(chain::rows);
        RowCompiler.this.stage(stage).add(chain::kernels);
        return chain;
      });
    }

    private Rows filled(double filling) {
      return RowCompiler.this.filled(name, x, validity(), filling, stage);
    }

    private SumChain sums(SumChain.Merge merge) {
      return once(merge + " " + name, () -> {
        SumChain chain = new SumChain(merge, filled(merge.neutral));
        note(merge.name().toLowerCase(Locale.ROOT), id, chain::windows);
        rings.add(chain::rows);
        RowCompiler.this.stage(stage).add(chain::kernels);
        return chain;
      });
    }

    private boolean truth() {
      return graph.term(id) instanceof Term.Apply apply
          && switch (apply.operator()) {
            case LT, LE, EQ, NE, AND, OR -> true;
            default -> false;
          };
    }

    /** A result that is the value of the term at hand. */
    private Rows result(BiFunction<Rows, Integer, Kernel> kernel, int window) {
      Rows out = RowCompiler.this.result();
      add(stage, kernel.apply(out, window));
      return out;
    }

    /** A result that others read as well. */
    private Rows lasting(BiFunction<Rows, Integer, Kernel> kernel, int window) {
      Rows out = ring(Double.NaN);
      add(stage, kernel.apply(out, window));
      return out;
    }

    Rows rolling(Term.Apply apply, Span span) {
      if (apply.operator() == Operator.REF) {
        return lasting((out, w) -> new Recursive.First(x, x.delay(), out), 0);
      }
      if (apply.operator() == Operator.EMA && apply.window() > 0) {
        Rows weight = ring(0);
        return lasting(
            (out, w) -> new Recursive.ExponentialMean(apply.window(), x, validity(), weight, out),
            0);
      }
      return apply.window() == 0
          ? endless(apply, span)
          : windowed(apply, (int) apply.window(), span);
    }

    private Rows windowed(Term.Apply apply, int window, Span span) {
      return switch (apply.operator()) {
        case MEAN -> mean(window);
        case SUM ->
          result(
              (out, w) ->
                  new MomentResults.Sum(counts(), w, sums(SumChain.Merge.SUM).level(w), out),
              window);
        case STD -> result((out, w) -> new MomentResults.Deviation(moments(), w, out), window);
        case VAR ->
          result(
              (out, w) -> new MomentResults.Variance(counts(), w, moments().squares(w).q, out),
              window);
        case SKEW, KURT -> shape(apply.operator(), window);
        case MAX -> extreme(SumChain.Merge.MAX, window);
        case MIN -> extreme(SumChain.Merge.MIN, window);
        case IDX_MAX -> place(SumChain.Merge.MAX, window, span);
        case IDX_MIN -> place(SumChain.Merge.MIN, window, span);
        case MAD -> {
          Rows mean = mean(moments(), window);
          yield result((out, w) -> new MeanDeviation(moments(), w, mean, out), window);
        }
        case QUANTILE -> quantile(apply.parameters().get(1), window);
        case RANK -> rank(window);
        case COUNT -> count(window);
        case SLOPE -> spoilt(slope(window));
        case RSQUARE -> spoilt(rsquare(window));
        case RESI -> spoilt(residual(window));
        case WMA -> weighted(window, span, exact);
        case DECAY_LINEAR -> weighted(window, span, false);
        case PRODUCT ->
          result(
              (out, w) -> new MomentResults.Sum(
                  counts(), w, sums(SumChain.Merge.PRODUCT).level(w), out),
              window);
        default -> throw new QilinException(ErrorCode.UNKNOWN, apply.operator() + " has no window");
      };
    }

    private Rows mean(int window) {
      return truth()
          ? result(
              (out, w) ->
                  new MomentResults.Share(counts(), w, sums(SumChain.Merge.SUM).level(w), out),
              window)
          : mean(moments(), window);
    }

    private Rows mean(MomentChain chain, int window) {
      return once(
          "mean " + window + " " + name,
          () -> lasting((out, w) -> new MomentResults.Mean(chain, w, out), window));
    }

    private Rows shape(Operator operator, int window) {
      PowerChain chain = once("powers " + name, () -> {
        PowerChain made = new PowerChain(moments());
        rings.add(made::rows);
        RowCompiler.this.stage(stage).add(made::kernels);
        return made;
      });
      return result(
          (out, w) -> new MomentResults.Shape(chain, w, operator == Operator.SKEW, out), window);
    }

    private Rows extreme(SumChain.Merge merge, int window) {
      return result(
          (out, w) -> new MomentResults.Sum(counts(), w, sums(merge).level(w), out), window);
    }

    private Rows place(SumChain.Merge merge, int window, Span span) {
      SumChain values = sums(merge);
      PlaceChain places = once("places " + merge + " " + name, () -> {
        PlaceChain made = new PlaceChain(values, merge == SumChain.Merge.MAX);
        rings.add(made::rows);
        RowCompiler.this.stage(stage).add(made::kernels);
        return made;
      });
      HoleChain holes = once("holes " + name, () -> {
        HoleChain made = new HoleChain(validity(), span, x.delay());
        rings.add(made::rows);
        RowCompiler.this.stage(stage).add(made::kernels);
        return made;
      });
      return result(
          (out, w) -> new OrderResults.Place(
              validity(),
              w,
              places.level(w),
              holes.level(w),
              span.count(x.delay(), w),
              x.delay(),
              counts().rows(Counts.Number.EMPTY, w),
              out),
          window);
    }

    private Keys keys() {
      return once("keys " + name, () -> {
        LongRows rows = new LongRows(Keys.MISSING);
        longRings.add(rows);
        Keys made = new Keys(x, validity(), rows);
        add(stage, made);
        return made;
      });
    }

    private Rows quantile(double level, int window) {
      if (window >= LONG_WINDOW) {
        return order(window).quantile(level);
      }
      SortedWindow sorted = once("sorted " + window + " " + name, () -> {
        SortedWindow made = new SortedWindow(window, keys(), counts());
        rings.add(made::rows);
        add(stage, made);
        return made;
      });
      return sorted.quantile(level);
    }

    private Rows rank(int window) {
      if (window >= LONG_WINDOW) {
        return order(window).rank();
      }
      RankKernel ranks = once("ranks " + name, () -> {
        RankKernel made = new RankKernel(x, keys(), counts());
        rings.add(made::rows);
        add(stage, made);
        return made;
      });
      return ranks.window(window);
    }

    private LaneOrder order(int window) {
      return once("order " + window + " " + name, () -> {
        LaneOrder made = new LaneOrder(window, x, validity());
        rings.add(made::rows);
        add(stage, made);
        return made;
      });
    }

    private Value whole(Rows rows) {
      return new Value(rows, x.delay(), x.span());
    }

    private Rows count(int window) {
      SumChain chain = once("known " + name, () -> {
        Rows ones = ring(0);
        add(stage, new Recursive.Known(x, ones));
        SumChain made = new SumChain(SumChain.Merge.SUM, ones);
        rings.add(made::rows);
        RowCompiler.this.stage(stage).add(made::kernels);
        return made;
      });
      return result((out, w) -> new Elementwise.Copy(whole(chain.level(w)), out), window);
    }

    private Rows product(int window) {
      return once(
          "product " + window + " " + name,
          () -> lasting((out, w) -> new MomentResults.Product(moments(), w, out), window));
    }

    private Rows slope(int window) {
      return once(
          "slope " + window + " " + name,
          () ->
              lasting((out, w) -> new MomentResults.Slope(moments(), w, product(w), out), window));
    }

    private Rows rsquare(int window) {
      return result(
          (out, w) -> new MomentResults.Rsquare(moments(), w, product(w), exact, out), window);
    }

    private Rows residual(int window) {
      Rows slope = slope(window);
      return result((out, w) -> new MomentResults.Residual(x, moments(), w, slope, out), window);
    }

    private Rows spoilt(Rows rows) {
      if (exact) {
        Recursive.Spoilt spoilt = once("spoilt " + name, () -> {
          Recursive.Spoilt made = new Recursive.Spoilt(x, validity(), ring(-0.0));
          add(stage, made);
          return made;
        });
        add(stage, new Recursive.Spoil(spoilt, rows));
      }
      return rows;
    }

    private Rows weighted(int window, Span span, boolean qlib) {
      return result(
          (out, w) -> new MomentResults.Weighted(
              moments(), w, span.count(x.delay(), w), x.delay(), qlib, out),
          window);
    }

    private Rows endless(Term.Apply apply, Span span) {
      return switch (apply.operator()) {
        case MEAN -> endless(Expanding.Result.MEAN);
        case SUM -> endless(Expanding.Result.SUM);
        case STD -> endless(Expanding.Result.DEVIATION);
        case VAR -> endless(Expanding.Result.VARIANCE);
        case SKEW -> endless(Expanding.Result.SKEWNESS);
        case KURT -> endless(Expanding.Result.KURTOSIS);
        case MAX -> copy(extremes(span).max);
        case MIN -> copy(extremes(span).min);
        case IDX_MAX -> extremes(span).placeOfMax;
        case IDX_MIN -> extremes(span).placeOfMin;
        case COUNT -> copy(extremes(span).known);
        case WMA -> exact ? extremes(span).weightedQlib : extremes(span).weighted;
        case SLOPE -> spoilt(line(span).slope);
        case RSQUARE -> spoilt(line(span).rsquare);
        case RESI -> spoilt(line(span).residual);
        case QUANTILE -> order(0).quantile(apply.parameters().get(1));
        case RANK -> order(0).rank();
        case MAD -> result((out, w) -> new LaneHistory(Moments.MAD, x, out), 0);
        case EMA -> result((out, w) -> new LaneHistory(Weighted.EXPANDING_EMA, x, out), 0);
        default -> throw new QilinException(ErrorCode.UNKNOWN, apply.operator() + " has no window");
      };
    }

    /** What is changed in place must not be read as a series. */
    private Rows copy(Rows rows) {
      return result((out, w) -> new Elementwise.Copy(whole(rows), out), 0);
    }

    private Rows endless(Expanding.Result result) {
      Expanding.Moments moments = once("endless " + name, () -> {
        Expanding.Moments made = new Expanding.Moments(x, validity());
        rings.add(made::rows);
        add(stage, made);
        return made;
      });
      return result((out, w) -> new Expanding.MomentResult(result, moments, out), 0);
    }

    private Expanding.Line line(Span span) {
      return once("line " + name, () -> {
        Expanding.Line made = new Expanding.Line(x, validity(), span.outside(x.delay()));
        rings.add(made::rows);
        add(stage, made);
        return made;
      });
    }

    private Expanding.Extremes extremes(Span span) {
      return once("extremes " + name, () -> {
        Expanding.Extremes made = new Expanding.Extremes(x, validity(), span.outside(x.delay()));
        rings.add(made::rows);
        add(stage, made);
        return made;
      });
    }
  }
}
