package io.qilin.benchmarks;

import io.qilin.security.pii.PiiDetector;
import io.qilin.security.pii.PiiFinding;
import io.qilin.security.pii.PiiRedactor;
import java.lang.management.ManagementFactory;
import java.util.List;
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
 * How fast is text scanned for personal data, where there is none and where there is much? One operation is 1 MiB of characters,
 * so operations per second are MiB per second of ASCII.
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar PiiBenchmark}, or {@link #main} for processor time; figures are in docs/benchmarks.md.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PiiBenchmark {
  private static final String BENIGN =
      "{\"symbol\":\"600519.SH\",\"time\":\"2025-01-15T09:30:00\",\"open\":1486.87,\"high\":1490.00,\"volume\":123456,"
          + "\"amount\":18354212.50,\"note\":\"limit up seal order\"},";

  private static final String DENSE =
      "id=110105191503257439&phone=13800138000 mail trader+ops@example.com from 88.189.145.10;"
          + " card 6205 2268 5597 0183, 91500103J5Q3XP3X5X\n";

  /** What the text is made of. */
  @Param({"benign", "dense"})
  public String kind = "benign";

  private final PiiDetector detector = PiiDetector.standard();
  private final PiiRedactor redactor = PiiRedactor.masking();
  private String text = "";

  /** Repeats a line to 1 MiB. */
  @Setup
  public void prepare() {
    String line = kind.equals("benign") ? BENIGN : DENSE;
    text = line.repeat((1 << 20) / line.length());
  }

  /** Finds. */
  @Benchmark
  public List<PiiFinding> find() {
    return detector.find(text);
  }

  /** Finds and masks. */
  @Benchmark
  public String mask() {
    return redactor.text(text);
  }

  /** Prints the least processor time of many repeats as MB/s, for a machine that others use too. */
  public static void main(String[] args) {
    var clock = ManagementFactory.getThreadMXBean();
    for (String kind : List.of("benign", "dense")) {
      PiiBenchmark benchmark = new PiiBenchmark();
      benchmark.kind = kind;
      benchmark.prepare();
      long find = Long.MAX_VALUE;
      long mask = Long.MAX_VALUE;
      long kept = 0;
      for (int i = 0; i < 60; i++) {
        long start = clock.getCurrentThreadCpuTime();
        kept += benchmark.find().size();
        long middle = clock.getCurrentThreadCpuTime();
        kept += benchmark.mask().length();
        long end = clock.getCurrentThreadCpuTime();
        find = Math.min(find, middle - start);
        mask = Math.min(mask, end - middle);
      }
      System.out.println(kind + ": find " + 1_000L * benchmark.text.length() / find + " MB/s, mask "
          + 1_000L * benchmark.text.length() / mask + " MB/s of processor time (" + kept + ")");
    }
  }
}
