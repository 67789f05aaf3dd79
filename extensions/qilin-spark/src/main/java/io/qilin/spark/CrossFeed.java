package io.qilin.spark;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.factor.CrossOperation;
import io.qilin.core.factor.FactorPlan;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Compares the instruments of one day after the other, and hands the results out by instrument. For use by one thread. */
final class CrossFeed implements Packing.Feed {
  private final Iterator<Tuple2<Integer, byte[]>> pieces;
  private final Market market;
  private final List<String> columns;
  private final List<CrossOperation> operations;
  private final long taskBytes;
  private @Nullable Tuple2<Integer, byte[]> ahead;

  /**
   * Begins.
   *
   * @param pieces in the order of their days
   * @param operands the stage before
   * @param taskBytes the most that a day may take
   */
  CrossFeed(
      Iterator<Tuple2<Integer, byte[]>> pieces,
      Market market,
      FactorPlan operands,
      List<CrossOperation> operations,
      long taskBytes) {
    this.taskBytes = taskBytes;
    this.pieces = pieces;
    this.market = market;
    this.columns = operands.names();
    this.operations = operations;
    this.ahead = pieces.hasNext() ? pieces.next() : null;
  }

  @Override
  public boolean addTo(Packing packing) {
    if (ahead == null) {
      return false;
    }
    int day = ahead._1();
    List<byte[]> parts = new ArrayList<>();
    int count = 0;
    while (ahead != null && ahead._1() == day) {
      parts.add(ahead._2());
      count += ByteBuffer.wrap(ahead._2()).getInt();
      requireRoom(market.epochDay(day), count);
      ahead = pieces.hasNext() ? pieces.next() : null;
    }
    day(market.epochDay(day), parts, count, packing);
    return true;
  }

  private void day(int epochDay, List<byte[]> parts, int count, Packing packing) {
    // Rank and place of each instrument as one number, to be sorted by rank.
    long[] order = new long[count];
    int begun = 0;
    for (byte[] part : parts) {
      ByteBuffer in = ByteBuffer.wrap(part);
      for (int left = in.getInt(); left > 0; left--) {
        order[begun] = (long) in.getInt() << Integer.SIZE | begun;
        begun++;
      }
    }
    Arrays.sort(order);
    double[][] sorted = sorted(parts, order);
    InstrumentRows[] rows = new InstrumentRows[count];
    int[] at = new int[count];
    for (int i = 0; i < count; i++) {
      String symbol = market.symbol((int) (order[i] >>> Integer.SIZE));
      rows[i] = packing.of(symbol, "", operations.size());
      at[i] = rows[i].add(epochDay);
      packing.added(rows[i]);
    }
    for (int result = 0; result < operations.size(); result++) {
      CrossOperation operation = operations.get(result);
      double[] values = operation.compute(operation.operands().stream()
          .map(name -> sorted[columns.indexOf(name)])
          .toArray(double[][]::new));
      for (int i = 0; i < count; i++) {
        rows[i].set(at[i], result, values[i]);
      }
    }
  }
  /** The columns of a day in the order of the instruments. */
  private double[][] sorted(List<byte[]> parts, long[] order) {
    int[] targets = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      targets[(int) order[i]] = i;
    }
    double[][] sorted = new double[columns.size()][order.length];
    int begun = 0;
    for (byte[] part : parts) {
      ByteBuffer in = ByteBuffer.wrap(part);
      int own = in.getInt();
      DoubleBuffer values = in.position(in.position() + own * Integer.BYTES).asDoubleBuffer();
      for (double[] column : sorted) {
        for (int i = 0; i < own; i++) {
          column[targets[begun + i]] = values.get();
        }
      }
      begun += own;
    }
    return sorted;
  }

  /** As they come, in order, and what is made of them. */
  private void requireRoom(int epochDay, int count) {
    long bytes = count * (2L * columns.size() + operations.size()) * Double.BYTES;
    if (bytes > taskBytes) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          count + " instruments or more on " + LocalDate.ofEpochDay(epochDay) + ", by "
              + columns.size() + " columns, take " + bytes + " bytes to be compared, more than the "
              + taskBytes + " of a task; set taskBytes higher, or compute fewer factors at a time");
    }
  }
}
