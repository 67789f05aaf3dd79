package io.qilin.testkit;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Exchange;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Random;

/** Makes the random panels of {@link Panels}. */
final class RandomPanel {
  private static final Field[] FIELDS = {
    Field.OPEN,
    Field.HIGH,
    Field.LOW,
    Field.CLOSE,
    Field.VWAP,
    Field.VOLUME,
    Field.AMOUNT,
    Field.FACTOR,
    Field.PRE_CLOSE
  };
  /** One missing cell for every ten missing rows. */
  private static final double CELL_SHARE = 0.1;
  /** Chance of an ex-dividend day. */
  private static final double EX_DAY = 0.01;
  /** Chance of a close at a price limit; seven of ten at the upper one. */
  private static final double LIMIT_DAY = 0.05;

  private RandomPanel() {}

  static Panel of(int instruments, int days, double suspended, long seed) {
    if (instruments < 1 || instruments > 9999 || days < 1) {
      throw QilinException.invalid(
          "a random panel has 1 to 9999 instruments and a day or more, asked for " + instruments
              + " and " + days);
    }
    if (!(suspended >= 0 && suspended <= 1)) {
      throw QilinException.invalid("suspended is a chance in [0, 1], was " + suspended);
    }
    Panel.Builder builder = Panel.builder(Panels.weekdays(Panels.FIRST_DAY, days), Adjustment.RAW);
    Random seeds = new Random(seed);
    for (int i = 0; i < instruments; i++) {
      Random random = new Random(seeds.nextLong());
      Symbol symbol = new Symbol(Integer.toString(600_000 + i), Exchange.SSE);
      int from = i % 4 == 1 ? random.nextInt(days) : 0;
      int to = i % 4 == 3 ? random.nextInt(days) + 1 : days;
      double[][] columns = walk(to - from, suspended, random);
      for (int f = 0; f < FIELDS.length; f++) {
        builder.column(symbol, FIELDS[f], from, columns[f]);
      }
    }
    return builder.build();
  }

  private static double[][] walk(int rows, double suspended, Random random) {
    double[][] out = new double[FIELDS.length][rows];
    long close = 500L + random.nextInt(5_000);
    double factor = 1;
    for (int d = 0; d < rows; d++) {
      long before = close;
      if (random.nextDouble() < EX_DAY) {
        double step = 1 + 0.05 * random.nextDouble();
        factor *= step;
        before = Math.max(1, Math.round(before / step));
      }
      long up = Math.floorDiv(before * 110 + 50, 100);
      long down = Math.max(1, Math.floorDiv(before * 90 + 50, 100));
      close = random.nextDouble() < LIMIT_DAY
          ? (random.nextDouble() < 0.7 ? up : down)
          : move(before, down, up, random);
      long open = move(before, down, up, random);
      long high = Math.min(up, Math.max(open, close) + random.nextInt(3));
      long low = Math.max(down, Math.min(open, close) - random.nextInt(3));
      long volume = 100L * (1 + random.nextInt(100_000));
      double vwap = (open + high + low + close) / 400.0;
      double[] row = {
        open / 100.0,
        high / 100.0,
        low / 100.0,
        close / 100.0,
        vwap,
        volume,
        vwap * volume,
        factor,
        before / 100.0
      };
      boolean closed = random.nextDouble() < suspended;
      for (int f = 0; f < row.length; f++) {
        boolean missing = random.nextDouble() < suspended * CELL_SHARE;
        out[f][d] = closed || missing ? Double.NaN : row[f];
      }
    }
    return out;
  }

  /** A price in fen within about 9 % of another, and between two bounds. */
  private static long move(long fen, long low, long high, Random random) {
    long moved = Math.round(fen * (1 + 0.18 * (random.nextDouble() - 0.5)));
    return Math.min(high, Math.max(low, moved));
  }

  static Panel withOtherFuture(Panel panel, LocalDate day, long seed) {
    int end = panel.indexOf(day) + 1;
    Panel.Builder builder = Panel.builder(panel.days(), panel.adjustment());
    Random random = new Random(seed);
    for (int i = 0; i < panel.symbols().size(); i++) {
      int from = panel.firstRow(i);
      for (Field field : panel.fields()) {
        double[] values = panel.values(field, i);
        Arrays.setAll(
            values, k -> from + k < end ? values[k] : values[k] * (0.5 + random.nextDouble()));
        builder.column(panel.symbols().get(i), field, from, values);
      }
    }
    return builder.build();
  }
}
