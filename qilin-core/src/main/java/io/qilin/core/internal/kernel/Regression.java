package io.qilin.core.internal.kernel;

/**
 * The least-squares line through the valid values of a window over their places in it.
 *
 * <p>Qlib keeps running sums, which one infinity spoils for all later rows: as in {@link #spoilt}. A window with a single
 * valid value is 0/0, {@code NaN}; Qlib gives {@code NaN} or an infinity there, as rounding has it.
 */
public final class Regression {
  /** Qlib takes a series as constant whose standard deviation is not above this. */
  static final double FLAT = 2e-5;

  /** Slope in units a row. */
  public static final WindowFunction SLOPE = (x, from, to) -> line(x, from, to).slope();

  /** Squared correlation with the place. */
  public static final WindowFunction RSQUARE =
      (x, from, to) -> line(x, from, to).rsquare();

  /** As {@link #RSQUARE}, but {@code NaN} where the standard deviation is not above 2e-5, as Qlib has it. */
  public static final WindowFunction RSQUARE_UNLESS_FLAT = (x, from, to) -> {
    Line line = line(x, from, to);
    return line.deviation() <= FLAT ? Double.NaN : line.rsquare();
  };

  /** The newest value minus the line; {@code NaN} if it is not valid. */
  public static final WindowFunction RESIDUAL = (x, from, to) -> x.isValidAt(to - 1)
      ? line(x, from, to).residual(x.rows()[to - 1], to - 1 - from)
      : Double.NaN;

  private Regression() {}

  /** The function, but {@code NaN} from the first infinite row of the series on. */
  public static WindowFunction spoilt(WindowFunction function, PackedSeries series) {
    int spoiltFrom = series.firstInfinite();
    return (x, from, to) -> to > spoiltFrom ? Double.NaN : function.of(x, from, to);
  }

  /** Means, and sums of squared deviations, of places and values. */
  private record Line(
      int n, double place, double value, double placeSquares, double products, double squares) {
    double slope() {
      return products / placeSquares;
    }

    double rsquare() {
      return products * products / (placeSquares * squares);
    }

    double deviation() {
      return n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1));
    }

    double residual(double newest, int newestPlace) {
      return newest - (value + slope() * (newestPlace - place));
    }
  }

  private static Line line(PackedSeries x, int from, int to) {
    int first = x.before(from);
    int end = x.before(to);
    int n = end - first;
    if (n == 0) {
      return new Line(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
    double[] v = x.values();
    int[] places = x.places();
    long sum = 0;
    for (int i = first; i < end; i++) {
      sum += places[i] - from;
    }
    double place = (double) sum / n;
    double offset = Moments.offset(v, first, end);
    double placeSquares = 0;
    double products = 0;
    double squares = 0;
    for (int i = first; i < end; i++) {
      double dx = places[i] - from - place;
      double dy = v[i] - v[first] - offset;
      placeSquares += dx * dx;
      products += dx * dy;
      squares += dy * dy;
    }
    return new Line(n, place, v[first] + offset, placeSquares, products, squares);
  }
}
