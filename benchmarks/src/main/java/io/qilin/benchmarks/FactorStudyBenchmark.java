package io.qilin.benchmarks;

import io.qilin.api.market.Exchange;
import io.qilin.api.market.Symbol;
import io.qilin.core.factor.StudyCollector;
import io.qilin.core.factor.StudySettings;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a study take for one day of 158 factors × 5,000 instruments over four horizons, on one thread? Divide by
 * 790,000 for the time a value.
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar FactorStudyBenchmark -prof gc
 * </pre>
 *
 * <p>Last figures: docs/benchmarks.md.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class FactorStudyBenchmark {
  private static final int FACTORS = 158;
  private static final int INSTRUMENTS = 5_000;
  private static final int HORIZONS = 4;
  /** So that yesterday's values differ from today's. */
  private static final int DAYS = 3;

  /** Share of values that are not known. */
  @Param({"0", "0.02"})
  public double missing;

  private final double[][][] scores = new double[DAYS][FACTORS][INSTRUMENTS];
  private final double[][][] labels = new double[DAYS][HORIZONS][INSTRUMENTS];
  private StudyCollector collector = collector();
  private int day;

  /** For JMH. */
  public FactorStudyBenchmark() {}

  private static StudyCollector collector() {
    List<String> names = IntStream.range(0, FACTORS).mapToObj(f -> "f" + f).toList();
    List<Symbol> symbols = IntStream.range(0, INSTRUMENTS)
        .mapToObj(i -> new Symbol(Integer.toString(600_000 + i), Exchange.SSE))
        .toList();
    StudySettings settings =
        StudySettings.builder().horizons(1, 5, 10, 20).groups(10).build();
    return StudyCollector.of(names, symbols, settings);
  }

  /** Makes the values. */
  @Setup
  public void makeValues() {
    Random random = new Random(42);
    for (double[][][] all : List.of(scores, labels)) {
      for (double[][] rows : all) {
        for (double[] row : rows) {
          for (int i = 0; i < row.length; i++) {
            row[i] = random.nextDouble() < missing ? Double.NaN : random.nextGaussian();
          }
        }
      }
    }
    collector = collector();
    day = 0;
  }

  /** Takes one day. */
  @Benchmark
  public StudyCollector oneDay() {
    day++;
    collector.accept(LocalDate.ofEpochDay(day), scores[day % DAYS], labels[day % DAYS]);
    return collector;
  }
}
