package io.qilin.mlops.drift;

import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** How often checks of columns that did not drift show drift. */
final class FalseAlarms {
  private static final int INSTRUMENTS = 40;

  private FalseAlarms() {}

  /** The share of checks with any signal, of independent features; every change matters. */
  static double independent(
      FalseAlarmControl control, double leastPsi, int features, int runs, long seed) {
    DriftSettings settings =
        DriftSettings.builder().control(control).leastPsi(leastPsi).build();
    SplittableRandom chance = new SplittableRandom(seed);
    int alarms = 0;
    for (int run = 0; run < runs; run++) {
      DriftCheck check = new DriftCheck(settings);
      for (int f = 0; f < features; f++) {
        check.feature("f" + f, normal(1_000, chance), normal(300, chance));
      }
      alarms += check.report().drifted().isEmpty() ? 0 : 1;
    }
    return alarms / (double) runs;
  }

  /**
   * The share of checks with a signal for one feature of a market whose days remember each other.
   *
   * @param known whether the sizes that the columns are worth are used
   */
  static double sharedDays(double memory, boolean known, int runs, long seed) {
    DriftSettings settings = DriftSettings.builder().leastPsi(0).build();
    SplittableRandom chance = new SplittableRandom(seed);
    int alarms = 0;
    for (int run = 0; run < runs; run++) {
      FactorTable table = market(memory, 360, chance);
      LocalDate split = table.days().get(260);
      LocalDate last = table.days().get(359);
      ColumnSample reference = sample(table, table.days().get(0), split.minusDays(1), known);
      ColumnSample current = sample(table, split, last, known);
      DriftReport report =
          new DriftCheck(settings).feature("f", reference, current).report();
      alarms += report.drifted().isEmpty() ? 0 : 1;
    }
    return alarms / (double) runs;
  }

  private static ColumnSample sample(
      FactorTable table, LocalDate from, LocalDate to, boolean known) {
    ColumnSample sample = FactorColumns.of(table, "f", from, to, 2_000, 1);
    return known ? sample : sample.withEffectiveSize(sample.known());
  }

  /** One factor: half of its variance is the day's, and the day remembers the day before. */
  static FactorTable market(double memory, int days, SplittableRandom chance) {
    Panel panel = Panels.random(INSTRUMENTS, days, 0, 1);
    double[][] values = new double[INSTRUMENTS][days];
    double day = chance.nextGaussian();
    for (int t = 0; t < days; t++) {
      day = memory * day + Math.sqrt(1 - memory * memory) * chance.nextGaussian();
      for (int i = 0; i < INSTRUMENTS; i++) {
        values[i][t] = day + chance.nextGaussian();
      }
    }
    FactorTable.Writer writer = FactorTable.writer(List.of("f"), panel, 0, days);
    for (int i = 0; i < INSTRUMENTS; i++) {
      writer.write(0, i, 0, values[i], 0, days);
    }
    return writer.build();
  }

  private static ColumnSample normal(int size, SplittableRandom chance) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = chance.nextGaussian();
    }
    return ColumnSample.of(values);
  }

  /** The figures of docs/benchmarks.md. */
  static List<String> report(int runs) {
    List<String> lines = new ArrayList<>();
    for (FalseAlarmControl control : FalseAlarmControl.values()) {
      for (double leastPsi : new double[] {0, 0.1}) {
        lines.add(control + " least index " + leastPsi + ": "
            + independent(control, leastPsi, 50, runs, 21));
      }
    }
    for (double memory : new double[] {0, 0.5, 0.8, 0.9}) {
      lines.add("days with memory " + memory + ": " + sharedDays(memory, true, runs, 22)
          + ", taken for independent " + sharedDays(memory, false, runs / 5, 22));
    }
    return lines;
  }
}
