package io.qilin.benchmarks;

import io.qilin.api.factor.FactorBlock;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.Alpha158;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorPlan;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A factor set over a whole panel by Qilin: the one place where benchmarks call the batch engine. */
final class FactorBatch implements AutoCloseable {
  private final Panel panel;
  private final FactorSet factors;
  private final ExecutorService helpers;
  private final FactorPlan plan;
  private final FactorBlock block;

  private FactorBatch(
      Panel panel, FactorSet factors, ExecutorService helpers, FactorEngine engine) {
    this.panel = panel;
    this.factors = factors;
    this.helpers = helpers;
    this.plan = engine.plan(factors);
    this.block = FactorBlock.of(factors.names(), panel.symbols(), panel.days().size());
  }

  /**
   * Plans the factors.
   *
   * @param threads that compute, the calling one included
   */
  static FactorBatch of(Panel panel, FactorSet factors, int threads) {
    ExecutorService helpers = Executors.newFixedThreadPool(Math.max(1, threads - 1));
    FactorEngine engine =
        threads > 1 ? FactorEngine.builder().executor(helpers).build() : FactorEngine.DEFAULT;
    return new FactorBatch(panel, factors, helpers, engine);
  }

  /** Alpha158 over a panel. */
  static FactorBatch alpha158(Panel panel, int threads) {
    return of(panel, Alpha158.factors(), threads);
  }

  /** How many factors there are. */
  int features() {
    return factors.factors().size();
  }

  /** Computes everything by the plan that was made at first; the next call writes to the same block. */
  FactorBlock compute() {
    plan.compute(panel, block);
    return block;
  }

  @Override
  public void close() {
    helpers.shutdown();
  }
}
