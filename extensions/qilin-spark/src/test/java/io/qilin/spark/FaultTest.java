package io.qilin.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.FactorEngine;
import io.qilin.data.demo.SplitMixPanel;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spark fails, and what a caller sees of it; afterwards it works again. */
@Timeout(120)
class FaultTest {
  private static final FactorSet FACTORS =
      FactorSet.of("set", new Factor("rank", "CSRank(Mean($close, 5))"));

  private final Panel panel = SplitMixPanel.dense(20, 30);

  @Test
  void whenATaskFailsOnce_thenItIsRepeatedAndTheBitsAreTheLocalOnes() {
    Dataset<Row> bars = failing(1);

    Dataset<Row> factors = SparkFactors.compute(bars, FACTORS);

    assertSame(factors);
  }

  @Test
  void whenATaskFailsAlways_thenTheErrorIsQilinsAndTheNextRunIsWell() {
    assertThatThrownBy(() -> SparkFactors.compute(failing(Integer.MAX_VALUE), FACTORS))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SYSTEM))
        .hasMessageContaining("Spark failed");

    assertSame(SparkFactors.compute(bars(), FACTORS));
  }

  @Test
  void whenTheJobIsCancelled_thenTheErrorSaysSoAndTheNextRunIsWell() {
    SparkSession session = Sessions.local();
    Dataset<Row> waiting = bars()
        .mapPartitions(
            (Iterator<Row> rows) -> {
              waitUntilStopped();
              return rows;
            },
            Encoders.row(BarRows.schema(panel)));
    SparkListener canceller = new SparkListener() {
      @Override
      public void onTaskStart(SparkListenerTaskStart started) {
        // Not all jobs: the word for a second task may come when the next run has begun.
        session.sparkContext().cancelStage(started.stageId());
      }
    };
    session.sparkContext().addSparkListener(canceller);
    try {
      assertThatThrownBy(() -> SparkFactors.compute(waiting, FACTORS))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    } finally {
      session.sparkContext().removeSparkListener(canceller);
    }

    assertSame(SparkFactors.compute(bars(), FACTORS));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whenATaskIsKilled_thenItIsRepeatedAndNothingComesTwice(boolean adaptive) {
    SparkSession session = Sessions.local();
    session.conf().set("spark.sql.adaptive.enabled", adaptive);
    Dataset<Row> factors = SparkFactors.compute(bars(), FACTORS);
    Dataset<Row> waiting = factors.mapPartitions(
        (Iterator<Row> rows) -> {
          if (TaskContext.getPartitionId() == 0 && TaskContext.get().attemptNumber() == 0) {
            waitUntilStopped();
            TaskContext.get().killTaskIfInterrupted();
          }
          return rows;
        },
        Encoders.row(factors.schema()));
    AtomicInteger killed = new AtomicInteger();
    SparkListener killer = new SparkListener() {
      @Override
      public void onTaskStart(SparkListenerTaskStart started) {
        if (started.taskInfo().index() == 0 && started.taskInfo().attemptNumber() == 0) {
          killed.incrementAndGet();
          session.sparkContext().killTaskAttempt(started.taskInfo().taskId(), false, "a test");
        }
      }
    };
    session.sparkContext().addSparkListener(killer);
    try {
      assertSame(waiting);
    } finally {
      session.sparkContext().removeSparkListener(killer);
      session.conf().unset("spark.sql.adaptive.enabled");
    }
    assertThat(killed.get()).isPositive();
  }

  @Test
  void whenTheBarsAreUsedManyTimes_thenTheyAreReadOnce() {
    LongAccumulator reads = Sessions.local().sparkContext().longAccumulator();
    Dataset<Row> counted = bars()
        .map(
            (MapFunction<Row, Row>) row -> {
              reads.add(1);
              return row;
            },
            Encoders.row(BarRows.schema(panel)));

    Dataset<Row> factors = SparkFactors.compute(counted, FACTORS);
    assertSame(factors);
    assertSame(factors);

    assertThat(reads.value()).isEqualTo(20 * 30);
  }

  @Test
  void whenTheCallerIsInterrupted_thenItStaysInterruptedAndTheNextRunIsWell() {
    Dataset<Row> bars = bars();
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> SparkFactors.compute(bars, FACTORS))
          .isInstanceOfSatisfying(
              QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }

    assertSame(SparkFactors.compute(bars(), FACTORS));
  }

  @Test
  void whenSparkIsStopped_thenTheErrorIsQilinsAndANewSessionIsWell() {
    Dataset<Row> bars = bars();
    Dataset<Row> factors = SparkFactors.compute(bars, FACTORS);
    Sessions.stop();

    assertThatThrownBy(() -> SparkFactors.compute(bars, FACTORS))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SYSTEM));
    assertThatThrownBy(() -> SparkJobs.call(() -> factors.count()))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SYSTEM));

    assertSame(SparkFactors.compute(bars(), FACTORS));
  }

  @Test
  void whenMemoryRanOutOrAQueryIsWrong_thenTheCodeTells() {
    assertThat(
            SparkJobs.failure(new IllegalStateException(new OutOfMemoryError("Java heap space"))))
        .extracting(QilinException::code)
        .isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
    assertThatThrownBy(() -> SparkJobs.call(() -> bars().select("nothing").count()))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  private Dataset<Row> bars() {
    return BarRows.of(Sessions.local(), panel, 3);
  }

  /** Bars of which each partition fails so many times. */
  private Dataset<Row> failing(int times) {
    return bars()
        .mapPartitions(
            (Iterator<Row> rows) -> {
              if (TaskContext.get().attemptNumber() < times) {
                throw new java.io.IOException("a disk failed");
              }
              return rows;
            },
            Encoders.row(BarRows.schema(panel)));
  }

  private static void waitUntilStopped() throws InterruptedException {
    // Cancelled jobs interrupt their tasks only where asked to, so the flag is looked at as well.
    CountDownLatch never = new CountDownLatch(1);
    while (!TaskContext.get().isInterrupted()
        && !never.await(10, java.util.concurrent.TimeUnit.MILLISECONDS)) {
      Thread.onSpinWait();
    }
  }

  private void assertSame(Dataset<Row> factors) {
    FactorTable local = FactorEngine.DEFAULT.compute(panel, FACTORS);
    assertThat(Sameness.check(factors, local, panel)).isGreaterThan(500);
  }
}
