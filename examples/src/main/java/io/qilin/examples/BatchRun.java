package io.qilin.examples;

import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.FactorEngine;
import java.util.concurrent.Executor;

/**
 * The engine as {@code bench} measures it: one run computes a whole set over a whole panel.
 *
 * @param engine computes
 * @param panel what it reads
 * @param factors what it computes
 */
record BatchRun(FactorEngine engine, Panel panel, FactorSet factors) implements Runnable {
  /** On the calling thread and those of the helpers. */
  static BatchRun of(Panel panel, FactorSet factors, Executor helpers) {
    return new BatchRun(FactorEngine.builder().executor(helpers).build(), panel, factors);
  }

  @Override
  public void run() {
    engine.compute(panel, factors);
  }
}
