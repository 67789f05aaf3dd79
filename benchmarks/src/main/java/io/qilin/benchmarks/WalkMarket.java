package io.qilin.benchmarks;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.MinuteDay;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.backtest.ScoreTable;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A made-up market for backtests: up to 6 000 shares of the main boards whose prices walk on the tick
 * within ±10 % of the last close, and scores that change slowly. The same seed gives the same bits.
 */
final class WalkMarket {
  private static final LocalDate FIRST = LocalDate.of(2015, 1, 5);
  private static final long SEED = 42;
  private static final long LOWEST = 2_000;
  private static final List<String> PREFIXES =
      List.of("600.SH", "601.SH", "603.SH", "605.SH", "002.SZ", "000.SZ");

  private WalkMarket() {}

  static Panel bars(int instruments, int days) {
    List<LocalDate> dates = new ArrayList<>();
    for (LocalDate day = FIRST; dates.size() < days; day = day.plusDays(1)) {
      if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
        dates.add(day);
      }
    }
    List<Symbol> symbols = symbols(instruments);
    Map<Field, double[]> columns = new TreeMap<>();
    List<Field> fields = List.of(
        Field.OPEN,
        Field.HIGH,
        Field.LOW,
        Field.CLOSE,
        Field.VOLUME,
        Field.AMOUNT,
        Field.PRE_CLOSE);
    fields.forEach(field -> columns.put(field, new double[instruments * days]));
    for (int i = 0; i < instruments; i++) {
      SplittableRandom random = new SplittableRandom(SEED + i);
      long last = 10_000;
      for (int d = 0; d < days; d++) {
        last = bar(random, last, i * days + d, columns);
      }
    }
    return Panel.ofColumns(symbols, dates, Adjustment.RAW, columns);
  }

  /** Codes of the two main boards. */
  private static List<Symbol> symbols(int instruments) {
    List<Symbol> symbols = new ArrayList<>();
    for (int i = 0; i < instruments; i++) {
      String prefix = PREFIXES.get(i / 1000);
      symbols.add(Symbol.parse(prefix.substring(0, 3)
          + String.format(Locale.ROOT, "%03d", i % 1000)
          + prefix.substring(3)));
    }
    Collections.sort(symbols);
    return symbols;
  }

  private static long bar(
      SplittableRandom random, long last, int at, Map<Field, double[]> columns) {
    long up = (last / 10 * 110 + 50) / 100 * 10;
    long down = (last / 10 * 90 + 50) / 100 * 10;
    long open = within(last + 10 * random.nextLong(-30, 31), down, up);
    long close = within(
        Math.max(LOWEST, last + Math.round(last * 0.05 * (random.nextDouble() - 0.495))), down, up);
    long high = within(Math.max(open, close) + 10 * random.nextLong(0, 8), down, up);
    long low = within(Math.min(open, close) - 10 * random.nextLong(0, 8), down, up);
    double volume = Math.floor(1e6 * (1 + 50 * random.nextDouble()));
    columns.get(Field.OPEN)[at] = open / 1000.0;
    columns.get(Field.HIGH)[at] = high / 1000.0;
    columns.get(Field.LOW)[at] = low / 1000.0;
    columns.get(Field.CLOSE)[at] = close / 1000.0;
    columns.get(Field.VOLUME)[at] = volume;
    columns.get(Field.AMOUNT)[at] = volume * (high + low) / 2000;
    columns.get(Field.PRE_CLOSE)[at] = last / 1000.0;
    return close;
  }

  private static long within(long mills, long down, long up) {
    return Math.max(down, Math.min(up, (mills + 5) / 10 * 10));
  }

  /** Scores that keep 98 % of the day before. */
  static ScoreTable scores(Panel bars) {
    SplittableRandom random = new SplittableRandom(SEED);
    int instruments = bars.symbols().size();
    Field score = Field.of("score");
    double[] column = new double[instruments * bars.days().size()];
    for (int i = 0; i < instruments; i++) {
      double value = random.nextDouble() - 0.5;
      for (int d = 0; d < bars.days().size(); d++) {
        value = 0.98 * value + 0.2 * (random.nextDouble() - 0.5);
        column[i * bars.days().size() + d] = value;
      }
    }
    return ScoreTable.of(
        Panel.ofColumns(bars.symbols(), bars.days(), Adjustment.RAW, Map.of(score, column)), score);
  }

  /** 240 minute bars between the low and the high of each day, for one share. */
  static MinuteDay minutes(Panel bars, int instrument, int day) {
    SplittableRandom random = new SplittableRandom(SEED + instrument * 10_007L + day);
    int[] minutes = new int[240];
    double[][] columns = new double[6][minutes.length];
    long low = Math.round(bars.value(Field.LOW, instrument, day) * 100);
    long high = Math.round(bars.value(Field.HIGH, instrument, day) * 100);
    double volume = bars.value(Field.VOLUME, instrument, day) / minutes.length;
    for (int k = 0; k < minutes.length; k++) {
      minutes[k] = k < 120 ? 571 + k : 661 + k;
      long open = random.nextLong(low, high + 1);
      long close = random.nextLong(low, high + 1);
      columns[0][k] = open / 100.0;
      columns[1][k] = Math.max(open, close) / 100.0;
      columns[2][k] = Math.min(open, close) / 100.0;
      columns[3][k] = close / 100.0;
      columns[4][k] = Math.floor(volume);
      columns[5][k] = Math.floor(volume) * (open + close) / 200.0;
    }
    return MinuteDay.of(
        minutes, columns[0], columns[1], columns[2], columns[3], columns[4], columns[5]);
  }
}
