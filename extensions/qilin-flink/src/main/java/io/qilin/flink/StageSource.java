package io.qilin.flink;

import io.qilin.api.market.Field;
import io.qilin.core.factor.FactorStage;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes the stages of a plan anew on each task manager; the same factors give the same stages.
 *
 * @param description of the plan
 * @param fields names of the columns of rows
 */
record StageSource(PlanDescription description, List<String> fields) implements Serializable {
  private static final long serialVersionUID = 1L;

  List<FactorStage> stages() {
    return description
        .plan()
        .stages(fields.stream().map(Field::of).collect(Collectors.toSet()))
        .stages();
  }

  FactorStage stage(int number) {
    return stages().get(number);
  }
}
