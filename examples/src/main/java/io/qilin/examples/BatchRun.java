package io.qilin.examples;

import io.qilin.api.factor.FactorBlock;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorPlan;
import java.util.concurrent.Executor;

/**
 * The engine as {@code bench} measures it: one run computes a whole set over a whole panel, by a plan
 * that is made once.
 *
 * @param plan computes
 * @param panel what it reads
 * @param block where each run writes
 */
record BatchRun(FactorPlan plan, Panel panel, FactorBlock block) implements Runnable {
  /** On the calling thread, and on those of the helpers if there are to be several. */
  static BatchRun of(Panel panel, FactorSet factors, int threads, Executor helpers) {
    FactorEngine engine =
        threads > 1 ? FactorEngine.builder().executor(helpers).build() : FactorEngine.DEFAULT;
    FactorBlock block =
        FactorBlock.of(factors.names(), panel.symbols(), panel.days().size());
    return new BatchRun(engine.plan(factors), panel, block);
  }

  @Override
  public void run() {
    plan.compute(panel, block);
  }
}
