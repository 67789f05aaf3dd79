package io.qilin.flink;

import io.qilin.core.factor.FactorPlan;
import java.io.Serializable;

/**
 * Makes the plan of some factors. It is sent to the task managers and called there once for each task, and must give the same
 * plan each time; best a static method, {@code MyJob::plan}.
 */
@FunctionalInterface
public interface PlanDescription extends Serializable {
  /** The plan. */
  FactorPlan plan();
}
