package io.qilin.benchmarks;

import io.qilin.core.report.NumberText;
import io.qilin.core.report.TextTable;
import io.qilin.core.report.TextTable.Align;
import io.qilin.data.bench.Machine;
import io.qilin.data.bench.Timings;
import io.qilin.data.demo.SplitMixPanel;
import java.util.List;
import java.util.Map;

/**
 * The latency of one new day of Alpha158 in percentiles, and what it allocates.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar io.qilin.benchmarks.TickLatency --names 512,4096,5000 --ticks 2000
 * </pre>
 */
public final class TickLatency {
  private static final int DAYS = 128;

  private TickLatency() {}

  /**
   * Measures and prints.
   *
   * @param args {@code --names} numbers of instruments separated by commas, {@code --warmup} ticks before, {@code --ticks}
   *     ticks that count
   */
  public static void main(String[] args) {
    Arguments arguments = Arguments.parse(
        List.of(args), Map.of("names", "512,4096,5000", "warmup", "500", "ticks", "2000"));
    int warmup = arguments.count("warmup", 0);
    int ticks = arguments.count("ticks", 1);
    TextTable.Builder table = TextTable.builder()
        .column("names", Align.RIGHT)
        .column("p50 µs", Align.RIGHT)
        .column("p99 µs", Align.RIGHT)
        .column("p99.9 µs", Align.RIGHT)
        .column("longest µs", Align.RIGHT)
        .column("bytes a tick", Align.RIGHT);
    for (String names : arguments.text("names").split(",", -1)) {
      int count = Arguments.parse(List.of(), Map.of("names", names)).count("names", 1);
      Alpha158Ticks source = Alpha158Ticks.of(SplitMixPanel.dense(count, DAYS));
      TickMeter meter = TickMeter.measure(source::next, warmup, ticks);
      Timings latency = meter.latency();
      table.row(
          names,
          micros(latency.medianMs()),
          micros(latency.quantileMs(0.99)),
          micros(latency.quantileMs(0.999)),
          micros(latency.quantileMs(1)),
          NumberText.fixed(meter.bytesPerTick(), 0));
    }
    System.out.println(Machine.current());
    System.out.print(table.build());
  }

  private static String micros(double millis) {
    return NumberText.fixed(millis * 1e3, 1);
  }
}
