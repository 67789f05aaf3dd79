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
  private final double surelyNotFlat;
  private final Rows out;
  private Tile tile = Tile.NONE;
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
    this.surelyNotFlat = 1.001 * Quantity.flat(window - 1.0);
    this.out = out;
  }

  @Override
  void allocate(Tile shape) {
    tile = shape;
    lastTick = new int[tile.lanes];
    reset();
  }

  @Override
  void reset() {
    anyTick = NEVER;
    Arrays.fill(lastTick, NEVER);
  }

  @Override
  void run(int tick) {
    boolean diverges = !ownX.same(pair, tick) || !ownY.same(pair, tick);
    if (!diverges && tick - window >= anyTick) {
      return;
    }
    double[] row = out.at(tick);
    for (int day = 0; day < tile.days; day++) {
      if (diverges) {
        note(tick, day);
      }
      if (tick + day - window < anyTick) {
        correct(tick, day, row);
      }
    }
  }

  private void note(int tick, int day) {
    long[] own = ownX.bits(tick);
    long[] other = ownY.bits(tick);
    long[] both = pair.bits(tick);
    for (int lane = 0, i = day * tile.lanes; lane < tile.lanes; lane++, i++) {
      if (Validity.has(own, i) != Validity.has(both, i)
          || Validity.has(other, i) != Validity.has(both, i)) {
        lastTick[lane] = tick + day;
        anyTick = tick + day;
      }
    }
  }

  /** More rows cannot lessen a sum of squares: where that over the pairs is above the limit, that of a side is. */
  private void correct(int tick, int day, double[] row) {
    double[] products = c.at(tick);
    double[] squaresX = qx.at(tick);
    double[] squaresY = qy.at(tick);
    for (int lane = 0, i = day * tile.lanes; lane < tile.lanes; lane++, i++) {
      if (tick + day - window < lastTick[lane]) {
        boolean flat = (!(squaresX[i] > surelyNotFlat) && isFlat(x.rows(), tick + day, lane))
            || (!(squaresY[i] > surelyNotFlat) && isFlat(y.rows(), tick + day, lane));
        row[i] = flat ? Double.NaN : products[i] / Math.sqrt(squaresX[i] * squaresY[i]);
      }
    }
  }

  /** Whether the deviation of a side over its own valid rows is not above Qlib's limit. */
  private boolean isFlat(Rows side, int tick, int lane) {
    double first = Double.NaN;
    double sum = 0;
    int n = 0;
    for (int age = window - 1; age >= 0; age--) {
      double v = side.value(tick - age, lane);
      if (Double.isFinite(v)) {
        first = n == 0 ? v : first;
        sum += v - first;
        n++;
      }
    }
    double mean = sum / n;
    double squares = 0;
    for (int age = window - 1; age >= 0; age--) {
      double v = side.value(tick - age, lane);
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
      out.integer(lastTick[i]);
    }
  }

  @Override
  void load(StateReader in, int lanes) {
    anyTick = in.integer();
    for (int i = 0; i < lanes; i++) {
      lastTick[i] = in.integer();
    }
  }
}
