package io.qilin.core.backtest;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.testkit.SharedFiles;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Qlib's three runs of the golden set: inputs, settings and what Qlib made of them. */
final class QlibGolden {
  private static final List<Field> FIELDS = List.of(
      Field.OPEN,
      Field.HIGH,
      Field.LOW,
      Field.CLOSE,
      Field.VOLUME,
      Field.AMOUNT,
      Field.VWAP,
      Field.FACTOR,
      Field.of("raw_close"),
      Field.PRE_CLOSE);

  private QlibGolden() {}

  static List<String[]> rows(String name) {
    return SharedFiles.lines(SharedFiles.golden(name)).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .toList();
  }

  static double number(String cell) {
    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
  }

  static Panel panel() {
    List<LocalDate> days = SharedFiles.lines(SharedFiles.golden("cn_calendar.txt")).stream()
        .map(LocalDate::parse)
        .toList();
    Map<LocalDate, Integer> places = new HashMap<>();
    days.forEach(day -> places.put(day, places.size()));
    Map<String, List<String[]>> shares = new TreeMap<>();
    for (String[] row : rows("cn_input.csv.gz")) {
      shares.computeIfAbsent(row[1], name -> new ArrayList<>()).add(row);
    }
    Panel.Builder panel = Panel.builder(days, Adjustment.FORWARD);
    shares.forEach((name, rows) -> {
      int first = places.get(LocalDate.parse(rows.get(0)[0]));
      int last = places.get(LocalDate.parse(rows.get(rows.size() - 1)[0]));
      for (int f = 0; f < FIELDS.size(); f++) {
        double[] values = new double[last - first + 1];
        Arrays.fill(values, Double.NaN);
        for (String[] row : rows) {
          values[places.get(LocalDate.parse(row[0])) - first] = number(row[f + 2]);
        }
        panel.column(Symbol.parse(name), FIELDS.get(f), first, values);
      }
    });
    return panel.build();
  }

  static ScoreTable signal() {
    ScoreTable.Builder table = ScoreTable.builder();
    for (String[] row : rows("backtest/signal.csv.gz")) {
      table.score(LocalDate.parse(row[0]), Symbol.parse(row[1]), number(row[2]));
    }
    return table.build();
  }

  /** The backtest of run A, B or C, with the settings of its config file. */
  static QlibBacktest run(String name, Panel panel, Signal signal) {
    QlibBacktest.Builder run = switch (name) {
      case "A" -> start(panel, signal, TopkDropout.builder(8, 2), "2016-01-04", "2017-12-29");
      case "B" ->
        start(
                panel,
                signal,
                TopkDropout.builder(5, 1)
                    .holdThreshold(5)
                    .onlyTradable(true)
                    .forbidAllTradeAtLimit(false),
                "2018-01-02",
                "2019-06-28")
            .account(1e6)
            .dealPrice(Field.OPEN);
      default ->
        start(panel, signal, TopkDropout.builder(10, 3).riskDegree(0.8), "2016-01-04", "2016-12-30")
            .account(5e5)
            .dealPrice(Field.VWAP)
            .openCost(0.0015)
            .closeCost(0.0025)
            .withoutLots();
    };
    return run.benchmark(Benchmark.equalWeight()).build();
  }

  private static QlibBacktest.Builder start(
      Panel panel, Signal signal, TopkDropout.Builder rule, String from, String to) {
    return QlibBacktest.builder(
        panel, signal, rule.build(), LocalDate.parse(from), LocalDate.parse(to));
  }

  /** The numbers of a risk file: row, then figure. */
  static Map<String, Map<String, Double>> risk(String name) {
    Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
    Map<String, Double> row = new HashMap<>();
    for (String line :
        SharedFiles.lines(SharedFiles.golden("backtest/" + name + "_risk_f64.json"))) {
      String[] parts = line.replaceAll("[\", ]", "").split(":", -1);
      if (line.endsWith("{") && parts.length > 1) {
        row = new HashMap<>();
        rows.put(parts[0], row);
      } else if (parts.length == 2) {
        row.put(parts[0], Double.parseDouble(parts[1]));
      }
    }
    return rows;
  }
}
