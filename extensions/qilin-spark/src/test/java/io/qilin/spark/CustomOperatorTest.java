package io.qilin.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorOperator;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.market.Panel;
import io.qilin.core.expression.FactorOperators;
import io.qilin.core.factor.FactorEngine;
import io.qilin.data.demo.SplitMixPanel;
import io.qilin.data.quality.table.JudgeOptions;
import io.qilin.data.quality.table.TableRules;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Operators of the host, and what lambdas may hold. */
class CustomOperatorTest {
  private static final FactorSet FACTORS = FactorSet.of(
      "set", new Factor("f", "CSRank(Twice(Mean(CSDemean($close), 3))) + Twice($open)"));

  private final Panel panel = SplitMixPanel.wide(6, 20, 0.05);
  private final Dataset<Row> bars = BarRows.of(Sessions.local(), panel, 3);

  /** Doubles. */
  static final class Twice implements FactorOperator {
    @Override
    public String name() {
      return "Twice";
    }

    @Override
    public int operands() {
      return 1;
    }

    @Override
    public int parameters() {
      return 0;
    }

    @Override
    public void check(double[] parameters) {
      // There are none.
    }

    @Override
    public int rows(double[] parameters) {
      return 1;
    }

    @Override
    public double cost(double[] parameters) {
      return 1;
    }

    @Override
    public double value(double[][] windows, int length, double[] parameters) {
      return 2 * windows[0][length - 1];
    }
  }

  @Test
  void whenTheHostHasAnOperator_thenTasksComputeWithItAsTheLocalEngineDoes() {
    FactorEngine engine = FactorEngine.builder()
        .operators(FactorOperators.of(List.of(new Twice())))
        .build();

    Dataset<Row> factors = SparkFactors.compute(
        bars,
        FACTORS,
        SparkFactorSettings.builder()
            .operators(() -> FactorOperators.of(List.of(new Twice())))
            .build());

    assertThat(Sameness.check(factors, engine.compute(panel, FACTORS), panel)).isGreaterThan(100);
  }

  @Test
  void whenALambdaHoldsWhatCannotBeSent_thenTheErrorSaysHowToMendIt() {
    FactorOperator held = new Twice();
    SparkFactorSettings settings = SparkFactorSettings.builder()
        .operators(() -> FactorOperators.of(List.of(held)))
        .build();
    Object other = new Object();
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    assertUnsent(() -> SparkFactors.compute(bars, FACTORS, settings), Twice.class.getName());
    assertUnsent(
        () -> SparkQuality.judge(
            bars,
            TableRules.parse("complete close 0.1\n"),
            () -> {
              assertThat(other).isNotNull();
              return JudgeOptions.builder().build();
            },
            clock),
        "java.lang.Object");
  }

  private static void assertUnsent(Runnable call, String word) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContainingAll("cannot be sent", "inside the lambda", word);
  }
}
