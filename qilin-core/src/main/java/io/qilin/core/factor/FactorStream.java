package io.qilin.core.factor;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.core.internal.row.RowProgram;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Factors that are brought up to date row by row: {@link #push} takes the next day (or bar) of all instruments and computes
 * all factors for it. The values are the bits that {@link FactorEngine#compute} gives for the same rows, as both run the same
 * kernels in the same order.
 *
 * <pre>
 * FactorStream stream = engine.stream(Alpha158.factors(), symbols);
 * CrossSection row = stream.newRow();
 * row.set(Field.CLOSE, 0, 10.5);
 * stream.push(row);
 * double value = stream.value(0, 0);
 * </pre>
 *
 * <p>An instrument has rows from the first push after it was listed to the last before it was delisted; a push without its
 * values is a row of {@code NaN}, as for a suspended share, and takes a place in every window. Rows are kept and used
 * again, so that a push allocates nothing, unless an expression has a window of all
 * rows so far. An instrument that an expression names, as in {@code Mask}, must be listed from the beginning, or announced by
 * {@link Builder#later}.
 *
 * <p>Confined to one thread at a time.
 */
public final class FactorStream {
  /** The most instruments of a part. */
  static final int MOST_LANES = 512;

  private static final int FEWEST_LANES = 8;

  private final FactorPlan plan;
  private final Set<Field> fields;
  /** The same, to go through them without an iterator. */
  private final Field[] eachField;

  private final List<Symbol> symbols = new ArrayList<>();
  private final Map<Symbol, Integer> places = new HashMap<>();
  private final Set<Symbol> named;
  private final List<Part> parts = new ArrayList<>();
  private final int width;
  /**
   * Where expressions read a named instrument, its rows count for an instrument from before its own first row. This part has
   * seen them, and serves when room is needed for another listing.
   */
  private @Nullable Part reserve;

  private int[] first = {};
  private int[] end = {};
  private CrossSections meeting;
  private int tick;
  /** False while a push is under way, and for good when it failed: some rows have taken the day and some have not. */
  private boolean whole = true;

  /** Some instruments with their program and what it last made. */
  private static final class Part {
    final RowProgram program;
    final Field[] fields;
    final double[][] values;

    Part(RowProgram program, int factors) {
      this.program = program;
      this.fields = program.fields().toArray(new Field[0]);
      this.values = new double[factors][program.lanes()];
      for (double[] row : values) {
        Arrays.fill(row, Double.NaN);
      }
      program.sink((output, at, row, offset) ->
          System.arraycopy(row, offset, values[output], 0, values[output].length));
    }
  }

  private FactorStream(
      FactorPlan plan, List<Symbol> listed, Set<Field> fields, Set<Symbol> later, int width) {
    this.plan = plan;
    this.width = width;
    this.fields = fields;
    this.eachField = fields.toArray(new Field[0]);
    if (listed.isEmpty()) {
      throw QilinException.invalid("a stream needs at least one instrument");
    }
    for (Symbol symbol : listed) {
      if (places.putIfAbsent(symbol, symbols.size()) != null) {
        throw QilinException.invalid(symbol + " is listed twice");
      }
      symbols.add(symbol);
    }
    this.named = named(later);
    first = new int[symbols.size()];
    end = new int[symbols.size()];
    Arrays.fill(end, Integer.MAX_VALUE);
    meeting = grow();
  }

  /** Parts of equal size, so that the last is not nearly empty. */
  private static int width(int instruments) {
    int parts = Math.max(1, (instruments + MOST_LANES - 1) / MOST_LANES);
    int even = (instruments + parts - 1) / parts;
    return (even + FEWEST_LANES - 1) / FEWEST_LANES * FEWEST_LANES;
  }

  private Set<Symbol> named(Set<Symbol> later) {
    Set<Symbol> present = new LinkedHashSet<>(plan.instruments());
    if (plan.engine().missing() == MissingData.REFUSE) {
      for (Symbol symbol : present) {
        if (!places.containsKey(symbol) && !later.contains(symbol)) {
          throw new QilinException(
              ErrorCode.DATA_NOT_FOUND,
              "an expression reads " + symbol + ", which is not among the " + symbols.size()
                  + " instruments of the stream; add it to them, or announce it if it is listed later");
        }
      }
    }
    present.removeIf(symbol -> !places.containsKey(symbol) && !later.contains(symbol));
    return Set.copyOf(present);
  }

  /** Says what a stream is of. */
  public static final class Builder {
    private final FactorPlan plan;
    private final List<Symbol> symbols;
    private Set<Field> fields;
    private Set<Symbol> later = Set.of();

    private Builder(FactorPlan plan, List<Symbol> symbols) {
      this.plan = plan;
      this.symbols = List.copyOf(symbols);
      this.fields = plan.fields();
    }

    /** The fields that rows will have; those that the factors read unless set. Others do not exist, as in a panel without. */
    public Builder fields(Set<Field> known) {
      fields = Set.copyOf(known);
      return this;
    }

    /** Instruments that expressions name and that {@link FactorStream#list} will add; none unless set. */
    public Builder later(Set<Symbol> announced) {
      later = Set.copyOf(announced);
      return this;
    }

    /**
     * Starts the stream.
     *
     * @throws QilinException DATA_NOT_FOUND if an expression reads a field or names an instrument that there will not be,
     *     unless the engine's policy is {@link MissingData#NAN}; INVALID_ARGUMENT without instruments
     */
    public FactorStream build() {
      Set<Field> read = new TreeSet<>(plan.fields());
      read.removeIf(field -> !fields.contains(field));
      if (plan.engine().missing() == MissingData.REFUSE && !fields.containsAll(plan.fields())) {
        Set<Field> lacking = new TreeSet<>(plan.fields());
        lacking.removeAll(fields);
        throw new QilinException(
            ErrorCode.DATA_NOT_FOUND,
            "the factors read " + lacking
                + ", which the rows of the stream will not have; they have "
                + new TreeSet<>(fields));
      }
      return new FactorStream(
          plan, symbols, Collections.unmodifiableSet(read), later, width(symbols.size()));
    }
  }

  /**
   * Starts building a stream.
   *
   * @param symbols the instruments that have rows from the first push on, at least one, in any order
   */
  public static Builder builder(FactorPlan plan, List<Symbol> symbols) {
    return new Builder(plan, symbols);
  }

  /** Makes room for all instruments, and says where they have rows. */
  private CrossSections grow() {
    while (parts.size() * width < symbols.size()) {
      Part spare = reserve;
      parts.add(spare != null ? spare : part());
      reserve = spare != null ? copy(spare) : null;
    }
    if (reserve == null && !named.isEmpty()) {
      reserve = part();
    }
    spans();
    int[] places = sortedPlaces();
    List<CrossSections.Part> all = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      int to = Math.min((i + 1) * width, symbols.size());
      all.add(
          new CrossSections.Part(parts.get(i).program, Arrays.copyOfRange(places, i * width, to)));
    }
    return new CrossSections(all, symbols.size());
  }

  /** A part that begins with the next push. */
  private Part part() {
    RowProgram program = plan.program(fields, named, width);
    program.startAt(tick);
    return new Part(program, plan.outputCount());
  }

  /** A part with the same past. */
  private Part copy(Part part) {
    Part copy = part();
    ByteBuffer state = ByteBuffer.allocate(Math.toIntExact(part.program.stateBytes()));
    part.program.save(state);
    copy.program.load(state.flip(), tick);
    return copy;
  }

  /** Sums over instruments run in their natural order, whenever they were listed. */
  private int[] sortedPlaces() {
    List<Symbol> sorted = symbols.stream().sorted().toList();
    Map<Symbol, Integer> rank = new HashMap<>();
    for (int i = 0; i < sorted.size(); i++) {
      rank.put(sorted.get(i), i);
    }
    return symbols.stream().mapToInt(rank::get).toArray();
  }

  private void spans() {
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).program.span(new Spans(i * width));
    }
    if (reserve != null) {
      reserve.program.span(new Spans(parts.size() * width));
    }
  }

  /** Where instruments have rows. */
  private final class Spans implements RowProgram.Days {
    private final int offset;

    Spans(int offset) {
      this.offset = offset;
    }

    private int place(int lane, Optional<Symbol> other) {
      return other.isPresent()
          ? places.getOrDefault(other.get(), Integer.MAX_VALUE)
          : offset + lane;
    }

    @Override
    public int first(int lane, Optional<Symbol> other) {
      int place = place(lane, other);
      return place < symbols.size() ? first[place] : Integer.MAX_VALUE;
    }

    @Override
    public int end(int lane, Optional<Symbol> other) {
      int place = place(lane, other);
      return place < symbols.size() ? end[place] : Integer.MIN_VALUE;
    }
  }

  /** The names of the factors, in order. */
  public List<String> names() {
    return plan.names();
  }

  /** The instruments, in the order in which they were listed. */
  public List<Symbol> symbols() {
    return List.copyOf(symbols);
  }

  /** The fields that a row needs. */
  public Set<Field> fields() {
    return fields;
  }

  /** How many rows were pushed. */
  public int rows() {
    return tick;
  }

  /** A row of all instruments listed now, everything {@code NaN}; worth keeping for the next push. */
  public CrossSection newRow() {
    return new CrossSection(fields, symbols.size());
  }

  /**
   * Adds an instrument that has rows from the next push on. Rows made before lack it.
   *
   * @return its index in {@link #symbols}
   * @throws QilinException INVALID_ARGUMENT if it is there already
   */
  public int list(Symbol symbol) {
    checkWhole();
    Objects.requireNonNull(symbol, "symbol");
    if (places.putIfAbsent(symbol, symbols.size()) != null) {
      throw QilinException.invalid(symbol + " is listed already");
    }
    symbols.add(symbol);
    int count = symbols.size();
    first = Arrays.copyOf(first, count);
    end = Arrays.copyOf(end, count);
    first[count - 1] = tick;
    end[count - 1] = Integer.MAX_VALUE;
    meeting = grow();
    return count - 1;
  }

  /**
   * Ends an instrument: it has no rows from the next push on, and its factors are {@code NaN}.
   *
   * @throws QilinException DATA_NOT_FOUND if it is not there
   */
  public void delist(Symbol symbol) {
    checkWhole();
    Integer place = places.get(symbol);
    if (place == null) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          symbol + " is not among the " + symbols.size() + " instruments of the stream");
    }
    end[place] = Math.min(end[place], tick);
    spans();
  }

  /**
   * Takes the next row and computes all factors for it.
   *
   * @param row made by {@link #newRow}; instruments listed after it was made count as {@code NaN}
   * @throws QilinException DATA_NOT_FOUND if the row is of a stream that reads other fields, and nothing has changed;
   *     PROVIDER if an operator of the host fails. Then the stream is between two days, and all calls that follow end with
   *     CONFLICT: a snapshot from before goes on
   */
  public void push(CrossSection row) {
    checkWhole();
    for (Field field : eachField) {
      row.values(field);
    }
    whole = false;
    for (int i = 0; i < parts.size(); i++) {
      feed(parts.get(i), i * width, row);
    }
    int stages = parts.get(0).program.stageCount();
    for (int stage = 0; stage < stages; stage++) {
      for (int i = 0; i < parts.size(); i++) {
        parts.get(i).program.run(tick, stage);
      }
      meeting.meet(stage, tick);
    }
    Part spare = reserve;
    if (spare != null) {
      feed(spare, parts.size() * width, row);
      for (int stage = 0; stage < stages; stage++) {
        spare.program.run(tick, stage);
      }
    }
    tick++;
    whole = true;
  }

  private void checkWhole() {
    if (!whole) {
      throw new QilinException(
          ErrorCode.CONFLICT,
          "the push of row " + tick + " failed or has not ended, so that the stream is between two"
              + " days; restore the snapshot before it and push the rows since, or push the history to a new stream");
    }
  }

  private void feed(Part part, int offset, CrossSection row) {
    int known = Math.max(0, Math.min(row.size() - offset, part.program.lanes()));
    for (Field field : part.fields) {
      double[] lanes = part.program.input(field, tick);
      System.arraycopy(row.values(field), Math.min(offset, row.size()), lanes, 0, known);
      Arrays.fill(lanes, known, lanes.length, Double.NaN);
    }
    if (!named.isEmpty()) {
      part.program.others().forEach((symbol, other) -> {
        int place = places.getOrDefault(symbol, Integer.MAX_VALUE);
        for (Field field : other.fields()) {
          other.input(field, tick)[0] = place < row.size() ? row.values(field)[place] : Double.NaN;
        }
        other.run(tick, 0);
      });
    }
  }

  /**
   * A value after the last push; {@code NaN} if there was none since the stream was made or restored.
   *
   * @param factor index in {@link #names}
   * @param instrument index in {@link #symbols}
   */
  public double value(int factor, int instrument) {
    checkWhole();
    Objects.checkIndex(factor, plan.outputCount());
    Part part = parts.get(instrument / width);
    int lane = instrument % width;
    return lasts(instrument) ? part.values[factor][lane] : Double.NaN;
  }

  private boolean lasts(int instrument) {
    return tick - 1 >= first[instrument] && tick - 1 < end[instrument];
  }

  /**
   * Copies the values of a factor after the last push, one an instrument; {@code NaN} if there was none since the
   * stream was made or restored.
   *
   * @param to at least as long as {@link #symbols}
   */
  public void copy(int factor, double[] to) {
    checkWhole();
    int count = symbols.size();
    for (int i = 0; i < parts.size(); i++) {
      int offset = i * width;
      int length = Math.min(parts.get(i).program.lanes(), count - offset);
      System.arraycopy(parts.get(i).values[factor], 0, to, offset, length);
      if (tick == 0 || !parts.get(i).program.everywhere(tick - 1)) {
        for (int k = offset; k < offset + length; k++) {
          to[k] = lasts(k) ? to[k] : Double.NaN;
        }
      }
    }
  }

  /** Bytes of working memory for each instrument. */
  public long stateBytesPerInstrument() {
    return parts.get(0).program.bytesPerLane(1);
  }

  /**
   * All that later pushes depend on, as bytes with a checksum: {@link FactorPlan#restore} goes on from there with the same bits.
   * The checksum finds damage; it does not prove who wrote them.
   */
  public byte[] snapshot() {
    checkWhole();
    return new StreamState(plan, symbols, fields, named, first, end, tick, width, programs())
        .bytes();
  }

  private List<RowProgram> programs() {
    List<RowProgram> programs = new ArrayList<>();
    parts.forEach(part -> programs.add(part.program));
    if (reserve != null) {
      programs.add(reserve.program);
    }
    return programs;
  }

  /** A stream as a snapshot has it. */
  static FactorStream restored(FactorPlan plan, byte[] snapshot) {
    StreamState.Head head = StreamState.head(plan, snapshot);
    head.checkSize(plan.program(head.fields, head.named, head.width).stateBytes());
    FactorStream stream = new FactorStream(plan, head.symbols, head.fields, head.named, head.width);
    stream.first = head.first;
    stream.end = head.end;
    stream.tick = head.tick;
    StreamState.load(snapshot, head, stream.programs());
    stream.spans();
    return stream;
  }
}
