package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Field;
import io.qilin.core.expression.FactorOperators;
import io.qilin.core.expression.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FactorStagesTest {
  @Test
  void whenNothingIsCompared_thenThereIsOneStageOfTheSameExpressions() {
    FactorPlan plan = plan("Mean($close,5)/$close");

    List<FactorStage> stages = plan.stages().stages();

    assertThat(stages).singleElement().isInstanceOf(FactorStage.TimeSeries.class);
    FactorPlan only = ((FactorStage.TimeSeries) stages.get(0)).plan();
    assertThat(only.names()).isEqualTo(plan.names());
    assertThat(only.explain()).isEqualTo(plan.explain());
  }

  @Test
  void whenOperatorsStandInOneAnother_thenStagesTakeTurns() {
    FactorStages stages = plan(
            "CSRank(Mean(CSDemean($close/$open),5)) - $low", "CSDemean($close/$open)")
        .stages();

    assertThat(stages.stages())
        .extracting(stage -> stage instanceof FactorStage.TimeSeries)
        .containsExactly(true, false, true, false, true);
    assertThat(stages).hasToString("""
        by instrument: [stage_in_1]
        by day: [$stage_out_1 = CSDemean(stage_in_1)]
        by instrument: [stage_in_2]
        by day: [$stage_out_2 = CSRank(stage_in_2)]
        by instrument: [f0, f1]
        """);
    assertThat(series(stages, 0).fields()).containsExactlyInAnyOrder(Field.CLOSE, Field.OPEN);
    assertThat(series(stages, 2).fields()).containsExactly(Field.of("stage_out_1"));
    assertThat(series(stages, 4).fields())
        .containsExactlyInAnyOrder(Field.of("stage_out_1"), Field.of("stage_out_2"), Field.LOW);
  }

  @Test
  void whenTheSameIsWrittenInTwoWays_thenItIsComputedOnce() {
    FactorStages stages = plan("CSRank($close+$open)", "1-CSRank($open+$close)").stages();

    assertThat(operations(stages, 1)).hasSize(1);
    assertThat(series(stages, 0).names()).hasSize(1);
  }

  @Test
  void whenOperatorsShareOperands_thenEachOperandIsComputedOnce() {
    FactorStages stages =
        plan("CSNeutralize($close,$industry,$cap)", "CSScale($cap,2)").stages();

    assertThat(series(stages, 0).names()).containsExactly("stage_in_1", "stage_in_2", "stage_in_3");
    assertThat(operations(stages, 1))
        .hasToString("[$stage_out_1 = CSNeutralize(stage_in_1,"
            + " stage_in_2, stage_in_3), $stage_out_2 = CSScale(stage_in_3, 2.0)]");
  }

  @Test
  void whenFieldsOrFactorsHaveTheNames_thenOthersAreTaken() {
    FactorPlan plan = FactorEngine.DEFAULT.plan(
        new FactorSet("set", List.of(new Factor("STAGE1_x", "CSRank($stage_a)"))));

    assertThat(operations(plan.stages(), 1).get(0).result()).isEqualTo(Field.of("stage2_out_1"));
    assertThat(
            operations(plan.stages(Set.of(Field.of("stage2_out_1"))), 1).get(0).result())
        .isEqualTo(Field.of("stage3_out_1"));
  }

  @Test
  void whenAnOperatorOfTheHostStandsAround_thenItStaysWhatItIs() {
    FactorEngine engine = FactorEngine.builder()
        .operators(FactorOperators.of(List.of(new Range())))
        .build();
    FactorPlan plan = engine.plan(new FactorSet(
        "set", List.of(new Factor("f", "Range(CSRank(Range($close, $low, 3, 0)), $open, 5, 0)"))));

    assertThat(series(plan.stages(), 0).explain()).contains("reads [$close, $low]", "{Range=1,");
    assertThat(series(plan.stages(), 2).explain())
        .contains("reads [$open, $stage_out_1]", "{Range=1,");
  }

  @Test
  void whenADayIsComputed_thenRowsMustFitTheOperands() {
    CrossOperation operation =
        operations(plan("CSResidual($close,$cap)").stages(), 1).get(0);

    assertThat(operation.operands()).containsExactly("stage_in_1", "stage_in_2");
    assertThat(operation.compute(new double[] {1, 2, 4}, new double[] {10, 20, 40}))
        .containsExactly(0, 0, 0);
    assertThat(operation.compute(new double[0], new double[0])).isEmpty();
    assertThatThrownBy(() -> operation.compute(new double[] {1}))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContaining("reads 2 rows, was given 1");
    assertThatThrownBy(() -> operation.compute(new double[] {1}, new double[] {1, 2}))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("must have one length");
  }

  private static FactorPlan plan(String... expressions) {
    List<Factor> factors = new ArrayList<>();
    for (String expression : expressions) {
      factors.add(new Factor("f" + factors.size(), expression));
    }
    return FactorEngine.DEFAULT.plan(new FactorSet("set", factors));
  }

  private static FactorPlan series(FactorStages stages, int index) {
    return ((FactorStage.TimeSeries) stages.stages().get(index)).plan();
  }

  private static List<CrossOperation> operations(FactorStages stages, int index) {
    return ((FactorStage.CrossSectional) stages.stages().get(index)).operations();
  }
}
