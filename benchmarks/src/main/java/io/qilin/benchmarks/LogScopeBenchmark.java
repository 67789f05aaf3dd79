package io.qilin.benchmarks;

import io.qilin.ops.logging.LogField;
import io.qilin.ops.logging.LogScope;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.slf4j.MDC;

/**
 * How long does it take to say what lines are about and to take it back, by Qilin's scope and by SLF4J's {@code MDC.putCloseable},
 * which removes and does not restore?
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar LogScopeBenchmark
 * </pre>
 *
 * <p>Both over Logback's MDC. {@code nested} opens a second scope of the same field, and another field, in the first. The last
 * figures are in {@code docs/benchmarks.md}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider")
public class LogScopeBenchmark {
  private final String stock = "600519.SH";
  private final String other = "000001.SZ";

  /** For JMH. */
  public LogScopeBenchmark() {}

  /** One scope of Qilin. */
  @Benchmark
  public String qilinScope() {
    try (LogScope scope = LogScope.of(LogField.STOCK, stock)) {
      return read(scope);
    }
  }

  /** One of SLF4J. */
  @Benchmark
  public String putCloseable() {
    try (MDC.MDCCloseable scope = MDC.putCloseable("stock", stock)) {
      return read(scope);
    }
  }

  /** Three scopes of Qilin, one in the other. */
  @Benchmark
  public String qilinNested() {
    try (LogScope first = LogScope.of(LogField.STOCK, stock);
        LogScope second = LogScope.of(LogField.STOCK, other);
        LogScope third = LogScope.of(LogField.STRATEGY, "S1")) {
      return read(first == second ? first : third);
    }
  }

  /** Three of SLF4J; the first value is gone after the second. */
  @Benchmark
  public String putCloseableNested() {
    try (MDC.MDCCloseable first = MDC.putCloseable("stock", stock);
        MDC.MDCCloseable second = MDC.putCloseable("stock", other);
        MDC.MDCCloseable third = MDC.putCloseable("strategy", "S1")) {
      return read(first == second ? first : third);
    }
  }

  private static String read(Object scope) {
    String value = MDC.get("stock");
    return value == null ? scope.toString() : value;
  }
}
