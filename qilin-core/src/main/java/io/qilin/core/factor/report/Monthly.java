package io.qilin.core.factor.report;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** Means of daily figures by month: {@code NaN} for a month without any. */
final class Monthly {
  private final TreeMap<YearMonth, double[]> sums = new TreeMap<>();

  Monthly(List<LocalDate> days, double[] figures) {
    for (int i = 0; i < figures.length; i++) {
      double[] sum = sums.computeIfAbsent(YearMonth.from(days.get(i)), m -> new double[2]);
      if (Double.isFinite(figures[i])) {
        sum[0] += figures[i];
        sum[1]++;
      }
    }
  }

  /** The first days of the months. */
  List<LocalDate> months() {
    return sums.keySet().stream().map(month -> month.atDay(1)).toList();
  }

  /** One mean a month. */
  double[] means() {
    return sums.values().stream().mapToDouble(Monthly::mean).toArray();
  }

  private static double mean(double[] sum) {
    return sum[1] == 0 ? Double.NaN : sum[0] / sum[1];
  }

  /** The years, ascending. */
  List<Integer> years() {
    return new ArrayList<>(
        sums.keySet().stream().map(YearMonth::getYear).distinct().toList());
  }

  /** Means of the twelve months of a year. */
  double[] year(int year) {
    double[] months = new double[12];
    Arrays.fill(months, Double.NaN);
    sums.forEach((month, sum) -> {
      if (month.getYear() == year) {
        months[month.getMonthValue() - 1] = mean(sum);
      }
    });
    return months;
  }
}
