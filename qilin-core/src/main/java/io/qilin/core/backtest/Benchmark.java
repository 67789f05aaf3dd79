package io.qilin.core.backtest;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What a backtest is compared with: a return a day. Immutable and safe to share.
 *
 * <p>Taken from bars, a share's return is Qlib's {@code $close/Ref($close,1)-1} of adjusted closes:
 * not known on its first day, on a day without trading and on the first day after one. The mean
 * goes over the known ones; a day on which none is known counts as 0, as in Qlib. A raw panel is
 * adjusted by its {@code $factor}; without that its {@code $pre_close} stands for the day before,
 * which also knows the return of the first day after a suspension.
 */
public final class Benchmark {
  private static final Benchmark NONE = new Benchmark(Kind.NONE, List.of(), Map.of());
  private static final Benchmark ALL = new Benchmark(Kind.ALL, List.of(), Map.of());

  private enum Kind {
    NONE,
    ALL,
    SYMBOLS,
    SERIES
  }

  private final Kind kind;
  private final List<Symbol> symbols;
  private final Map<LocalDate, Double> series;

  private Benchmark(Kind kind, List<Symbol> symbols, Map<LocalDate, Double> series) {
    this.kind = kind;
    this.symbols = symbols;
    this.series = series;
  }

  /** No benchmark: {@code NaN} on every day. */
  public static Benchmark none() {
    return NONE;
  }

  /** The mean return of all shares of the panel. */
  public static Benchmark equalWeight() {
    return ALL;
  }

  /**
   * The mean return of some shares of the panel.
   *
   * @throws QilinException INVALID_ARGUMENT without any share
   */
  public static Benchmark equalWeight(Collection<Symbol> symbols) {
    if (symbols.isEmpty()) {
      throw QilinException.invalid("a benchmark of shares needs at least one");
    }
    return new Benchmark(Kind.SYMBOLS, List.copyOf(new TreeSet<>(symbols)), Map.of());
  }

  /** The return of one share or index of the panel. */
  public static Benchmark of(Symbol symbol) {
    return equalWeight(List.of(symbol));
  }

  /**
   * Given returns.
   *
   * @param returns the return from the day before to the day, as a fraction
   * @throws QilinException INVALID_ARGUMENT without any day or with a return that is not finite
   */
  public static Benchmark of(Map<LocalDate, Double> returns) {
    if (returns.isEmpty()) {
      throw QilinException.invalid("a benchmark series needs at least one day");
    }
    returns.forEach((day, value) -> {
      if (!Double.isFinite(value)) {
        throw QilinException.invalid(
            "the benchmark's return on " + day + " must be a finite number, was " + value);
      }
    });
    return new Benchmark(Kind.SERIES, List.of(), Map.copyOf(returns));
  }

  /**
   * The returns of some days of a panel.
   *
   * @param bars the bars of the backtest
   * @param fromDay index of the first day
   * @param toDay index after the last day
   * @return one fraction a day; {@code NaN} without a benchmark
   * @throws QilinException DATA_NOT_FOUND if the panel lacks a share or its prices, or the series a
   *     day
   */
  public double[] returns(Panel bars, int fromDay, int toDay) {
    Objects.checkFromToIndex(fromDay, toDay, bars.days().size());
    return switch (kind) {
      case NONE -> {
        double[] unknown = new double[toDay - fromDay];
        Arrays.fill(unknown, Double.NaN);
        yield unknown;
      }
      case ALL -> means(bars, IntStream.range(0, bars.symbols().size()), fromDay, toDay);
      case SYMBOLS -> means(bars, symbols.stream().mapToInt(bars::indexOf), fromDay, toDay);
      case SERIES ->
        bars.days().subList(fromDay, toDay).stream().mapToDouble(this::given).toArray();
    };
  }

  private double given(LocalDate day) {
    Double value = series.get(day);
    if (value == null) {
      TreeMap<LocalDate, Double> sorted = new TreeMap<>(series);
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "the benchmark series, from " + sorted.firstKey() + " to " + sorted.lastKey()
              + ", has no return on " + day + "; add it");
    }
    return growth(value);
  }

  private static double[] means(Panel bars, IntStream instruments, int fromDay, int toDay) {
    boolean raw = bars.adjustment() == Adjustment.RAW;
    boolean byReference = raw && !bars.has(Field.FACTOR);
    Panel adjusted = raw && !byReference ? bars.withAdjustment(Adjustment.BACKWARD) : bars;
    if (byReference && !bars.has(Field.PRE_CLOSE)) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          "a benchmark of raw bars needs $factor or $pre_close, or every ex-date would count as a"
              + " loss; the panel has " + bars.fields());
    }
    double[] sums = new double[toDay - fromDay];
    int[] counts = new int[sums.length];
    instruments.forEach(i -> {
      for (int day = Math.max(fromDay, bars.firstRow(i));
          day < Math.min(toDay, bars.endRow(i));
          day++) {
        double before = byReference
            ? bars.value(Field.PRE_CLOSE, i, day)
            : day == 0 ? Double.NaN : adjusted.value(Field.CLOSE, i, day - 1);
        double change = adjusted.value(Field.CLOSE, i, day) / before - 1;
        if (!Double.isNaN(change)) {
          sums[day - fromDay] += change;
          counts[day - fromDay]++;
        }
      }
    });
    for (int day = 0; day < sums.length; day++) {
      sums[day] = counts[day] == 0 ? 0 : growth(sums[day] / counts[day]);
    }
    return sums;
  }

  /** The product of (1 + return) over the one day, less 1: Qlib's rounding. */
  private static double growth(double value) {
    return (value + 1) - 1;
  }

  /** For example {@code equal weight of 3 shares}. */
  @Override
  public String toString() {
    return switch (kind) {
      case NONE -> "none";
      case ALL -> "equal weight of all shares";
      case SYMBOLS ->
        symbols.size() == 1
            ? symbols.get(0).toString()
            : "equal weight of " + symbols.size() + " shares";
      case SERIES -> "series of " + series.size() + " days";
    };
  }
}
