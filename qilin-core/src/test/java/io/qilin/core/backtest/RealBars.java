package io.qilin.core.backtest;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.SharedFiles;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The real daily bars of thirty A-shares, 2015-09 to 2020-08, raw; absent without the shared folder. */
final class RealBars {
  private static final List<Field> FIELDS = List.of(
      Field.OPEN,
      Field.HIGH,
      Field.LOW,
      Field.CLOSE,
      Field.VOLUME,
      Field.AMOUNT,
      Field.FACTOR,
      Field.PRE_CLOSE);

  private RealBars() {}

  static Panel raw() {
    List<LocalDate> days = SharedFiles.lines(SharedFiles.golden("cn_calendar.txt")).stream()
        .map(LocalDate::parse)
        .toList();
    Map<LocalDate, Integer> at = new HashMap<>();
    days.forEach(day -> at.put(day, at.size()));
    Map<String, double[][]> columns = new TreeMap<>();
    List<String> lines = SharedFiles.lines(SharedFiles.golden("cn_input.csv.gz"));
    // datetime,instrument,open,high,low,close,volume? the header says which
    List<String> header = Arrays.asList(lines.get(0).split(","));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      int day = at.get(LocalDate.parse(cells[0]));
      double[][] own = columns.computeIfAbsent(cells[1], code -> unknown(days.size()));
      double factor = number(cells[header.indexOf("factor")]);
      for (int f = 0; f < 4; f++) {
        double adjusted = number(cells[header.indexOf(FIELDS.get(f).name())]);
        own[f][day] = Math.rint(adjusted / factor * 100) / 100;
      }
      own[4][day] = number(cells[header.indexOf("volume")]);
      own[5][day] = number(cells[header.indexOf("amount")]);
      own[6][day] = factor;
      own[7][day] = number(cells[header.indexOf("raw_pre_close")]);
    }
    Panel.Builder builder = Panel.builder(days, Adjustment.RAW);
    columns.forEach((code, own) -> {
      int first = 0;
      while (Double.isNaN(own[3][first])) {
        first++;
      }
      for (int f = 0; f < FIELDS.size(); f++) {
        builder.column(
            Symbol.parse(code),
            FIELDS.get(f),
            first,
            Arrays.copyOfRange(own[f], first, own[f].length));
      }
    });
    return builder.build();
  }

  private static double number(String cell) {
    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
  }

  private static double[][] unknown(int days) {
    double[][] columns = new double[FIELDS.size()][days];
    for (double[] column : columns) {
      Arrays.fill(column, Double.NaN);
    }
    return columns;
  }
}
