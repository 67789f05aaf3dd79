package io.qilin.spark;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.SharedFiles;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Bars of the golden set, real A-shares, as a panel: from the first to the last row of each, on the days that occur. */
final class GoldenBars {
  private GoldenBars() {}

  static Panel panel(String input) {
    List<String[]> rows = SharedFiles.lines(SharedFiles.golden(input)).stream()
        .map(line -> line.split(",", -1))
        .toList();
    List<Field> fields = Arrays.stream(rows.get(0)).skip(2).map(Field::of).toList();
    Map<Symbol, List<String[]>> byInstrument = new TreeMap<>();
    TreeSet<LocalDate> calendar = new TreeSet<>();
    for (String[] row : rows.subList(1, rows.size())) {
      calendar.add(LocalDate.parse(row[0]));
      byInstrument
          .computeIfAbsent(Symbol.parseAny(row[1]), s -> new ArrayList<>())
          .add(row);
    }
    List<LocalDate> days = List.copyOf(calendar);
    Panel.Builder panel = Panel.builder(days, Adjustment.FORWARD);
    byInstrument.forEach((symbol, own) -> {
      int[] places = own.stream()
          .mapToInt(row -> days.indexOf(LocalDate.parse(row[0])))
          .sorted()
          .toArray();
      for (int f = 0; f < fields.size(); f++) {
        double[] values = new double[places[places.length - 1] - places[0] + 1];
        Arrays.fill(values, Double.NaN);
        for (String[] row : own) {
          values[days.indexOf(LocalDate.parse(row[0])) - places[0]] = number(row[f + 2]);
        }
        panel.column(symbol, fields.get(f), places[0], values);
      }
    });
    return panel.build();
  }

  private static double number(String cell) {
    return switch (cell) {
      case "" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(cell);
    };
  }
}
