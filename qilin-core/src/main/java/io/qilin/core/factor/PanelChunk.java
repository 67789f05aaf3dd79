package io.qilin.core.factor;

import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.internal.row.CrossPort;
import io.qilin.core.internal.row.RowProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Some instruments of a panel, side by side, and the program that they go through day after day. One thread at a time. */
final class PanelChunk implements AutoCloseable {
  static final int TILE_DAYS = 16;

  private final FactorPlan plan;
  private final Panel panel;
  private final int first;
  private final int count;
  private final int start;
  private final Set<Field> known;
  private final Set<Symbol> listed;
  private final RowProgram program;
  private final List<Field> fields;
  private final double[][][] tiles;
  private final double[] masked;
  private int tileStart = Integer.MIN_VALUE;

  /**
   * A chunk.
   *
   * @param first its first instrument
   * @param start the day of its first tick
   */
  PanelChunk(FactorPlan plan, Panel panel, int first, int count, int start) {
    this.plan = plan;
    this.panel = panel;
    this.first = first;
    this.count = count;
    this.start = start;
    this.known = plan.known(panel);
    this.listed = plan.listed(panel);
    this.program = plan.borrow(known, listed, count);
    this.fields = new ArrayList<>(program.fields());
    this.tiles = new double[fields.size()][TILE_DAYS][count];
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

  int start() {
    return start;
  }

  int count() {
    return count;
  }

  int first() {
    return first;
  }

  boolean isNewTile(int day) {
    return (day - start) % TILE_DAYS == 0;
  }

  /** Runs one stage of a day; the first stage takes in the day's fields. */
  void run(int day, int stage) {
    int tick = day - start;
    if (stage == 0) {
      feed(day, tick);
      for (var other : program.others().entrySet()) {
        RowProgram theirs = other.getValue();
        int instrument = panel.indexOf(other.getKey());
        for (Field field : theirs.fields()) {
          theirs.input(field, tick)[0] = day < panel.days().size()
              ? panel.value(field, instrument, day)
              : Double.NaN;
        }
        theirs.run(tick, 0);
      }
    }
    program.run(tick, stage);
  }

  private void feed(int day, int tick) {
    boolean inside = day < panel.days().size();
    int tile = day - (day - start) % TILE_DAYS;
    if (inside && tile != tileStart) {
      tileStart = tile;
      int to = Math.min(tile + TILE_DAYS, panel.days().size());
      for (int f = 0; f < tiles.length; f++) {
        panel.crossSections(fields.get(f), first, first + count, tile, to, tiles[f]);
      }
    }
    for (int f = 0; f < tiles.length; f++) {
      double[] row = program.input(fields.get(f), tick);
      if (inside) {
        System.arraycopy(tiles[f][day - tile], 0, row, 0, count);
      } else {
        Arrays.fill(row, Double.NaN);
      }
    }
  }

  /** Hands over what a day's tick has made of the days {@code [from, end)}. */
  void write(int day, int from, int end, BatchRun.Sink sink) {
    int tick = day - start;
    for (int output = 0; output < program.outputCount(); output++) {
      int at = day - program.delay(output);
      if (at >= from && at < end) {
        double[] row = program.output(output, tick, masked);
        sink.write(output, at - from, first, row, 0, count);
      }
    }
  }

  void collect(CrossPort port, int operand, int day, double[] to) {
    port.collect(operand, day - start, to, first, count);
  }

  void deliver(CrossPort port, int day, double[] from) {
    port.deliver(day - start, from, first, count);
  }

  @Override
  public void close() {
    plan.giveBack(known, listed, program);
  }
}
