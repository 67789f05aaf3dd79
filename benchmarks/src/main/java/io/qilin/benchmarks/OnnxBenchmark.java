package io.qilin.benchmarks;

import java.nio.FloatBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does a call take that scores a batch of rows of 158 features, by Qilin and by plain ONNX Runtime with a reused tensor
 * and a pinned output?
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar OnnxBenchmark -prof gc
 * </pre>
 *
 * <p>Divide by the batch for the time of a row. {@code pinned} has its rows in native memory before it begins. The same in turns,
 * in one process: {@link OnnxCompare}. The last figures are in {@code docs/benchmarks.md}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OnnxBenchmark {
  /** The model. */
  @Param({"linear", "trees", "mlp"})
  public String model = "linear";

  /** Rows a call. */
  @Param({"1", "64", "4096"})
  public int batch = 1;

  private OnnxCase onnx = new OnnxCase("linear", 1);

  /** For JMH. */
  public OnnxBenchmark() {}

  /** Makes the models. */
  @Setup(Level.Trial)
  public void open() {
    onnx.close();
    onnx = new OnnxCase(model, batch);
  }

  /** Gives native memory back. */
  @TearDown(Level.Trial)
  public void close() {
    onnx.close();
  }

  /** Qilin: from 64-bit rows to 64-bit scores, checked. */
  @Benchmark
  public double[] qilin() {
    return onnx.qilin();
  }

  /** Plain ONNX Runtime, rows and scores in native memory. */
  @Benchmark
  public FloatBuffer pinned() {
    return onnx.pinned();
  }

  /** Plain ONNX Runtime, from 64-bit rows to 64-bit scores. */
  @Benchmark
  public double[] copied() {
    return onnx.copied();
  }
}
