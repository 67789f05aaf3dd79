package io.qilin.spark;

import io.qilin.api.market.Symbol;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import scala.Tuple2;

/** What a stage over time makes, cut by day, on its way to the partitions of days. For use by one thread. */
final class DayPieces implements Iterator<Tuple2<Integer, byte[]>> {
  private final GroupDays days;
  private final Market market;
  private final int columns;
  private int groupNumber;
  private int[] ranks = {};
  private double[] cells = {};
  private boolean moved;
  private boolean there;

  DayPieces(GroupDays days, Market market, int columns) {
    this.days = days;
    this.market = market;
    this.columns = columns;
  }

  @Override
  public boolean hasNext() {
    if (!moved) {
      there = days.next();
      moved = true;
    }
    return there;
  }

  @Override
  public Tuple2<Integer, byte[]> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    moved = false;
    if (groupNumber != days.groupNumber()) {
      groupNumber = days.groupNumber();
      Group group = days.group();
      ranks = group.panel().symbols().stream()
          .map(Symbol::toString)
          .mapToInt(market::rank)
          .toArray();
      cells = new double[ranks.length];
    }
    int count = days.count();
    ByteBuffer out =
        ByteBuffer.allocate(Integer.BYTES * (1 + count) + columns * count * Double.BYTES);
    out.putInt(count);
    for (int i = 0; i < count; i++) {
      out.putInt(ranks[days.present(i)]);
    }
    DoubleBuffer values = out.asDoubleBuffer();
    for (int column = 0; column < columns; column++) {
      days.column(column, cells);
      for (int i = 0; i < count; i++) {
        values.put(cells[days.present(i)]);
      }
    }
    return new Tuple2<>(days.day(), out.array());
  }
}
