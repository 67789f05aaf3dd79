package io.qilin.benchmarks;

import io.qilin.agents.desk.DeskResult;
import io.qilin.agents.desk.ResearchDesk;
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
 * How long does a desk without a language model take for one evening of a whole market, on one thread,
 * from the snapshot to the decision record?
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar DeskBenchmark
 * </pre>
 *
 * <p>Limit-up facts, ranks and digests are computed anew in every run, as each run has a desk of its
 * own. Time that grows faster than the number of shares would show a quadratic step. Figures are in
 * docs/benchmarks.md.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(value = 1, jvmArgs = "-Xmx2g")
public class DeskBenchmark {
  /** Shares of the market. */
  @Param({"1250", "5000"})
  public int shares;

  /** Whether money flows are known, so that one analyst more speaks. */
  @Param({"false", "true"})
  public boolean flows;

  private DeskMarket market = DeskMarket.of(1, false);

  /** For JMH. */
  public DeskBenchmark() {}

  /** Makes the market. */
  @Setup
  public void makeMarket() {
    market = DeskMarket.of(shares, flows);
  }

  /** One decision. */
  @Benchmark
  public DeskResult run() {
    ResearchDesk desk = DeskMarket.desk().build();
    return desk.run(market.snapshot(), market.session());
  }
}
