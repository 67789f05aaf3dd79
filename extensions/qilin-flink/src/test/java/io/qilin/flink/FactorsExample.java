package io.qilin.flink;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Field;
import io.qilin.core.factor.FactorEngine;
import io.qilin.core.factor.FactorPlan;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The second program of the README. */
final class FactorsExample {
  private FactorsExample() {}

  // region readme
  static FactorPlan plan() {
    return FactorEngine.DEFAULT.plan(
        FactorSet.of("mine", new Factor("rank", "CSRank($close/Ref($close,5)-1)")));
  }

  static FlinkFactors.Results minutes(DataStream<FactorRow> rows) {
    return FlinkFactors.of(FactorsExample::plan, List.of(Field.CLOSE))
        .idleAfter(Duration.ofSeconds(10))
        .stream(rows, Duration.ofSeconds(5));
  }

  static DataStream<FactorRow> days(DataStream<FactorRow> rows, List<LocalDate> tradingDays) {
    rows.getExecutionEnvironment().setRuntimeMode(RuntimeExecutionMode.BATCH);
    return FlinkFactors.of(FactorsExample::plan, List.of(Field.CLOSE)).batch(rows, tradingDays);
  }
  // endregion
}
