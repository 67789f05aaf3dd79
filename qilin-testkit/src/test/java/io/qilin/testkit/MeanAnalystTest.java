package io.qilin.testkit;

import io.qilin.api.analysis.Analyst;

/** A correct analyst keeps the contract. */
class MeanAnalystTest extends AnalystTck {
  @Override
  protected Analyst analyst() {
    return new MeanAnalyst();
  }
}
