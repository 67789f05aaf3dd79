package io.qilin.mlops.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.FactorTable;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Symbol;
import io.qilin.api.model.Predictor;
import io.qilin.mlops.dataset.Columns;
import io.qilin.mlops.dataset.DayRange;
import io.qilin.mlops.dataset.FeatureFrame;
import io.qilin.mlops.dataset.FeatureRows;
import io.qilin.mlops.dataset.FittedChain;
import io.qilin.mlops.dataset.Processor;
import io.qilin.mlops.dataset.ProcessorChain;
import io.qilin.mlops.dataset.Segments;
import io.qilin.mlops.dataset.Tables;
import io.qilin.mlops.dataset.TrainingData;
import io.qilin.testkit.SharedFiles;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The example of docs/mlops-dataset-training.md, on made-up tables and on real ones. */
class DatasetExampleTest {
  @Test
  void whenTheExampleRuns_thenEveryRowOfTheTestHasAScore() {
    FactorTable factors = Tables.factors(
        Tables.names("F", 6),
        Tables.symbols(20),
        Tables.days(90),
        (c, i, d) -> Tables.random(1, c, i, d));
    LabelTable labels = Tables.labels(
        List.of("LABEL0"),
        Tables.symbols(20),
        Tables.days(90),
        (c, i, d) -> d > 87 ? Double.NaN : 0.1 * factors.value(1, i, d));
    DayRange train = Tables.range(factors.days(), 0, 50);
    DayRange valid = Tables.range(factors.days(), 50, 70);
    DayRange test = Tables.range(factors.days(), 70, 90);

    List<LocalDate> days = factors.days();
    Segments segments = new Segments(train, valid, test).purged(days, 2, 5);
    FeatureFrame frame = FeatureFrame.of(factors, labels);
    FittedChain chain = ProcessorChain.alpha360().fit(frame, segments.train());
    TrainingData rows = chain.learn(frame, segments.train()).training("LABEL0");
    TrainingData later = chain.learn(frame, segments.valid()).training("LABEL0");
    Map<String, String> parameters = new HashMap<>(LightGbmTrainer.QLIB_ALPHA158);
    parameters.putAll(Map.of("num_iterations", "20", "lambda_l1", "0", "lambda_l2", "1"));
    TrainedModel model = Trainers.standard()
        .named("lightgbm")
        .train(rows, later, parameters, TrainingContext.silent(42));
    FeatureRows today = chain.infer(frame, segments.test());
    double[] values = new double[today.count() * today.features().size()];
    today.copyRows(0, today.count(), values);
    double[] scores = new double[today.count()];
    try (Predictor predictor = model.open()) {
      predictor.predict(values, today.count(), scores);
    }

    assertThat(today.count()).isEqualTo(20 * 20);
    assertThat(scores).doesNotContain(Double.NaN);
    assertThat(rows.days()).hasSize(43);
    assertThat(model.metrics().get("valid.l2")).isLessThan(0.5 * variance(later));
  }

  private static double variance(TrainingData data) {
    double sum = 0;
    double squares = 0;
    for (double label : data.labels()) {
      sum += label;
      squares += label * label;
    }
    double mean = sum / data.count();
    return squares / data.count() - mean * mean;
  }

  /** Alpha158 of four A-shares over a year, as Qlib computed it: the whole way holds together, no figure is claimed. */
  @Test
  void whenTheFeaturesAreReal_thenAReadChainAndModelScoreAlike() {
    Map<LocalDate, Map<Symbol, double[]>> cells = read("mini/alpha158_f64.csv.gz");
    Map<LocalDate, Map<Symbol, double[]>> bars = read("mini/input.csv.gz");
    List<String> header = header("mini/alpha158_f64.csv.gz");
    int close = header("mini/input.csv.gz").indexOf("close");
    List<LocalDate> days = List.copyOf(cells.keySet());
    TreeSet<Symbol> all = new TreeSet<>();
    cells.values().forEach(day -> all.addAll(day.keySet()));
    List<Symbol> symbols = List.copyOf(all);
    FeatureFrame frame = FeatureFrame.of(
        Tables.factors(header, symbols, days, (c, i, d) -> cell(cells, days, d, symbols.get(i), c)),
        Tables.labels(
            List.of("LABEL0"),
            symbols,
            days,
            (c, i, d) -> cell(bars, days, d + 2, symbols.get(i), close)
                    / cell(bars, days, d + 1, symbols.get(i), close)
                - 1));
    int half = days.size() / 2;
    Segments segments = new Segments(
            Tables.range(days, 0, half),
            Tables.range(days, half, half + 60),
            Tables.range(days, half + 60, days.size()))
        .purged(days, 2, 0);
    FittedChain chain = new ProcessorChain(
            List.of(),
            List.of(
                new Processor.RobustZScoreNorm(Columns.FEATURES, true),
                new Processor.Fillna(Columns.FEATURES, 0)),
            List.of(new Processor.DropnaLabel()),
            ProcessorChain.Flow.APPEND)
        .fit(frame, segments.train());
    TrainingData rows = chain.learn(frame, segments.train()).training("LABEL0");
    TrainedModel ridge =
        new RidgeTrainer().train(rows, null, Map.of("alpha", "100"), TrainingContext.silent(1));

    FittedChain read = FittedChain.parse(chain.toJson().getBytes(StandardCharsets.UTF_8));
    FeatureRows batch = chain.infer(frame, segments.test());
    FeatureRows again = read.infer(frame, segments.test());
    double[] one = scores(ridge.open(), batch);
    double[] other =
        scores(ModelFormats.of(ridge.kind()).open(ridge.signature(), ridge.bytes()), again);

    assertThat(rows.width()).isEqualTo(158);
    assertThat(rows.count()).isGreaterThan(300);
    assertThat(one).hasSizeGreaterThan(150).doesNotContain(Double.NaN).containsExactly(other);
    assertThat(ridge.metrics().get("train.l2")).isLessThan(variance(rows));
  }

  private static double[] scores(Predictor model, FeatureRows rows) {
    double[] values = new double[rows.count() * rows.features().size()];
    rows.copyRows(0, rows.count(), values);
    double[] scores = new double[rows.count()];
    try (model) {
      model.predict(values, rows.count(), scores);
    }
    return scores;
  }

  private static double cell(
      Map<LocalDate, Map<Symbol, double[]>> cells,
      List<LocalDate> days,
      int day,
      Symbol symbol,
      int column) {
    double[] row =
        day < days.size() ? cells.getOrDefault(days.get(day), Map.of()).get(symbol) : null;
    return row == null ? Double.NaN : row[column];
  }

  private static List<String> header(String file) {
    String[] names = SharedFiles.lines(SharedFiles.golden(file)).get(0).split(",");
    return List.of(names).subList(2, names.length);
  }

  private static Map<LocalDate, Map<Symbol, double[]>> read(String file) {
    Map<LocalDate, Map<Symbol, double[]>> days = new TreeMap<>();
    List<String> lines = SharedFiles.lines(SharedFiles.golden(file));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      double[] values = new double[cells.length - 2];
      for (int i = 0; i < values.length; i++) {
        values[i] = number(cells[i + 2]);
      }
      days.computeIfAbsent(LocalDate.parse(cells[0]), day -> new HashMap<>())
          .put(Symbol.parse(cells[1]), values);
    }
    return days;
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
