package io.qilin.spark;

import io.qilin.core.factor.CrossOperation;
import io.qilin.core.factor.FactorPlan;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
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
  private @Nullable Tuple2<Integer, byte[]> ahead;

  /**
   * Begins.
   *
   * @param pieces in the order of their days
   * @param operands the stage before
   */
  CrossFeed(
      Iterator<Tuple2<Integer, byte[]>> pieces,
      Market market,
      FactorPlan operands,
      List<CrossOperation> operations) {
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
      ahead = pieces.hasNext() ? pieces.next() : null;
    }
    day(market.epochDay(day), parts, count, packing);
    return true;
  }

  private void day(int epochDay, List<byte[]> parts, int count, Packing packing) {
    // Rank and place of each instrument as one number, to be sorted by rank.
    long[] order = new long[count];
    double[][] unsorted = new double[columns.size()][count];
    int begun = 0;
    for (byte[] part : parts) {
      ByteBuffer in = ByteBuffer.wrap(part);
      int own = in.getInt();
      for (int i = 0; i < own; i++) {
        order[begun + i] = (long) in.getInt() << Integer.SIZE | (begun + i);
      }
      DoubleBuffer values = in.asDoubleBuffer();
      for (double[] column : unsorted) {
        values.get(column, begun, own);
      }
      begun += own;
    }
    Arrays.sort(order);
    double[][] sorted = new double[columns.size()][count];
    for (int column = 0; column < sorted.length; column++) {
      for (int i = 0; i < count; i++) {
        sorted[column][i] = unsorted[column][(int) order[i]];
      }
    }
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
}
