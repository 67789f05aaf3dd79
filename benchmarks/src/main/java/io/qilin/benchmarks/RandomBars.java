package io.qilin.benchmarks;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Exchange;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Random walks with the six fields that Alpha158 reads, the same for the same arguments. */
final class RandomBars {
  private static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 2);
  private static final double SUSPENDED = 0.02;

  private RandomBars() {}

  /** Instruments that all have a row on every day; 2 % of the rows are not known. */
  static Panel of(int instruments, int days, long seed) {
    List<LocalDate> dates =
        IntStream.range(0, days).mapToObj(FIRST_DAY::plusDays).toList();
    Panel.Builder builder = Panel.builder(dates, Adjustment.BACKWARD);
    Random random = new Random(seed);
    for (int i = 0; i < instruments; i++) {
      add(builder, new Symbol(Integer.toString(600_000 + i), Exchange.SSE), days, random);
    }
    return builder.build();
  }

  private static void add(Panel.Builder builder, Symbol symbol, int days, Random random) {
    double[] open = new double[days];
    double[] high = new double[days];
    double[] low = new double[days];
    double[] close = new double[days];
    double[] vwap = new double[days];
    double[] volume = new double[days];
    double price = 5 + 50 * random.nextDouble();
    for (int d = 0; d < days; d++) {
      boolean known = random.nextDouble() >= SUSPENDED;
      double last = price;
      price *= 1 + 0.04 * (random.nextDouble() - 0.5);
      open[d] = known ? last : Double.NaN;
      close[d] = known ? price : Double.NaN;
      high[d] = known ? Math.max(last, price) * 1.01 : Double.NaN;
      low[d] = known ? Math.min(last, price) * 0.99 : Double.NaN;
      vwap[d] = known ? (last + price) / 2 : Double.NaN;
      volume[d] = known ? 100.0 * (1 + random.nextInt(100_000)) : Double.NaN;
    }
    builder
        .column(symbol, Field.OPEN, 0, open)
        .column(symbol, Field.HIGH, 0, high)
        .column(symbol, Field.LOW, 0, low)
        .column(symbol, Field.CLOSE, 0, close)
        .column(symbol, Field.VWAP, 0, vwap)
        .column(symbol, Field.VOLUME, 0, volume);
  }
}
