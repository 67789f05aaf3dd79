package io.qilin.core.factor;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorBlock;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.expression.Expression;
import io.qilin.core.internal.plan.Graph;
import io.qilin.core.internal.plan.GraphParts;
import io.qilin.core.internal.plan.Term;
import io.qilin.core.internal.row.RowCompiler;
import io.qilin.core.internal.row.RowProgram;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Expressions made ready to be computed: read, put together into one graph in which everything is calculated once, and bound
 * to kernels. Worth keeping where the same factors are computed again and again: it holds the working memory of earlier
 * computations, about {@link #stateBytes} for each instrument of a chunk of 512.
 *
 * <p>Made by {@link FactorEngine#plan}. Safe to share; computations run side by side.
 */
public final class FactorPlan {
  /**
   * The most that the expressions of a part may cost, in nanoseconds. 200 and 900 took longer: what parts share is calculated
   * in each, and the rows of larger ones do not fit into a second cache of 2 MB.
   */
  private static final double PART_NANOS = 400;

  /** Up to this cost a plan stays whole: what its rows miss the cache by costs less than to calculate twice what parts share. */
  private static final double WHOLE_NANOS = 1_000;

  /** Kinds of programs that are kept: each has megabytes, and a host may compute panels of every size. */
  private static final int MOST_SHAPES = 8;

  private final FactorEngine engine;
  private final List<String> names;
  private final List<String> owners;
  private final List<Expression> expressions;
  private final Graph graph;
  private final Set<Field> fields;
  private final Set<Symbol> instruments;
  private final int warmUp;
  private final double nanos;
  /** What a value costs more with each row before it. */
  private final double growth;

  private final boolean crossSectional;
  private final Map<Shape, ConcurrentLinkedQueue<RowProgram>> idle = new ConcurrentHashMap<>();
  /** What {@link #stateBytes(int)} has said by days, as it takes a compilation. */
  private final Map<Integer, Long> stateBytes = new ConcurrentHashMap<>();
  /** Made when first needed; whoever makes them makes the same. */
  private volatile List<PlanPart> parts = List.of();

  /** What a program is bound for. */
  private record Shape(Set<Field> known, Set<Symbol> listed, int lanes, int days) {
    // Written out: to link the generated method takes tens of milliseconds of a first computation.
    @Override
    public boolean equals(Object other) {
      return other instanceof Shape that
          && known.equals(that.known)
          && listed.equals(that.listed)
          && lanes == that.lanes
          && days == that.days;
    }

    @Override
    public int hashCode() {
      return Objects.hash(known, listed, lanes, days);
    }
  }

  FactorPlan(
      FactorEngine engine, List<String> names, List<String> owners, List<Expression> expressions) {
    this.engine = engine;
    this.names = List.copyOf(names);
    this.owners = List.copyOf(owners);
    this.expressions = List.copyOf(expressions);
    this.graph = Graph.of(expressions);
    Set<Field> read = new TreeSet<>();
    Set<Symbol> named = new TreeSet<>();
    for (Expression expression : expressions) {
      read.addAll(expression.fields());
      named.addAll(expression.instruments());
    }
    this.fields = Collections.unmodifiableSet(read);
    this.instruments = Collections.unmodifiableSet(named);
    this.warmUp = graph.lookBack(term -> isEndless(engine.mode(), term));
    this.nanos = graph.cost();
    this.growth = graph.growth();
    this.crossSectional = graph.isCrossSectional();
  }

  /** The names of the factors, in order. */
  public List<String> names() {
    return names;
  }

  /** The expressions, in the order of the names. */
  public List<Expression> expressions() {
    return expressions;
  }

  /**
   * What is computed, as a SHA-256 in 64 lower-case hex digits: equal for plans of the same names, expressions (however
   * they were written), numbers and treatment of missing data. An operator of the host counts by its name only; a host that changes what an operator
   * of its own does gives it another name.
   */
  public String digest() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
    digest.update((engine.mode() + " " + engine.missing() + "\n").getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < names.size(); i++) {
      byte[] name = names.get(i).getBytes(StandardCharsets.UTF_8);
      digest.update((name.length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(name);
      digest.update(("=" + expressions.get(i) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The fields that are read. */
  public Set<Field> fields() {
    return fields;
  }

  /** The instruments that expressions name. */
  public Set<Symbol> instruments() {
    return instruments;
  }

  /**
   * How many rows of history before the first row asked for make every value what it is on the whole history; empty if all
   * are needed, as for {@code EMA}, windows of 0 and, with Qlib's numbers, regressions.
   */
  public OptionalInt warmUpRows() {
    return warmUp == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(warmUp);
  }

  /** In Qlib an infinity spoils all later rows of a regression, so its whole past must be seen. */
  private static boolean isEndless(NumericMode mode, Term term) {
    return mode == NumericMode.QLIB_EXACT
        && term instanceof Term.Apply apply
        && switch (apply.operator()) {
          case SLOPE, RSQUARE, RESI -> true;
          default -> false;
        };
  }

  /** Whether instruments are compared with one another on each day. */
  public boolean isCrossSectional() {
    return crossSectional;
  }

  /** About how many nanoseconds the expressions take for one instrument and one day, an estimate for one thread. */
  public double estimatedNanos() {
    return nanos;
  }

  /** Bytes of working memory for each instrument that is at hand. */
  public long stateBytes() {
    return stateBytes(1);
  }

  /** The same with so many days in a row. */
  long stateBytes(int days) {
    return stateBytes.computeIfAbsent(days, d -> compile(fields, instruments).bytesPerLane(d));
  }

  /**
   * The expressions in parts, to be computed one after the other: each has few enough rows to find them in the second cache when
   * it comes to the next days. The numbers are the same bits. Only one part if all fit.
   */
  List<PlanPart> parts() {
    List<PlanPart> known = parts;
    if (known.isEmpty()) {
      known = divided();
      parts = known;
    }
    return known;
  }

  private List<PlanPart> divided() {
    List<BitSet> divided = nanos > WHOLE_NANOS ? GraphParts.of(graph, PART_NANOS) : List.of();
    if (divided.size() < 2) {
      return List.of(new PlanPart(this, IntStream.range(0, names.size()).toArray()));
    }
    List<PlanPart> made = new ArrayList<>();
    for (BitSet part : divided) {
      made.add(new PlanPart(
          new FactorPlan(
              engine, chosen(names, part), chosen(owners, part), chosen(expressions, part)),
          part.stream().toArray()));
    }
    return List.copyOf(made);
  }

  private static <T> List<T> chosen(List<T> all, BitSet part) {
    return part.stream().mapToObj(all::get).toList();
  }

  /** What is calculated and how, as text: terms, what is shared, kernels, memory, warm-up, estimated cost. */
  public String explain() {
    return new PlanText(graph, compile(fields, instruments), this).toString();
  }

  private RowProgram compile(Set<Field> known, Set<Symbol> listed) {
    boolean exact = engine.mode() == NumericMode.QLIB_EXACT;
    return RowCompiler.compile(graph, exact, known::contains, listed::contains);
  }

  /** Refuses what a panel lacks, where the engine's policy is to refuse. */
  void check(Panel panel) {
    boolean complete =
        known(panel).size() == fields.size() && listed(panel).size() == instruments.size();
    if (!complete && engine.missing() == MissingData.REFUSE) {
      for (int i = 0; i < expressions.size(); i++) {
        MissingNames.check(owners.get(i), expressions.get(i), panel);
      }
    }
  }

  /** A program of its own, with one day in a row. */
  RowProgram program(Set<Field> known, Set<Symbol> listed, int lanes) {
    return made(known, listed, lanes, 1, 1);
  }

  /** A program of so many lanes with nothing in it; to be given back. */
  RowProgram borrow(Set<Field> known, Set<Symbol> listed, int lanes, int days) {
    Shape shape = new Shape(known, listed, lanes, days);
    ConcurrentLinkedQueue<RowProgram> waiting = idle.get(shape);
    RowProgram program = waiting == null ? null : waiting.poll();
    if (program != null) {
      program.reset();
      return program;
    }
    return made(known, listed, lanes, days, PanelChunk.FED_DAYS);
  }

  private RowProgram made(Set<Field> known, Set<Symbol> listed, int lanes, int days, int fed) {
    RowProgram program = compile(known, listed);
    MemoryEstimate.ofState(program.bytesPerLane(days), lanes).check();
    return program.allocate(lanes, days, fed);
  }

  /** Takes a program back, to be kept unless panels of too many sizes have left theirs. */
  void giveBack(Set<Field> known, Set<Symbol> listed, RowProgram program) {
    Shape shape = new Shape(known, listed, program.lanes(), program.days());
    if (idle.size() >= MOST_SHAPES && !idle.containsKey(shape)) {
      idle.clear();
    }
    idle.computeIfAbsent(shape, s -> new ConcurrentLinkedQueue<>()).add(program);
  }

  /** Kinds of programs that wait to be used again. */
  int keptShapes() {
    return idle.size();
  }

  int outputCount() {
    return names.size();
  }

  FactorEngine engine() {
    return engine;
  }

  /** Computes on all days of a panel; otherwise as {@link #compute(Panel, LocalDate, LocalDate)}. */
  public FactorTable compute(Panel panel) {
    return FactorTable.take(fill(panel, 0, panel.days().size()));
  }

  /**
   * Computes on the days from one to another; the days before are read as the expressions need them.
   *
   * @throws QilinException DATA_NOT_FOUND for a field or an instrument that the panel lacks; NOT_A_TRADING_DAY or
   *     DATE_OUT_OF_RANGE for the days; RESOURCE_EXHAUSTED if the result or the working memory cannot fit into the heap; LIMIT_EXCEEDED if it would
   *     cost more than the engine's limit; CANCELLED; TIMEOUT
   */
  public FactorTable compute(Panel panel, LocalDate from, LocalDate to) {
    return FactorTable.take(fill(panel, panel.indexOf(from), end(panel, from, to)));
  }

  /**
   * Computes on all days of a panel into a block that is used again and again.
   *
   * @param block of these factors, of the panel's instruments, with room for its days
   * @throws QilinException as {@link #compute(Panel, LocalDate, LocalDate)}; INVALID_ARGUMENT if the block does not fit
   */
  public void compute(Panel panel, FactorBlock block) {
    check(panel);
    run(panel, 0, panel.days().size(), block);
  }

  /**
   * Computes day after day and hands the results over in blocks of days, so that memory does not grow with the number of
   * days, unless an expression has a window of all rows so far that must be remembered, as {@code Med($close,0)}: its rows
   * come on top. The block is filled anew after each call.
   *
   * @param maxBytes most memory to be used for the block and the working memory together
   * @param consumer takes one block after the other; what it throws ends the computation
   * @throws QilinException as {@link #compute(Panel, LocalDate, LocalDate)}; INVALID_ARGUMENT if {@code maxBytes} is below 0,
   *     LIMIT_EXCEEDED if it does not suffice for one day
   */
  public void forEachBlock(
      Panel panel, LocalDate from, LocalDate to, long maxBytes, Consumer<FactorBlock> consumer) {
    try (FactorBlocks blocks = blocks(panel, from, to, maxBytes)) {
      while (blocks.next()) {
        consumer.accept(blocks.block());
      }
    }
  }

  /**
   * Computes day after day as the results are asked for; otherwise as {@link #forEachBlock}.
   *
   * @return to be closed
   */
  public FactorBlocks blocks(Panel panel, LocalDate from, LocalDate to, long maxBytes) {
    check(panel);
    if (maxBytes < 0) {
      throw QilinException.invalid("maxBytes is a number of bytes, was " + maxBytes);
    }
    int first = panel.indexOf(from);
    int end = end(panel, from, to);
    checkCost(panel, first, end);
    return new BlockRun(this, Helpers.of(engine), panel, first, end, maxBytes).blocks();
  }

  /** The plan cut where instruments meet, to be computed on partitions; as {@link #stages(Set)} with no other fields. */
  public FactorStages stages() {
    return stages(Set.of());
  }

  /**
   * The plan cut where instruments meet, to be computed on partitions.
   *
   * @param others fields that the data has beside those that the plan reads; no column between stages is named as one of
   *     them, as one that is read, or as a factor, in whatever case
   */
  public FactorStages stages(Set<Field> others) {
    Set<String> taken = new HashSet<>();
    others.forEach(field -> taken.add(field.name()));
    fields.forEach(field -> taken.add(field.name()));
    names.forEach(name -> taken.add(name.toLowerCase(Locale.ROOT)));
    String prefix = "stage";
    for (int i = 1; startsAny(taken, prefix + "_"); i++) {
      prefix = "stage" + i;
    }
    return StageCut.of(engine, names, owners, expressions, prefix);
  }

  private static boolean startsAny(Set<String> names, String prefix) {
    return names.stream().anyMatch(name -> name.startsWith(prefix));
  }

  /**
   * Starts a stream of these factors.
   *
   * @param symbols the instruments that have rows from the first push on, at least one, in any order
   * @throws QilinException DATA_NOT_FOUND if an expression names an instrument that is not among them
   */
  public FactorStream stream(List<Symbol> symbols) {
    return FactorStream.builder(this, symbols).build();
  }

  /**
   * Goes on with a stream where a snapshot was taken.
   *
   * @param snapshot made by {@link FactorStream#snapshot} of the same factors, mode and treatment of missing data
   * @throws QilinException DATA_FORMAT for damaged bytes; RECORD_MISMATCH if it is of other factors
   */
  public FactorStream restore(byte[] snapshot) {
    return FactorStream.restored(this, snapshot);
  }

  LabelTable labels(Panel panel, LocalDate from, LocalDate to) {
    return LabelTable.take(fill(panel, panel.indexOf(from), end(panel, from, to)));
  }

  LabelTable labels(Panel panel) {
    return LabelTable.take(fill(panel, 0, panel.days().size()));
  }

  private static int end(Panel panel, LocalDate from, LocalDate to) {
    if (to.isBefore(from)) {
      throw QilinException.invalid("the last day " + to + " is before the first " + from);
    }
    return panel.indexOf(to) + 1;
  }

  private FactorBlock fill(Panel panel, int from, int end) {
    check(panel);
    MemoryEstimate.ofTable(names.size(), panel.symbols().size(), end - from).check();
    FactorBlock block = FactorBlock.of(names, panel.symbols(), end - from);
    run(panel, from, end, block);
    return block;
  }

  private void run(Panel panel, int from, int end, FactorBlock block) {
    if (!block.symbols().equals(panel.symbols()) || !block.names().equals(names)) {
      throw QilinException.invalid(
          "the block was made for other factors or instruments; make it of the plan's names and the"
              + " panel's symbols");
    }
    checkCost(panel, from, end);
    block.begin(panel.days().subList(from, end));
    new BatchRun(this, panel, from, end).run(block::write);
    block.end();
  }

  private void checkCost(Panel panel, int from, int end) {
    int before = warmUpRows().isPresent() ? Math.min(from, warmUp) : from;
    int rows = end - from + before;
    engine.checkCost(nanos + growth * rows / 2, panel.symbols().size(), rows);
  }

  /** The instruments named that a panel holds. */
  Set<Symbol> listed(Panel panel) {
    Set<Symbol> listed = new TreeSet<>(instruments);
    listed.removeIf(symbol -> panel.find(symbol).isEmpty());
    return listed;
  }

  /** The fields read that a panel holds. */
  Set<Field> known(Panel panel) {
    Set<Field> known = new TreeSet<>(fields);
    known.removeIf(field -> !panel.has(field));
    return known;
  }

  static QilinException tooLarge(String what, String instead) {
    return new QilinException(ErrorCode.LIMIT_EXCEEDED, what + "; " + instead);
  }
}
