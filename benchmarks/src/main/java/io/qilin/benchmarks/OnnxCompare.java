package io.qilin.benchmarks;

import com.sun.management.ThreadMXBean;
import io.qilin.core.report.NumberText;
import io.qilin.data.bench.Machine;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The contenders of {@link OnnxBenchmark} in turns in one process, the least time of all turns, and the bytes that a call
 * leaves to the collector.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar io.qilin.benchmarks.OnnxCompare --clock cpu
 * </pre>
 */
public final class OnnxCompare {
  private OnnxCompare() {}

  /**
   * Measures and prints a line for each model and batch.
   *
   * @param args {@code --clock} wall or cpu; {@code --turns}; {@code --rows} that are scored in one turn
   */
  public static void main(String[] args) {
    Arguments arguments =
        Arguments.parse(List.of(args), Map.of("clock", "cpu", "turns", "40", "rows", "20000"));
    LongSupplier clock = StopClock.named(arguments.text("clock"), 1);
    int turns = arguments.count("turns", 1);
    int rows = arguments.count("rows", 1);
    System.out.println(Machine.current());
    for (String model : List.of("linear", "trees", "mlp")) {
      for (int batch : new int[] {1, 64, 4096}) {
        try (OnnxCase onnx = new OnnxCase(model, batch)) {
          line(model, batch, onnx, clock, turns, Math.max(1, rows / batch));
        }
      }
    }
  }

  private static void line(
      String model, int batch, OnnxCase onnx, LongSupplier clock, int turns, int calls) {
    List<Runnable> contenders = List.of(onnx::qilin, onnx::pinned, onnx::copied);
    double[] least = new double[contenders.size()];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (int turn = 0; turn < turns; turn++) {
      for (int i = 0; i < least.length; i++) {
        long start = clock.getAsLong();
        for (int call = 0; call < calls; call++) {
          contenders.get(i).run();
        }
        double each = (clock.getAsLong() - start) / (double) calls / batch;
        least[i] = Math.min(least[i], each);
      }
    }
    System.out.println(model + ", batch " + batch + ": Qilin " + NumberText.fixed(least[0], 0)
        + ", pinned " + NumberText.fixed(least[1], 0) + ", copied " + NumberText.fixed(least[2], 0)
        + " ns a row; bytes a call: Qilin " + garbage(contenders.get(0)) + ", pinned "
        + garbage(contenders.get(1)));
  }

  private static long garbage(Runnable call) {
    int calls = 1_000;
    ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = bean.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < calls; i++) {
      call.run();
    }
    return (bean.getCurrentThreadAllocatedBytes() - before) / calls;
  }
}
