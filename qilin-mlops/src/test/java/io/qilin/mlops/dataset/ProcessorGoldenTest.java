package io.qilin.mlops.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.market.Symbol;
import io.qilin.testkit.SharedFiles;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Qlib's own processors made of real data. The golden set's README asks for 1e-12 of the larger of value and 1. */
class ProcessorGoldenTest {
  private static final double TOLERANCE = 1e-12;
  private static final DayRange FIT =
      new DayRange(LocalDate.of(2016, 1, 11), LocalDate.of(2016, 2, 26));

  /** Rows of a file: day and instrument, then the values. */
  private record Rows(List<String> names, Map<LocalDate, Map<Symbol, double[]>> days) {
    int count() {
      return days.values().stream().mapToInt(Map::size).sum();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CSRankNorm",
        "CSZFillna",
        "CSZScoreNorm",
        "CSZScoreNorm_label",
        "CSZScoreNorm_robust",
        "DropnaLabel",
        "DropnaProcessor_feature",
        "Fillna",
        "Fillna_feature_0p5",
        "MinMaxNorm",
        "ProcessInf",
        "RobustZScoreNorm_clip",
        "RobustZScoreNorm_noclip",
        "TanhProcess",
        "ZScoreNorm"
      })
  void whenQlibProcessed_thenTheSame(String name) {
    Path file = SharedFiles.golden("processors/" + name + ".csv.gz");
    String input = List.of("Fillna", "Fillna_feature_0p5", "ProcessInf").contains(name)
        ? "input_with_inf"
        : "input";
    FeatureFrame frame = frame(read(SharedFiles.golden("processors/" + input + ".csv.gz")));
    ProcessorChain chain = new ProcessorChain(
        List.of(), List.of(), List.of(processor(name)), ProcessorChain.Flow.APPEND);
    Rows expected = read(file);

    FeatureRows rows = chain
        .fit(frame, FIT)
        .learn(frame, new DayRange(LocalDate.of(2016, 1, 1), LocalDate.of(2016, 12, 31)));

    assertThat(rows.count()).isEqualTo(expected.count());
    double worst = 0;
    for (int day = 0; day < rows.days().size(); day++) {
      for (int row = rows.dayStart(day); row < rows.dayStart(day + 1); row++) {
        double[] wanted =
            expected.days().get(rows.days().get(day)).get(rows.symbols().get(rows.instrument(row)));
        for (int c = 0; c < wanted.length; c++) {
          double got = c < 7 ? rows.feature(row, c) : rows.label(row, 0);
          worst = Math.max(worst, distance(got, wanted[c]));
        }
      }
    }
    assertThat(worst).isLessThanOrEqualTo(TOLERANCE);
  }

  private static double distance(double got, double wanted) {
    if (Double.compare(got, wanted) == 0 || got == wanted) {
      return 0;
    }
    double distance = Math.abs(got - wanted) / Math.max(1, Math.abs(wanted));
    return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
  }

  private static Processor processor(String name) {
    return switch (name) {
      case "CSRankNorm" -> new Processor.CsRankNorm(Columns.FEATURES);
      case "CSZFillna" -> new Processor.CsZFillna(Columns.FEATURES);
      case "CSZScoreNorm" -> zScore(Columns.FEATURES, Processor.CsZScoreNorm.Method.ZSCORE);
      case "CSZScoreNorm_label" -> zScore(Columns.LABELS, Processor.CsZScoreNorm.Method.ZSCORE);
      case "CSZScoreNorm_robust" -> zScore(Columns.FEATURES, Processor.CsZScoreNorm.Method.ROBUST);
      case "DropnaLabel" -> new Processor.DropnaLabel();
      case "DropnaProcessor_feature" -> new Processor.DropnaProcessor(Columns.FEATURES);
      case "Fillna" -> new Processor.Fillna(Columns.ALL, 0);
      case "Fillna_feature_0p5" -> new Processor.Fillna(Columns.FEATURES, 0.5);
      case "MinMaxNorm" -> new Processor.MinMaxNorm(Columns.FEATURES);
      case "ProcessInf" -> new Processor.ProcessInf();
      case "RobustZScoreNorm_clip" -> new Processor.RobustZScoreNorm(Columns.FEATURES, true);
      case "RobustZScoreNorm_noclip" -> new Processor.RobustZScoreNorm(Columns.FEATURES, false);
      case "TanhProcess" -> new Processor.TanhProcess();
      case "ZScoreNorm" -> new Processor.ZScoreNorm(Columns.FEATURES);
      default -> throw new AssertionError(name);
    };
  }

  private static Processor zScore(Columns columns, Processor.CsZScoreNorm.Method method) {
    return new Processor.CsZScoreNorm(columns, method);
  }

  private static FeatureFrame frame(Rows rows) {
    List<LocalDate> days = List.copyOf(rows.days().keySet());
    TreeSet<Symbol> all = new TreeSet<>();
    rows.days().values().forEach(day -> all.addAll(day.keySet()));
    List<Symbol> symbols = List.copyOf(all);
    return FeatureFrame.of(
            Tables.factors(
                rows.names().subList(0, 7),
                symbols,
                days,
                (c, i, d) -> at(rows, c, i, d, symbols, days)),
            Tables.labels(
                rows.names().subList(7, 8),
                symbols,
                days,
                (c, i, d) -> at(rows, c + 7, i, d, symbols, days)))
        .withRows((i, d) -> rows.days().get(days.get(d)).containsKey(symbols.get(i)));
  }

  private static double at(
      Rows rows, int c, int i, int d, List<Symbol> symbols, List<LocalDate> days) {
    double[] row = rows.days().get(days.get(d)).get(symbols.get(i));
    return row == null ? Double.NaN : row[c];
  }

  private static Rows read(Path file) {
    List<String> lines = SharedFiles.lines(file);
    List<String> header = List.of(lines.get(0).split(","));
    Map<LocalDate, Map<Symbol, double[]>> days = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      List<Double> values = new ArrayList<>();
      for (int i = 2; i < cells.length; i++) {
        values.add(number(cells[i]));
      }
      days.computeIfAbsent(LocalDate.parse(cells[0]), day -> new TreeMap<>())
          .put(
              Symbol.parse(cells[1]),
              values.stream().mapToDouble(Double::doubleValue).toArray());
    }
    return new Rows(header.subList(2, header.size()), days);
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
