package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.Panels;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Ranks and quantiles of series whose values go from small to large, lose their sign and are missing, against plain counting. */
class OrderedKeysTest {
  private static final int DAYS = 90;
  private static final double[] ODD = {
    0.0,
    -0.0,
    2,
    -2,
    1.9999999999999998,
    -1.9999999999999998,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MAX_VALUE,
    -Double.MAX_VALUE
  };

  /** A value of the kind that its stretch of days has. */
  private static double value(int kind, SplittableRandom random) {
    return switch (kind) {
      case 0 -> random.nextDouble(-1, 1);
      case 1 -> random.nextDouble(0, 1e9);
      case 2 -> random.nextDouble(-1e9, 1e9);
      case 3 -> random.nextInt(5) - 2;
      case 4 -> random.nextInt(4) == 0 ? Double.NaN : random.nextDouble(-1, 1);
      default -> ODD[random.nextInt(ODD.length)];
    };
  }

  private static double[] series(SplittableRandom random) {
    double[] series = new double[DAYS];
    int kind = 0;
    for (int day = 0; day < DAYS; day++) {
      kind = random.nextInt(9) == 0 ? random.nextInt(6) : kind;
      series[day] = value(kind, random);
    }
    return series;
  }

  private static double[] window(double[] series, int day, int window) {
    return Arrays.stream(series, Math.max(0, day - window + 1), day + 1)
        .filter(Double::isFinite)
        .map(v -> v + 0.0)
        .sorted()
        .toArray();
  }

  private static double rank(double[] sorted, double newest) {
    if (Double.isNaN(newest)) {
      return Double.NaN;
    }
    long below = Arrays.stream(sorted).filter(v -> v < newest).count();
    long equal = Arrays.stream(sorted).filter(v -> v == newest).count();
    return (below + (equal + 1) * 0.5) / sorted.length;
  }

  @Property(tries = 200)
  void whenValuesChangeTheirKind_thenRanksAndExtremesAreThoseOfCounting(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int instruments,
      @ForAll @IntRange(min = 2, max = 20) int window) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] series = new double[instruments][];
    Panel.Builder builder = Panel.builder(Panels.weekdays(Panels.FIRST_DAY, DAYS), Adjustment.RAW);
    for (int i = 0; i < instruments; i++) {
      series[i] = series(random);
      builder.column(Symbol.parse("60000" + i + ".SH"), Field.CLOSE, 0, series[i].clone());
    }

    FactorTable table = FactorEngine.DEFAULT.compute(
        builder.build(),
        FactorSet.of(
            "ordered",
            new Factor("rank", "Rank($close, " + window + ")"),
            new Factor("least", "Quantile($close, " + window + ", 0)"),
            new Factor("largest", "Quantile($close, " + window + ", 1)")));

    for (int i = 0; i < instruments; i++) {
      for (int day = 0; day < DAYS; day++) {
        double[] sorted = window(series[i], day, window);
        boolean none = sorted.length == 0;
        String where = "instrument " + i + ", day " + day;
        assertThat(table.value(0, i, day))
            .as("rank, %s", where)
            .isEqualTo(Double.valueOf(rank(sorted, series[i][day])));
        assertThat(table.value(1, i, day) + 0.0)
            .as("least, %s", where)
            .isEqualTo(Double.valueOf(none ? Double.NaN : sorted[0]));
        assertThat(table.value(2, i, day) + 0.0)
            .as("largest, %s", where)
            .isEqualTo(Double.valueOf(none ? Double.NaN : sorted[sorted.length - 1]));
      }
    }
  }
}
