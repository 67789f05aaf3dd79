package io.qilin.benchmarks;

import io.qilin.api.factor.FactorBlock;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.Alpha158;
import io.qilin.core.factor.FactorEngine;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Alpha158 over a whole panel by Qilin: the one place where benchmarks call the batch engine. */
final class Alpha158Batch implements AutoCloseable {
  private static final FactorSet FACTORS = Alpha158.factors();

  private final Panel panel;
  private final ExecutorService helpers;
  private final FactorEngine engine;
  private final FactorBlock block;

  private Alpha158Batch(Panel panel, ExecutorService helpers, FactorEngine engine) {
    this.panel = panel;
    this.helpers = helpers;
    this.engine = engine;
    this.block = FactorBlock.of(FACTORS.names(), panel.symbols(), panel.days().size());
  }

  /**
   * Prepares the engine.
   *
   * @param threads that compute, the calling one included
   */
  static Alpha158Batch of(Panel panel, int threads) {
    ExecutorService helpers = Executors.newFixedThreadPool(Math.max(1, threads - 1));
    FactorEngine engine =
        threads > 1 ? FactorEngine.builder().executor(helpers).build() : FactorEngine.DEFAULT;
    return new Alpha158Batch(panel, helpers, engine);
  }

  /** How many factors there are. */
  static int features() {
    return FACTORS.factors().size();
  }

  /** Computes everything, from the text of the expressions on; the next call writes to the same block. */
  FactorBlock compute() {
    engine.compute(panel, FACTORS, block);
    return block;
  }

  @Override
  public void close() {
    helpers.shutdown();
  }
}
