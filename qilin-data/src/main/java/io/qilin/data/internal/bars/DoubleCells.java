package io.qilin.data.internal.bars;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A growing column of doubles; what was never set is {@code NaN} and takes no room. */
public final class DoubleCells {
  private static final int SHIFT = 14;
  private static final int MASK = (1 << SHIFT) - 1;

  private final List<double @Nullable []> chunks = new ArrayList<>();

  /** Sets a row. */
  public void set(int row, double value) {
    int at = row >> SHIFT;
    while (chunks.size() <= at) {
      chunks.add(null);
    }
    double[] chunk = chunks.get(at);
    if (chunk == null) {
      chunk = new double[1 << SHIFT];
      Arrays.fill(chunk, Double.NaN);
      chunks.set(at, chunk);
    }
    chunk[row & MASK] = value;
  }

  /** A row. */
  public double get(int row) {
    int at = row >> SHIFT;
    double[] chunk = at < chunks.size() ? chunks.get(at) : null;
    return chunk == null ? Double.NaN : chunk[row & MASK];
  }

  /** Multiplies every value. */
  void scale(double by) {
    for (double[] chunk : chunks) {
      for (int i = 0; chunk != null && i < chunk.length; i++) {
        chunk[i] *= by;
      }
    }
  }
}
