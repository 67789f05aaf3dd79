package io.qilin.core.internal.row;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A plan bound to rows of a number of lanes, one instrument each: the kernels in their order, the rings that they read and
 * write, and where inputs go in and results come out. A tick is a day; ticks run upwards from 0. A row holds one day or some
 * days one after the other, which makes no difference to any number. Batch and stream both call {@link #run} for one row after
 * the other, so their numbers are the same bits.
 *
 * <p>Calculations on other instruments, as in {@code Mask}, are programs of one lane that run before this one.
 *
 * <p>Confined to one thread at a time.
 */
public final class RowProgram {
  private final Kernel[][] stages;
  private final Map<Field, Rows> inputs;
  private final Map<Symbol, RowProgram> others;
  private final Map<Set<Optional<Symbol>>, Span> spans;
  private final List<Rows> rows;
  private final List<LongRows> longRows;
  private final Value[] outputs;
  private final Outlet outlet;
  private final List<Supplier<String>> shared;
  private final List<List<CrossPort>> ports;
  /** Where the lanes' own instruments have rows; none in a program of another instrument. */
  private final @Nullable Span own;

  private Tile tile = Tile.NONE;

  RowProgram(
      Kernel[][] stages,
      Map<Field, Rows> inputs,
      Map<Symbol, RowProgram> others,
      Map<Set<Optional<Symbol>>, Span> spans,
      List<Rows> rows,
      List<LongRows> longRows,
      Value[] outputs,
      Outlet outlet,
      List<Supplier<String>> shared,
      List<List<CrossPort>> ports) {
    this.stages = stages;
    this.inputs = inputs;
    this.others = others;
    this.spans = spans;
    this.rows = rows;
    this.longRows = longRows;
    this.outputs = outputs;
    this.outlet = outlet;
    this.shared = List.copyOf(shared);
    this.ports = ports;
    this.own = spans.get(Set.of(Optional.<Symbol>empty()));
  }

  /**
   * Makes the rows; nothing is listed yet.
   *
   * @param lanes instruments
   * @param days days of a row, a power of two
   * @param fed the most days that are fed before the first of them is run, not fewer
   */
  public RowProgram allocate(int lanes, int days, int fed) {
    tile = new Tile(lanes, days);
    rows.forEach(ring -> ring.allocate(tile, days));
    inputs.values().forEach(ring -> ring.allocate(tile, fed));
    longRows.forEach(ring -> ring.allocate(tile));
    kernels().forEach(kernel -> kernel.allocate(tile));
    others.values().forEach(other -> other.allocate(1, days, fed));
    reset();
    return this;
  }

  private Stream<Kernel> kernels() {
    return Arrays.stream(stages).flatMap(Arrays::stream);
  }

  /** Forgets everything that was seen, and which lanes are listed. */
  public void reset() {
    rows.forEach(Rows::reset);
    longRows.forEach(LongRows::reset);
    kernels().forEach(Kernel::reset);
    others.values().forEach(RowProgram::reset);
  }

  /** Says that ticks begin with this one, not with 0, after {@link #reset}. */
  public void startAt(int tick) {
    rows.forEach(ring -> ring.startAt(tick));
    kernels().forEach(kernel -> kernel.startAt(tick));
    others.values().forEach(other -> other.startAt(tick));
  }

  /** How many lanes there are. */
  public int lanes() {
    return tile.lanes;
  }

  /** How many days a row has. */
  public int days() {
    return tile.days;
  }

  /** The fields that it reads on its own lanes. */
  public Set<Field> fields() {
    return inputs.keySet();
  }

  /**
   * Where the values of a field on some days go in, day after day; all must be written before {@link #run}.
   *
   * @param tick the first of the days of a row
   */
  public double[] input(Field field, int tick) {
    Rows ring = inputs.get(field);
    if (ring == null) {
      throw new QilinException(ErrorCode.UNKNOWN, "the program does not read " + field);
    }
    return ring.write(tick);
  }

  /** The programs of other instruments, to be run first. */
  public Map<Symbol, RowProgram> others() {
    return others;
  }

  /**
   * Says where lanes have rows.
   *
   * @param days first tick and end of the rows of a lane (empty) or of another instrument
   */
  public void span(Days days) {
    spans.forEach((scopes, span) -> {
      for (int lane = 0; lane < tile.lanes; lane++) {
        int first = Integer.MAX_VALUE;
        int end = Integer.MIN_VALUE;
        for (Optional<Symbol> scope : scopes) {
          first = Math.min(first, days.first(lane, scope));
          end = Math.max(end, days.end(lane, scope));
        }
        span.set(lane, first, end);
      }
      span.noteEnds();
    });
    others.values().forEach(other -> other.span(days));
  }

  /** Where instruments have rows, as ticks. */
  public interface Days {
    /** The first tick. */
    int first(int lane, Optional<Symbol> instrument);

    /** The tick after the last. */
    int end(int lane, Optional<Symbol> instrument);
  }

  /** How many times lanes must meet: 1 without cross-sectional operators. */
  public int stageCount() {
    return stages.length;
  }

  /**
   * Runs one stage of the days of a row, kernel by kernel.
   *
   * @param tick the first of them
   */
  public void run(int tick, int stage) {
    for (Kernel kernel : stages[stage]) {
      kernel.run(tick);
    }
  }

  /** The places where lanes of all programs meet after a stage. */
  public List<CrossPort> ports(int stage) {
    return ports.get(stage);
  }

  /** How many expressions there are. */
  public int outputCount() {
    return outputs.length;
  }

  /** How many days the values of an expression are behind, because it reads the future. */
  public int delay(int output) {
    return outputs[output].delay();
  }

  /** Takes results as they are made. */
  public interface Sink {
    /**
     * The values of one day.
     *
     * @param tick when they were made; they are those of the day {@link #delay} before
     * @param row not to be changed; {@code NaN} or anything else where a lane has no row on that day
     * @param offset where the value of the first lane is
     */
    void take(int output, int tick, double[] row, int offset);
  }

  /** Says who takes the results of all ticks that follow. */
  public void sink(Sink taker) {
    outlet.to(taker);
  }

  /** Whether all lanes have a row on a day. */
  public boolean everywhere(int tick) {
    return own == null || own.everywhere(tick);
  }

  /** Copies the values of a day; {@code NaN} where a lane has no row on it. */
  public void mask(double[] row, int offset, int tick, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = own == null || own.has(i, tick) ? row[offset + i] : Double.NaN;
    }
  }

  /** Bytes of the rows for each lane with so many days in a row. */
  public long bytesPerLane(int days) {
    long bytes = kernels().mapToLong(Kernel::bytesPerLane).sum();
    for (Rows ring : rows) {
      bytes += ring.bytesPerLane(days);
    }
    for (LongRows ring : longRows) {
      bytes += ring.bytesPerLane(days);
    }
    return bytes;
  }

  /** How many kernels run for a row. */
  public int kernelCount() {
    int count = 0;
    for (Kernel[] stage : stages) {
      count += stage.length;
    }
    for (RowProgram other : others.values()) {
      count += other.kernelCount();
    }
    return count;
  }

  /** What serves several windows or expressions, with its windows, as text. */
  public List<String> shared() {
    return shared.stream().map(Supplier::get).toList();
  }

  /** Bytes that {@link #save} writes now. */
  public long stateBytes() {
    long bytes = 0;
    for (Rows ring : rows) {
      bytes += ring.stateBytes();
    }
    for (LongRows ring : longRows) {
      bytes += ring.stateBytes();
    }
    bytes += kernels().mapToLong(kernel -> kernel.stateBytes(tile.lanes)).sum();
    for (RowProgram other : others.values()) {
      bytes += other.stateBytes();
    }
    return bytes;
  }

  /** Writes all that {@link #run} depends on but for the spans. */
  public void save(ByteBuffer buffer) {
    StateWriter out = new StateWriter(buffer);
    rows.forEach(ring -> ring.save(out));
    longRows.forEach(ring -> ring.save(out));
    kernels().forEach(kernel -> kernel.save(out, tile.lanes));
    others.values().forEach(other -> other.save(buffer));
  }

  /**
   * Reads what {@link #save} wrote for as many lanes.
   *
   * @param tick the next one
   */
  public void load(ByteBuffer buffer, int tick) {
    StateReader in = new StateReader(buffer, tick);
    rows.forEach(ring -> ring.load(in));
    longRows.forEach(ring -> ring.load(in));
    kernels().forEach(kernel -> kernel.load(in, tile.lanes));
    others.values().forEach(other -> other.load(buffer, tick));
  }
}
