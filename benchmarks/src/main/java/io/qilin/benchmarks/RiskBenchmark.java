package io.qilin.benchmarks;

import io.qilin.api.risk.RiskContext;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.Order;
import io.qilin.core.risk.RiskGate;
import io.qilin.core.risk.RiskSession;
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
 * How long does it take to check one order that passes against all 24 rules, value at risk over 250
 * days included, and what does it allocate?
 *
 * <pre>
 * java -jar benchmarks/target/benchmarks.jar RiskBenchmark -prof gc
 * </pre>
 *
 * <p>{@code gc.alloc.rate.norm} is the allocation of one check.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RiskBenchmark {
  /** Positions of the account. */
  @Param("500")
  public int positions;

  private RiskAccount account = RiskAccount.of(1);
  private RiskGate gate = account.gate();
  private RiskSession session = RiskSession.of(account.context());
  private List<Order> orders = account.orders();
  private int next;

  /** For JMH. */
  public RiskBenchmark() {}

  /** Makes the account and sees that every order passes. */
  @Setup
  public void makeAccount() {
    account = RiskAccount.of(positions);
    gate = account.gate();
    session = RiskSession.of(account.context());
    orders = account.orders();
    for (Order order : orders) {
      RiskVerdict verdict = gate.check(order, session);
      if (!verdict.passed()) {
        throw new AssertionError(order + ": " + verdict);
      }
    }
  }

  /** One order of a session, each time another. */
  @Benchmark
  public RiskVerdict check() {
    next = next + 1 == orders.size() ? 0 : next + 1;
    return gate.check(orders.get(next), session);
  }

  /** The preparation of a session, without the history of returns. */
  @Benchmark
  public RiskSession prepare() {
    RiskContext context = account.context();
    return RiskSession.of(context);
  }
}
