package io.qilin.mlops.dataset;

import io.qilin.api.factor.FactorBlock;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Small tables of factors and labels for tests. */
public final class Tables {
  private Tables() {}

  /** The value of a cell. */
  @FunctionalInterface
  public interface Cell {
    double of(int column, int instrument, int day);
  }

  public static FactorTable factors(
      List<String> names, List<Symbol> symbols, List<LocalDate> days, Cell cell) {
    return FactorTable.take(block(names, symbols, days, cell));
  }

  public static LabelTable labels(
      List<String> names, List<Symbol> symbols, List<LocalDate> days, Cell cell) {
    return LabelTable.take(block(names, symbols, days, cell));
  }

  private static FactorBlock block(
      List<String> names, List<Symbol> symbols, List<LocalDate> days, Cell cell) {
    FactorBlock block = FactorBlock.of(names, symbols, days.size());
    block.begin(days);
    double[] row = new double[symbols.size()];
    for (int column = 0; column < names.size(); column++) {
      for (int day = 0; day < days.size(); day++) {
        for (int i = 0; i < row.length; i++) {
          row[i] = cell.of(column, i, day);
        }
        block.write(column, day, 0, row, 0, row.length);
      }
    }
    block.end();
    return block;
  }

  public static List<LocalDate> days(int count) {
    return Panels.weekdays(Panels.FIRST_DAY, count);
  }

  public static List<Symbol> symbols(int count) {
    List<Symbol> symbols = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      symbols.add(Symbol.parse((600_000 + i) + ".SH"));
    }
    return symbols;
  }

  public static List<String> names(String prefix, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(prefix + i);
    }
    return names;
  }

  /** One cell, as a column of one instrument on one day has it: the value of its hash, some unknown, some infinite, some equal. */
  public static double random(long seed, int column, int instrument, int day) {
    SplittableRandom random =
        new SplittableRandom(seed + 1_000_003L * column + 1_009L * instrument + 7_919_117L * day);
    return switch (random.nextInt(20)) {
      case 0 -> Double.NaN;
      case 1 -> 0;
      case 2 -> Math.rint(4 * random.nextDouble());
      default -> 10 * column + 5 * (random.nextDouble() - 0.4);
    };
  }

  /** Features F0.. and a label LABEL0 at random. */
  public static FeatureFrame frame(int features, int instruments, int days, long seed) {
    return FeatureFrame.of(
        factors(
            names("F", features),
            symbols(instruments),
            days(days),
            (c, i, d) -> random(seed, c, i, d)),
        labels(
            List.of("LABEL0"),
            symbols(instruments),
            days(days),
            (c, i, d) -> random(~seed, c, i, d)));
  }

  public static DayRange range(List<LocalDate> days, int from, int to) {
    return new DayRange(days.get(from), days.get(to - 1));
  }
}
