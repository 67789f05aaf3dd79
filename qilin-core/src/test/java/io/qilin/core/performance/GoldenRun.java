package io.qilin.core.performance;

import io.qilin.core.backtest.BacktestDay;
import io.qilin.core.backtest.BacktestReport;
import io.qilin.testkit.SharedFiles;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Qlib's daily reports of the golden set. */
public final class GoldenRun {
  private static final Pattern SECTION = Pattern.compile("\"(\\w+)\":\\s*\\{([^}]*)}");
  private static final Pattern NUMBER = Pattern.compile("\"(\\w+)\":\\s*([-+.0-9eE]+)");

  private GoldenRun() {}

  /** The report of run A, B or C, without trades. */
  public static BacktestReport report(String run) {
    List<BacktestDay> days =
        SharedFiles.lines(SharedFiles.golden("backtest/" + run + "_report_f64.csv.gz")).stream()
            .skip(1)
            .map(line -> line.split(",", -1))
            .map(cells -> new BacktestDay(
                LocalDate.parse(cells[0]),
                number(cells[1]),
                number(cells[2]),
                number(cells[3]),
                number(cells[4]),
                number(cells[5]),
                number(cells[6]),
                number(cells[7]),
                number(cells[8]),
                number(cells[9])))
            .toList();
    return new BacktestReport(
        BacktestReport.Mode.QLIB, Map.of(), days, List.of(), List.of(), List.of(), List.of(), "00");
  }

  private static double number(String cell) {
    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
  }

  /** Qlib's risk figures of a run, by {@code section.figure}. */
  static Map<String, Double> risk(String run) {
    String text = String.join(
        " ", SharedFiles.lines(SharedFiles.golden("backtest/" + run + "_risk_f64.json")));
    Map<String, Double> figures = new HashMap<>();
    Matcher sections = SECTION.matcher(text);
    while (sections.find()) {
      Matcher numbers = NUMBER.matcher(sections.group(2));
      while (numbers.find()) {
        figures.put(
            sections.group(1) + "." + numbers.group(1), Double.parseDouble(numbers.group(2)));
      }
    }
    return figures;
  }
}
