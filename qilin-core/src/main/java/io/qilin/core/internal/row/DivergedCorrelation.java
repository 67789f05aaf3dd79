package io.qilin.core.internal.row;

import java.util.Arrays;

/**
 * Where one side of a correlation is valid on rows on which the other is not, its own deviation differs from that over the
 * pairs, and Qlib's rule for flat series asks for its own. Those lanes are rare; they are computed once more, directly.
 */
final class DivergedCorrelation extends Kernel {
  private static final double FLAT = 2e-5;
  private static final int NEVER = Integer.MIN_VALUE / 2;

  private final Value x;
  private final Value y;
  private final Validity ownX;
  private final Validity ownY;
  private final Validity pair;
  private final Rows c;
  private final Rows qx;
  private final Rows qy;
  private final int window;
  private final Rows out;
  private int[] lastTick = {};
  private int anyTick = NEVER;

  DivergedCorrelation(
      Value x, Validity ownX, Value y, Validity ownY, ProductChain chain, int window, Rows out) {
    this.x = x.keep(window - 1);
    this.y = y.keep(window - 1);
    this.ownX = ownX;
    this.ownY = ownY;
    this.pair = chain.x().counts().validity();
    this.c = chain.level(window);
    this.qx = chain.x().squares(window).q;
    this.qy = chain.y().squares(window).q;
    this.window = window;
    this.out = out;
  }

  @Override
  void reset() {
    anyTick = NEVER;
    Arrays.fill(lastTick, NEVER);
  }

  @Override
  void run(int tick) {
    if (!ownX.same(pair, tick) || !ownY.same(pair, tick)) {
      note(tick);
    }
    if (tick - window < anyTick) {
      double[] row = out.at(tick);
      for (int i = 0; i < row.length; i++) {
        if (tick - window < lastTick[i]) {
          boolean flat = isFlat(x, tick, i) || isFlat(y, tick, i);
          row[i] = flat ? Double.NaN : c.at(tick)[i] / Math.sqrt(qx.at(tick)[i] * qy.at(tick)[i]);
        }
      }
    }
  }

  private void note(int tick) {
    anyTick = tick;
    if (lastTick.length == 0) {
      lastTick = new int[out.at(tick).length];
      Arrays.fill(lastTick, NEVER);
    }
    for (int i = 0; i < lastTick.length; i++) {
      if (ownX.has(i, tick) != pair.has(i, tick) || ownY.has(i, tick) != pair.has(i, tick)) {
        lastTick[i] = tick;
      }
    }
  }

  /** Whether the deviation of a side over its own valid rows is not above Qlib's limit. */
  private boolean isFlat(Value side, int tick, int lane) {
    double first = Double.NaN;
    double sum = 0;
    int n = 0;
    for (int age = window - 1; age >= 0; age--) {
      double v = side.at(tick - age)[lane];
      if (Double.isFinite(v)) {
        first = n == 0 ? v : first;
        sum += v - first;
        n++;
      }
    }
    double mean = sum / n;
    double squares = 0;
    for (int age = window - 1; age >= 0; age--) {
      double v = side.at(tick - age)[lane];
      if (Double.isFinite(v)) {
        double d = v - first - mean;
        squares += d * d;
      }
    }
    return n > 1 && Math.sqrt(squares / (n - 1)) <= FLAT;
  }

  @Override
  long stateBytes(int lanes) {
    return 4 + 4L * lanes;
  }

  @Override
  void save(StateWriter out, int lanes) {
    out.integer(anyTick);
    for (int i = 0; i < lanes; i++) {
      out.integer(lastTick.length == 0 ? NEVER : lastTick[i]);
    }
  }

  @Override
  void load(StateReader in, int lanes) {
    anyTick = in.integer();
    lastTick = new int[lanes];
    for (int i = 0; i < lanes; i++) {
      lastTick[i] = in.integer();
    }
  }
}
