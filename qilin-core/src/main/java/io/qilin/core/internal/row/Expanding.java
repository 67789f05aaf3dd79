package io.qilin.core.internal.row;

import java.util.List;

/** Windows of all rows so far (N = 0), by a few numbers a lane that take up each new row. */
final class Expanding {
  private Expanding() {}

  /**
   * Number, mean and sums of powers of deviations of the valid values (Welford 1962, Terriberry 2007), measured from the first of
   * them, so that values that differ in their last digits keep all digits of the difference.
   */
  static final class Moments extends Daily {
    final Rows n = Rows.of(0);
    /** The first valid value. */
    final Rows anchor = Rows.of(0);
    /** How far the mean is above it. */
    final Rows mean = Rows.of(0);

    final Rows second = Rows.of(0);
    final Rows third = Rows.of(0);
    final Rows fourth = Rows.of(0);
    private final List<Rows> carried = List.of(n, anchor, mean, second, third, fourth);
    private final Value x;
    private final Validity validity;

    Moments(Value x, Validity validity) {
      this.x = x;
      this.validity = validity;
    }

    List<Rows> rows() {
      return carried;
    }

    @Override
    List<Rows> carried() {
      return carried;
    }

    @Override
    void take(int tick, int from, int end) {
      double[] values = x.at(tick);
      long[] bits = validity.bits(tick);
      double[] count = n.at(tick);
      double[] anchors = anchor.at(tick);
      double[] means = mean.at(tick);
      double[] m2 = second.at(tick);
      double[] m3 = third.at(tick);
      double[] m4 = fourth.at(tick);
      for (int i = from; i < end; i++) {
        if (Validity.has(bits, i)) {
          double before = count[i];
          double now = before + 1;
          if (before == 0) {
            anchors[i] = values[i];
          }
          double d = values[i] - anchors[i] - means[i];
          double part = d / now;
          double term = d * part * before;
          count[i] = now;
          means[i] += part;
          m4[i] += term * part * part * (now * now - 3 * now + 3)
              + 6 * part * part * m2[i]
              - 4 * part * m3[i];
          m3[i] += term * part * (now - 2) - 3 * part * m2[i];
          m2[i] += term;
        }
      }
    }
  }

  /** A kernel that goes through a row day by day: the numbers of a day begin as those of the day before. */
  private abstract static class Daily extends Kernel {
    /** The numbers. */
    abstract List<Rows> carried();

    /** Takes up the lanes {@code [from, end)} of the row of a tick. */
    abstract void take(int tick, int from, int end);

    @Override
    final void run(int tick) {
      List<Rows> carried = carried();
      Tile tile = carried.get(0).tile();
      for (int k = 0; k < carried.size(); k++) {
        Rows rows = carried.get(k);
        double[] last = rows.at(tick - tile.days);
        double[] row = rows.write(tick);
        if (row != last || tile.days > 1) {
          System.arraycopy(last, tile.width - tile.lanes, row, 0, tile.lanes);
        }
      }
      written(tick);
      for (int from = 0; from < tile.width; from += tile.lanes) {
        for (int k = 0; from > 0 && k < carried.size(); k++) {
          double[] row = carried.get(k).at(tick);
          System.arraycopy(row, from - tile.lanes, row, from, tile.lanes);
        }
        take(tick, from, from + tile.lanes);
      }
    }

    /** Begins rows that are not carried. */
    void written(int tick) {}
  }

  /** What is read off {@link Moments}. */
  enum Result {
    MEAN,
    SUM,
    VARIANCE,
    DEVIATION,
    SKEWNESS,
    KURTOSIS
  }

  /** Reads a result off {@link Moments}. */
  static final class MomentResult extends Kernel {
    private final Result result;
    private final Moments moments;
    private final Rows out;

    MomentResult(Result result, Moments moments, Rows out) {
      this.result = result;
      this.moments = moments;
      this.out = out;
    }

    @Override
    void run(int tick) {
      double[] n = moments.n.at(tick);
      double[] anchor = moments.anchor.at(tick);
      double[] mean = moments.mean.at(tick);
      double[] second = moments.second.at(tick);
      double[] third = moments.third.at(tick);
      double[] fourth = moments.fourth.at(tick);
      double[] row = out.write(tick);
      for (int i = 0; i < row.length; i++) {
        row[i] = switch (result) {
          case MEAN -> n[i] == 0 ? Double.NaN : anchor[i] + mean[i];
          case SUM -> n[i] == 0 ? Double.NaN : n[i] * anchor[i] + n[i] * mean[i];
          case VARIANCE -> variance(n[i], second[i]);
          case DEVIATION -> Math.sqrt(variance(n[i], second[i]));
          case SKEWNESS -> MomentResults.Shape.skewness(n[i], mean[i], second[i], third[i]);
          case KURTOSIS -> MomentResults.Shape.kurtosis(n[i], mean[i], second[i], fourth[i]);
        };
      }
    }

    private static double variance(double n, double squares) {
      return n < 2 ? Double.NaN : squares / (n - 1);
    }
  }

  /** The least-squares line through all valid values, measured from the first of them, over their places. */
  static final class Line extends Daily {
    private final Value x;
    private final Validity validity;
    private final Rows rows;
    private final Rows n = Rows.of(0);
    private final Rows place = Rows.of(0);
    private final Rows anchor = Rows.of(0);
    private final Rows mean = Rows.of(0);
    private final Rows placeSquares = Rows.of(0);
    private final Rows products = Rows.of(0);
    private final Rows squares = Rows.of(0);
    private final Rows positions = Rows.of(0);
    final Rows slope = Rows.of(Double.NaN);
    final Rows rsquare = Rows.of(Double.NaN);
    final Rows residual = Rows.of(Double.NaN);
    private final List<Rows> carried =
        List.of(n, place, anchor, mean, placeSquares, products, squares, positions);

    /**
     * A line.
     *
     * @param rows rows of 0 where the series has a row and NaN elsewhere
     */
    Line(Value x, Validity validity, Rows rows) {
      this.x = x;
      this.validity = validity;
      this.rows = rows;
    }

    List<Rows> rows() {
      return List.of(
          n,
          place,
          anchor,
          mean,
          placeSquares,
          products,
          squares,
          positions,
          slope,
          rsquare,
          residual);
    }

    @Override
    List<Rows> carried() {
      return carried;
    }

    @Override
    void written(int tick) {
      slope.write(tick);
      rsquare.write(tick);
      residual.write(tick);
    }

    @Override
    void take(int tick, int from, int end) {
      double[] values = x.at(tick);
      long[] bits = validity.bits(tick);
      double[] outside = rows.before(tick, x.delay(), 0);
      double[] position = positions.at(tick);
      double[] count = n.at(tick);
      double[] meanPlace = place.at(tick);
      double[] anchors = anchor.at(tick);
      double[] meanValue = mean.at(tick);
      double[] spp = placeSquares.at(tick);
      double[] spx = products.at(tick);
      double[] sxx = squares.at(tick);
      double[] slopes = slope.at(tick);
      double[] rsquares = rsquare.at(tick);
      double[] residuals = residual.at(tick);
      for (int i = from; i < end; i++) {
        position[i] += outside[i] == 0 ? 1 : 0;
        if (Validity.has(bits, i)) {
          double now = count[i] + 1;
          double dp = position[i] - meanPlace[i];
          if (count[i] == 0) {
            anchors[i] = values[i];
          }
          double dx = values[i] - anchors[i] - meanValue[i];
          double part = count[i] / now;
          count[i] = now;
          meanPlace[i] += dp / now;
          meanValue[i] += dx / now;
          spp[i] += dp * dp * part;
          spx[i] += dp * dx * part;
          sxx[i] += dx * dx * part;
        }
        slopes[i] = spx[i] / spp[i];
        rsquares[i] = spx[i] * spx[i] / (spp[i] * sxx[i]);
        residuals[i] = Validity.has(bits, i)
            ? values[i] - anchors[i] - (meanValue[i] + slopes[i] * (position[i] - meanPlace[i]))
            : Double.NaN;
      }
    }
  }

  /** Largest and smallest valid value, their places, and the weighted mean by place. */
  static final class Extremes extends Daily {
    final Rows max = Rows.of(Double.NaN);
    final Rows min = Rows.of(Double.NaN);
    final Rows placeOfMax = Rows.of(Double.NaN);
    final Rows placeOfMin = Rows.of(Double.NaN);
    final Rows weightedQlib = Rows.of(Double.NaN);
    final Rows weighted = Rows.of(Double.NaN);
    final Rows known = Rows.of(0);
    private final Rows positions = Rows.of(0);
    private final Rows hole = Rows.of(0);
    private final Rows highest = Rows.of(0);
    private final Rows lowest = Rows.of(0);
    private final Rows n = Rows.of(0);
    private final Rows sum = Rows.of(0);
    private final Rows weights = Rows.of(0);
    private final List<Rows> carried =
        List.of(max, min, known, positions, hole, highest, lowest, n, sum, weights);
    private final Value x;
    private final Validity validity;
    private final Rows rows;

    Extremes(Value x, Validity validity, Rows rows) {
      this.x = x;
      this.validity = validity;
      this.rows = rows;
    }

    List<Rows> rows() {
      return List.of(
          max,
          min,
          placeOfMax,
          placeOfMin,
          weightedQlib,
          weighted,
          known,
          positions,
          hole,
          highest,
          lowest,
          n,
          sum,
          weights);
    }

    @Override
    List<Rows> carried() {
      return carried;
    }

    @Override
    void written(int tick) {
      placeOfMax.write(tick);
      placeOfMin.write(tick);
      weightedQlib.write(tick);
      weighted.write(tick);
    }

    @Override
    void take(int tick, int from, int end) {
      double[] values = x.at(tick);
      long[] bits = validity.bits(tick);
      double[] outside = rows.before(tick, x.delay(), 0);
      double[] position = positions.at(tick);
      double[] holes = hole.at(tick);
      double[] largest = max.at(tick);
      double[] smallest = min.at(tick);
      double[] high = highest.at(tick);
      double[] low = lowest.at(tick);
      double[] count = n.at(tick);
      double[] knowns = known.at(tick);
      double[] weightedSum = sum.at(tick);
      double[] weight = weights.at(tick);
      for (int i = from; i < end; i++) {
        boolean row = outside[i] == 0;
        position[i] += row ? 1 : 0;
        knowns[i] += Double.isNaN(values[i]) ? 0 : 1;
        double v = values[i];
        if (Validity.has(bits, i)) {
          if (!(v <= largest[i])) {
            largest[i] = v;
            high[i] = position[i];
          }
          if (!(v >= smallest[i])) {
            smallest[i] = v;
            low[i] = position[i];
          }
          count[i] += 1;
          weightedSum[i] += position[i] * v;
          weight[i] += position[i];
        } else if (row && holes[i] == 0) {
          holes[i] = position[i];
        }
      }
      results(tick, from, end, count, holes, high, low, position, weightedSum, weight);
    }

    private void results(
        int tick,
        int from,
        int end,
        double[] count,
        double[] holes,
        double[] high,
        double[] low,
        double[] position,
        double[] weightedSum,
        double[] weight) {
      double[] ofMax = placeOfMax.at(tick);
      double[] ofMin = placeOfMin.at(tick);
      double[] asQlib = weightedQlib.at(tick);
      double[] correct = weighted.at(tick);
      for (int i = from; i < end; i++) {
        boolean none = count[i] == 0;
        ofMax[i] = none ? Double.NaN : holes[i] > 0 ? holes[i] : high[i];
        ofMin[i] = none ? Double.NaN : holes[i] > 0 ? holes[i] : low[i];
        asQlib[i] = weightedSum[i] / (position[i] * (position[i] + 1) / 2) / count[i];
        correct[i] = weightedSum[i] / weight[i];
      }
    }
  }
}
