package io.qilin.flink;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.core.factor.Alpha158;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorPlan;

/** Plans that tests send to task managers. */
final class FactorSets {
  private FactorSets() {}

  static FactorPlan alpha158() {
    return FactorEngine.DEFAULT.plan(Alpha158.factors());
  }

  /** Factors that compare instruments, twice in a row, and read one by its name. */
  static FactorPlan crossing(String named) {
    String ratio = "$close/Mask($open, '" + named + "')";
    return FactorEngine.DEFAULT.plan(FactorSet.of(
        "crossing",
        new Factor("rank", "CSRank(Mean(CSDemean($close/$open),5)) - $low/$close"),
        new Factor("place", "IdxMax(CSRank(" + ratio + "), 5)"),
        new Factor("slope", "Slope(CSDemean(CSRank(" + ratio + ")), 7) + Std($volume, 4)"),
        new Factor("plain", "Mean($close,5)/$close")));
  }
}
