package io.qilin.data.stream;

import io.qilin.api.market.Symbol;
import io.qilin.core.rules.SessionPhase;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Parts of panes on their way between machines, to the last bit. */
public final class PanePartCodec implements StreamCodec<PanePart> {
  /** There is no state. */
  public PanePartCodec() {}

  @Override
  public void write(PanePart value, DataOutput out) throws IOException {
    out.writeUTF(value.source);
    out.writeUTF(value.symbol.toString());
    out.writeUTF(value.phase.name());
    out.writeLong(value.sessionStart);
    out.writeLong(value.sessionEnd);
    out.writeLong(value.sessionClosed);
    out.writeLong(value.number);
    for (long cell : value.cells()) {
      out.writeLong(cell);
    }
  }

  @Override
  public PanePart read(DataInput in) throws IOException {
    String source = in.readUTF();
    Symbol symbol = Symbol.parse(in.readUTF());
    SessionPhase phase = Names.read(SessionPhase.class, in);
    long start = in.readLong();
    long end = in.readLong();
    long closed = in.readLong();
    long number = in.readLong();
    long[] cells = new long[PaneCells.WIDTH];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = in.readLong();
    }
    return new PanePart(source, symbol, phase, start, end, closed, number, cells);
  }
}
