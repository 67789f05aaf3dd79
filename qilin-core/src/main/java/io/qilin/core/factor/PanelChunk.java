package io.qilin.core.factor;

import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.internal.row.RowProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Some instruments of a panel, side by side, and the program that they go through day after day. One thread at a time. */
final class PanelChunk implements AutoCloseable {
  /** Days that are taken in at a time: four lines of the cache from each instrument. */
  static final int FED_DAYS = 32;

  private final FactorPlan plan;
  private final Panel panel;
  private final int first;
  private final int count;
  private final int start;
  private final Set<Field> known;
  private final Set<Symbol> listed;
  private final RowProgram program;
  private final List<Field> fields;
  private final double[][] rows = new double[FED_DAYS][];
  private final int[] offsets = new int[FED_DAYS];
  private final double[] masked;
  private int fed;

  /**
   * A chunk.
   *
   * @param first its first instrument
   * @param start the day of its first tick
   * @param days days of a row, a power of two
   */
  PanelChunk(FactorPlan plan, Panel panel, int first, int count, int start, int days) {
    this.plan = plan;
    this.panel = panel;
    this.first = first;
    this.count = count;
    this.start = start;
    this.fed = start;
    this.known = plan.known(panel);
    this.listed = plan.listed(panel);
    this.program = plan.borrow(known, listed, count, days);
    this.fields = new ArrayList<>(program.fields());
    this.masked = new double[count];
    program.span(new Spans());
  }

  /** The panel's days as ticks. */
  private final class Spans implements RowProgram.Days {
    private int instrument(int lane, Optional<Symbol> named) {
      return named.map(panel::indexOf).orElse(first + lane);
    }

    @Override
    public int first(int lane, Optional<Symbol> named) {
      return panel.firstRow(instrument(lane, named)) - start;
    }

    @Override
    public int end(int lane, Optional<Symbol> named) {
      return panel.endRow(instrument(lane, named)) - start;
    }
  }

  RowProgram program() {
    return program;
  }

  /** Days of a row. */
  int days() {
    return program.days();
  }

  int start() {
    return start;
  }

  int count() {
    return count;
  }

  int first() {
    return first;
  }

  /**
   * Runs one stage of the days of a row; the first stage takes in their fields.
   *
   * @param day the first of them
   */
  void run(int day, int stage) {
    if (stage == 0) {
      for (; fed < day + days(); fed += FED_DAYS) {
        feed(fed, fed + FED_DAYS);
      }
      for (RowProgram other : program.others().values()) {
        other.run(day - start, 0);
      }
    }
    program.run(day - start, stage);
  }

  /** Days outside the panel are NaN. */
  private void feed(int from, int end) {
    int first = Math.max(from, Math.min(end, 0));
    int last = Math.max(first, Math.min(end, panel.days().size()));
    for (Field field : fields) {
      for (int day = from; day < end; day++) {
        int offset = (day - start) % days();
        rows[day - from] = program.input(field, day - start - offset);
        offsets[day - from] = offset * count;
        if (day < first || day >= last) {
          Arrays.fill(rows[day - from], offset * count, (offset + 1) * count, Double.NaN);
        }
      }
      if (last > first) {
        copy(field, first, last, first - from);
      }
    }
    program.others().forEach((symbol, other) -> feed(other, panel.indexOf(symbol), from, end));
  }

  private void copy(Field field, int from, int end, int place) {
    double[][] to = place == 0 ? rows : Arrays.copyOfRange(rows, place, FED_DAYS);
    int[] at = place == 0 ? offsets : Arrays.copyOfRange(offsets, place, FED_DAYS);
    panel.crossSections(field, first, first + count, from, end, to, at);
  }

  private void feed(RowProgram other, int instrument, int from, int end) {
    for (Field field : other.fields()) {
      for (int day = from; day < end; day++) {
        int offset = (day - start) % days();
        boolean inside = day >= 0 && day < panel.days().size();
        other.input(field, day - start - offset)[offset] =
            inside ? panel.value(field, instrument, day) : Double.NaN;
      }
    }
  }

  /** Says who takes the values of the days {@code [from, end)} as they are made. */
  void sink(int from, int end, BatchRun.Sink sink) {
    program.sink((output, tick, row, offset) -> {
      int day = tick - program.delay(output);
      int at = day + start - from;
      if (at >= 0 && at < end - from) {
        if (program.everywhere(day)) {
          sink.write(output, at, first, row, offset, count);
        } else {
          program.mask(row, offset, day, masked);
          sink.write(output, at, first, masked, 0, count);
        }
      }
    });
  }

  CrossSections.Part part() {
    return new CrossSections.Part(program, IntStream.range(first, first + count).toArray());
  }

  @Override
  public void close() {
    // The program waits for the next panel; its sink would hold this one.
    program.sink((output, tick, row, offset) -> {});
    plan.giveBack(known, listed, program);
  }
}
