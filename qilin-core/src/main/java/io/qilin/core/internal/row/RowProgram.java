package io.qilin.core.internal.row;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A plan bound to rows of a number of lanes, one instrument each: the kernels in their order, the rings that they read and
 * write, and where inputs go in and results come out. A tick is a day; ticks run upwards from 0. Batch and stream both call
 * {@link #run} for one tick after the other, so their numbers are the same bits.
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
  private final List<Validity> validities;
  private final List<Keys> keys;
  private final List<Counts> counts;
  private final Value[] outputs;
  private final Outlet outlet;
  private final List<String> shared;
  private final List<List<CrossPort>> ports;
  /** Where the lanes' own instruments have rows; none in a program of another instrument. */
  private final @Nullable Span own;

  private int lanes;

  RowProgram(
      Kernel[][] stages,
      Map<Field, Rows> inputs,
      Map<Symbol, RowProgram> others,
      Map<Set<Optional<Symbol>>, Span> spans,
      List<Rows> rows,
      List<LongRows> longRows,
      List<Validity> validities,
      List<Keys> keys,
      List<Counts> counts,
      Value[] outputs,
      Outlet outlet,
      List<String> shared,
      List<List<CrossPort>> ports) {
    this.stages = stages;
    this.inputs = inputs;
    this.others = others;
    this.spans = spans;
    this.rows = rows;
    this.longRows = longRows;
    this.validities = validities;
    this.keys = keys;
    this.counts = counts;
    this.outputs = outputs;
    this.outlet = outlet;
    this.shared = List.copyOf(shared);
    this.ports = ports;
    this.own = spans.get(Set.of(Optional.<Symbol>empty()));
  }

  /**
   * Makes the rows; nothing is listed yet.
   *
   * @param count lanes
   * @param ticks the most ticks that are run at a time, a power of two; always 1 where lanes meet
   * @param fed the most ticks that are fed before the first of them is run, not fewer
   */
  public RowProgram allocate(int count, int ticks, int fed) {
    lanes = count;
    rows.forEach(ring -> ring.allocate(count, ticks));
    inputs.values().forEach(ring -> ring.allocate(count, fed));
    longRows.forEach(ring -> ring.allocate(count, ticks));
    validities.forEach(validity -> validity.allocate(count, ticks));
    keys.forEach(key -> key.allocate(ticks));
    counts.forEach(each -> each.allocate(count));
    spans.values().forEach(span -> span.allocate(count));
    others.values().forEach(other -> other.allocate(1, ticks, fed));
    reset();
    return this;
  }

  /** Forgets everything that was seen, and which lanes are listed. */
  public void reset() {
    rows.forEach(Rows::reset);
    longRows.forEach(LongRows::reset);
    for (Kernel[] stage : stages) {
      for (Kernel kernel : stage) {
        kernel.reset();
      }
    }
    others.values().forEach(RowProgram::reset);
  }

  /** Says that ticks begin with this one, not with 0, after {@link #reset}. */
  public void startAt(int tick) {
    validities.forEach(validity -> validity.startAt(tick));
    others.values().forEach(other -> other.startAt(tick));
  }

  /** How many lanes there are. */
  public int lanes() {
    return lanes;
  }

  /** The fields that it reads on its own lanes. */
  public Set<Field> fields() {
    return inputs.keySet();
  }

  /** Where the values of a field on a tick go in; all lanes must be written before {@link #run}. */
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
      for (int lane = 0; lane < lanes; lane++) {
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
   * Runs one stage of some ticks, kernel by kernel: the more ticks at a time, the less is lost on going from one kernel to the
   * next. The results are the same.
   *
   * @param end the tick after the last
   */
  public void run(int tick, int end, int stage) {
    for (Kernel kernel : stages[stage]) {
      for (int t = tick; t < end; t++) {
        kernel.run(t);
      }
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
     * One row.
     *
     * @param tick when it was made; the values are those of the day {@link #delay} before
     * @param row not to be changed; {@code NaN} or anything else where a lane has no row on that day
     */
    void take(int output, int tick, double[] row);
  }

  /** Says who takes the results of all ticks that follow. */
  public void sink(Sink taker) {
    outlet.to(taker);
  }

  /** Whether all lanes have a row on a day. */
  public boolean everywhere(int tick) {
    return own == null || own.everywhere(tick);
  }

  /** Copies a row; {@code NaN} where a lane has no row on that day. */
  public void mask(double[] row, int tick, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = own == null || own.has(i, tick) ? row[i] : Double.NaN;
    }
  }

  /** Bytes of the rows for each lane. */
  public long bytesPerLane() {
    long bytes = 0;
    for (Rows ring : rows) {
      bytes += ring.bytesPerLane();
    }
    for (LongRows ring : longRows) {
      bytes += ring.bytesPerLane();
    }
    return bytes;
  }

  /** How many kernels run in a tick. */
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
    return shared;
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
    for (Kernel[] stage : stages) {
      for (Kernel kernel : stage) {
        bytes += kernel.stateBytes(lanes);
      }
    }
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
    for (Kernel[] stage : stages) {
      for (Kernel kernel : stage) {
        kernel.save(out, lanes);
      }
    }
    others.values().forEach(other -> other.save(buffer));
  }

  /** Reads what {@link #save} wrote for as many lanes. */
  public void load(ByteBuffer buffer) {
    StateReader in = new StateReader(buffer);
    rows.forEach(ring -> ring.load(in));
    longRows.forEach(ring -> ring.load(in));
    for (Kernel[] stage : stages) {
      for (Kernel kernel : stage) {
        kernel.load(in, lanes);
      }
    }
    others.values().forEach(other -> other.load(buffer));
  }
}
