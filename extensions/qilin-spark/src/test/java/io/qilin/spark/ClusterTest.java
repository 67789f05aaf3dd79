package io.qilin.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.core.expression.FactorOperators;
import io.qilin.core.factor.FactorEngine;
import io.qilin.data.demo.SplitMixPanel;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Two executors that are processes of their own: the same bits, also where one of them dies in the middle. Starting them takes
 * most of a minute, so that it is run by hand: {@code -Dqilin.spark.cluster=true}.
 */
@EnabledIfSystemProperty(named = "qilin.spark.cluster", matches = "true")
@Timeout(300)
class ClusterTest {
  private static final FactorSet FACTORS = FactorSet.of(
      "staged",
      new Factor("deep", "CSRank(Mean(CSDemean($close/$open),5)) - $low"),
      new Factor("slope", "Slope($close, 20)/$close"),
      new Factor("size", "CSResidual($volume,$cap)"));

  private static final AtomicInteger LOST = new AtomicInteger();

  private static SparkSession session;

  @BeforeAll
  static void start() {
    Sessions.stop();
    session = Clusters.quiet("local-cluster[2,1,512]")
        .config("spark.executor.memory", "512m")
        .config("spark.task.maxFailures", "4")
        .getOrCreate();
    session.sparkContext().addSparkListener(new SparkListener() {
      @Override
      public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        LOST.incrementAndGet();
      }
    });
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  @Test
  void whenAnExecutorDiesWithTheRowsItHolds_thenTheBitsAreTheLocalOnes() {
    Panel panel = SplitMixPanel.wide(60, 120, 0.02);
    FactorTable local = FactorEngine.DEFAULT.compute(panel, FACTORS);

    Dataset<Row> factors = SparkFactors.compute(
        skewed(panel), FACTORS, SparkFactorSettings.builder().partitions(4).build());
    Dataset<Row> checked = factors.mapPartitions(
        (Iterator<Row> rows) -> {
          dieOnce();
          return rows;
        },
        Encoders.row(factors.schema()));

    assertThat(Sameness.check(checked, local, panel)).isGreaterThan(15_000);
    assertThat(LOST.get()).isEqualTo(1);
    assertThatThrownBy(() -> SparkJobs.call(() -> factors
            .map((MapFunction<Row, Row>) ClusterTest::fail, Encoders.row(factors.schema()))
            .count()))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_QUALITY))
        .hasMessageContaining("thrown on an executor");
  }

  @Test
  void whenTheHostHasAnOperator_thenEachProcessMakesIt() {
    Panel panel = SplitMixPanel.wide(20, 60, 0.02);
    FactorSet factors =
        FactorSet.of("set", new Factor("f", "CSRank(Twice($close)) + Twice($open)"));
    FactorEngine engine = FactorEngine.builder()
        .operators(FactorOperators.of(List.of(new CustomOperatorTest.Twice())))
        .build();

    Dataset<Row> result = SparkFactors.compute(
        BarRows.of(session, panel, 4),
        factors,
        SparkFactorSettings.builder()
            .operators(() -> FactorOperators.of(List.of(new CustomOperatorTest.Twice())))
            .build());

    assertThat(Sameness.check(result, engine.compute(panel, factors), panel)).isGreaterThan(1_000);
  }

  private static Row fail(Row row) {
    throw new QilinException(ErrorCode.DATA_QUALITY, "thrown on an executor");
  }

  /** Nine tenths of the rows in one partition, some partitions with none. */
  private static Dataset<Row> skewed(Panel panel) {
    Dataset<Row> all = BarRows.of(session, panel, 4);
    Dataset<Row> many = all.filter("instrument < 'P000054'").coalesce(1);
    return many.union(all.filter("instrument >= 'P000054'"));
  }

  /** Ends the process of the executor that is the first to make rows of partition 0, with all that it has stored. */
  private static void dieOnce() {
    TaskContext task = TaskContext.get();
    boolean first =
        task.partitionId() == 0 && task.attemptNumber() == 0 && task.stageAttemptNumber() == 0;
    if (first && !SparkEnv.get().executorId().equals("driver")) {
      Runtime.getRuntime().halt(9);
    }
  }
}
