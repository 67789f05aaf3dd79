package io.qilin.benchmarks;

import io.qilin.security.screening.RequestScreener;
import io.qilin.security.screening.ScreenedRequest;
import io.qilin.security.screening.Verdict;
import java.nio.charset.StandardCharsets;
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
 * How long one request is screened: benign JSON of 8 and 64 KiB, and 64 KiB of the beginning of an attack.
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar ScreeningBenchmark}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ScreeningBenchmark {
  /** Bytes of the body. */
  @Param({"8192", "65536"})
  public int bytes;

  /** What is repeated in the hostile text. */
  @Param({"' or ", "<script "})
  public String attack;

  private ScreenedRequest request;
  private String hostile;

  /** Makes the requests. */
  @Setup
  public void prepare() {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; json.length() < bytes - 140; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"symbol\":\"600519.SH\",\"date\":\"2024-01-")
          .append(10 + i % 20)
          .append("\",\"close\":")
          .append(1600 + i)
          .append(".25,\"note\":\"limit up again today\"}");
    }
    request = ScreenedRequest.builder("POST", "/bars")
        .header("Content-Type", "application/json")
        .body(json.append(']').toString().getBytes(StandardCharsets.UTF_8))
        .build();
    hostile = attack.repeat(65536 / attack.length());
  }

  /** Benign JSON. */
  @Benchmark
  public Verdict json() {
    return RequestScreener.DEFAULT.screen(request);
  }

  /** The beginning of an attack, again and again. */
  @Benchmark
  public Verdict repeated() {
    return RequestScreener.DEFAULT.screenText("f", hostile);
  }
}
