package io.qilin.benchmarks;

import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.Alpha158;
import io.qilin.core.factor.FactorEngine;
import java.util.concurrent.TimeUnit;
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
 * How long does Alpha158 take over a whole panel, on one thread?
 *
 * <p>The 158 expressions are parsed anew in every call, as a first call does. Results are written to a new table each
 * time.
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar FactorEngineBenchmark -prof gc
 * </pre>
 *
 * <p>Last figures, 2026-11-21, JDK 17.0.15, two cores of an Intel Xeon in a virtual machine under foreign load, so upper
 * bounds: 16 × 260: 26 ± 5 ms, 33 MB allocated; 64 × 260: 146 ± 90 ms, 128 MB.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class FactorEngineBenchmark {
  private static final long SEED = 42;

  /** Instruments of the panel. */
  @Param({"16", "64"})
  public int instruments;

  /** Days of the panel. */
  @Param("260")
  public int days;

  private final FactorSet factors = Alpha158.factors();
  private final FactorEngine engine = FactorEngine.DEFAULT;
  private Panel panel = RandomBars.of(1, 1, SEED);

  /** For JMH. */
  public FactorEngineBenchmark() {}

  /** Makes the panel. */
  @Setup
  public void makePanel() {
    panel = RandomBars.of(instruments, days, SEED);
  }

  /** Computes all factors on all days. */
  @Benchmark
  public FactorTable alpha158() {
    return engine.compute(panel, factors);
  }
}
