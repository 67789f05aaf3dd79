package io.qilin.core.factor;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Exchange;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.Panels;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Data that is as bad as it gets: late listings and early ends, holes, infinities, runs of one value, ties, zeros, negative
 * numbers, jumps over many magnitudes.
 */
final class MessyPanel {
  private static final List<Field> FIELDS =
      List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.VOLUME);

  private MessyPanel() {}

  /** Makes the values of one field of one instrument. */
  @FunctionalInterface
  interface Series {
    double[] of(SplittableRandom random, int rows, double holes);
  }

  static Panel of(int instruments, int days, long seed) {
    return of(instruments, days, seed, MessyPanel::series);
  }

  /** The same listings and ends, with other values. */
  static Panel of(int instruments, int days, long seed, Series series) {
    SplittableRandom random = new SplittableRandom(seed);
    Panel.Builder builder =
        Panel.builder(Panels.weekdays(Panels.FIRST_DAY, days), Adjustment.BACKWARD);
    for (int i = 0; i < instruments; i++) {
      Symbol symbol = new Symbol(Integer.toString(600_000 + i), Exchange.SSE);
      int first = i == 0 || random.nextInt(3) > 0 ? 0 : random.nextInt(days / 2);
      int end = i == 0 || random.nextInt(3) > 0 ? days : days - random.nextInt(days / 3);
      double holes = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.3;
      for (Field field : FIELDS) {
        builder.column(symbol, field, first, series.of(random, end - first, holes));
      }
    }
    return builder.build();
  }

  private static double[] series(SplittableRandom random, int rows, double holes) {
    double[] out = new double[rows];
    int kind = random.nextInt(6);
    double value = 10;
    for (int t = 0; t < rows; t++) {
      value = switch (kind) {
        case 0 -> value + random.nextDouble() - 0.5;
        case 1 -> random.nextInt(4);
        case 2 -> random.nextInt(5) > 0 ? value : random.nextInt(100) * 0.1;
        case 3 -> 1e4 + random.nextDouble() * 1e-3;
        case 4 -> (random.nextDouble() - 0.5) * 1e10;
        default -> Math.rint(random.nextDouble() * 1e6) / 100;
      };
      boolean hole = random.nextDouble() < holes;
      boolean infinite = holes > 0 && random.nextInt(60) == 0;
      out[t] = hole
          ? Double.NaN
          : infinite ? (random.nextBoolean() ? 1 : -1) * Double.POSITIVE_INFINITY : value;
    }
    return out;
  }
}
