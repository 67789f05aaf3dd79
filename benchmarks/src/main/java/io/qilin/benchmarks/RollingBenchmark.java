package io.qilin.benchmarks;

import io.qilin.api.factor.FactorBlock;
import io.qilin.api.factor.FactorSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does one value of a rolling function take, by Qilin and by ta4j, over {@value #INSTRUMENTS}
 * instruments × {@value #DAYS} days?
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar RollingBenchmark
 * </pre>
 *
 * <p>Qilin's time includes reading the expression; one expression alone is the case in which sharing work between factors
 * helps it least. The last figures are in {@code docs/benchmarks.md}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@OperationsPerInvocation(RollingBenchmark.INSTRUMENTS * RollingBenchmark.DAYS)
public class RollingBenchmark {
  /** Instruments of the panel. */
  public static final int INSTRUMENTS = 64;

  /** Days of the panel. */
  public static final int DAYS = 1000;

  /** The function and its window. */
  @Param({
    "MEAN_20",
    "MEAN_60",
    "STD_20",
    "STD_60",
    "MAX_20",
    "MAX_60",
    "MIN_20",
    "MIN_60",
    "CORR_20",
    "CORR_60",
    "SLOPE_20",
    "SLOPE_60"
  })
  public String kernel = RollingKernel.MEAN_20.name();

  private final RollingPanel panel = RollingPanel.of(new Size(INSTRUMENTS, DAYS));
  private final double[][] values = panel.values();
  private RollingKernel function = RollingKernel.MEAN_20;
  private FactorSet factors = function.factors();
  private FactorBlock block = panel.block(factors);

  /** For JMH. */
  public RollingBenchmark() {}

  /** Finds the function. */
  @Setup
  public void findKernel() {
    function = RollingKernel.valueOf(kernel);
    factors = function.factors();
    block = panel.block(factors);
  }

  /** By Qilin. */
  @Benchmark
  public FactorBlock qilin() {
    return panel.qilin(factors, block);
  }

  /** By ta4j, numbers as {@code double}. */
  @Benchmark
  public double[][] ta4j() {
    return panel.ta4j(function, values);
  }
}
