package io.qilin.mlops.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Histogram and breaker. */
class ServingPartsTest {
  @Property(tries = 300)
  void whenADurationIsCounted_thenItsBucketIsNoMoreThanASixteenthTooHigh(
      @ForAll @LongRange(min = 0, max = (1L << 40) - 1) long duration) {
    int bucket = LatencyHistogram.bucket(duration);
    long highest = LatencyHistogram.highest(bucket);

    assertThat(highest).isBetween(duration, duration + duration / 16);
    assertThat(LatencyHistogram.bucket(highest)).isEqualTo(bucket);
    assertThat(LatencyHistogram.bucket(highest + 1)).isEqualTo(bucket + 1);
  }

  @Test
  void whenManyDurationsAreCounted_thenPercentilesAreThoseOfTheSortedOnes() {
    LatencyHistogram histogram = new LatencyHistogram();
    Random random = new Random(5);
    long[] durations = new long[9_999];
    for (int i = 0; i < durations.length; i++) {
      durations[i] = (long) Math.exp(4 + 10 * random.nextDouble());
      histogram.count(i % Stripes.COUNT, durations[i], 2, i % 3 == 0);
    }
    Arrays.sort(durations);

    LatencySummary summary = histogram.summary();

    assertThat(summary.calls()).isEqualTo(9_999);
    assertThat(summary.rows()).isEqualTo(19_998);
    assertThat(summary.standby()).isEqualTo(3_333);
    assertThat(summary.meanNanos())
        .isEqualTo((double) Arrays.stream(durations).sum() / durations.length);
    assertThat(summary.p50Nanos())
        .isBetween(durations[4_999], durations[4_999] + durations[4_999] / 16);
    assertThat(summary.p99Nanos())
        .isBetween(durations[9_899], durations[9_899] + durations[9_899] / 16);
    assertThat(summary.maxNanos()).isEqualTo(durations[9_998]);
  }

  @Test
  void whenNothingOrNonsenseIsCounted_thenFiguresStaySound() {
    LatencyHistogram histogram = new LatencyHistogram();
    assertThat(histogram.summary()).isEqualTo(new LatencySummary(0, 0, 0, 0, Double.NaN, 0, 0, 0));

    histogram.count(0, -5, 0, false);
    histogram.count(15, Long.MAX_VALUE, 0, false);

    LatencySummary summary = histogram.summary();
    assertThat(summary.p50Nanos()).isZero();
    assertThat(summary.maxNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(summary.p99Nanos()).isPositive();
  }

  @Test
  void whenAVersionFailsOnAndOn_thenItIsTriedLessAndLess() {
    Breaker breaker = new Breaker(10, 35);
    long now = Long.MAX_VALUE - 20;

    assertThat(breaker.pass(now)).isEqualTo(Breaker.Pass.ASK);
    assertThat(breaker.failed(Breaker.Pass.ASK, now)).isTrue();
    assertThat(breaker.failed(Breaker.Pass.ASK, now)).as("a call that ran then").isFalse();
    for (long pause : new long[] {10, 20, 35, 35}) {
      assertThat(breaker.pass(now + pause - 1)).isEqualTo(Breaker.Pass.SKIP);
      now += pause;
      assertThat(breaker.pass(now)).isEqualTo(Breaker.Pass.PROBE);
      assertThat(breaker.pass(now)).as("one at a time").isEqualTo(Breaker.Pass.SKIP);
      assertThat(breaker.failed(Breaker.Pass.PROBE, now)).isFalse();
    }
    breaker.recovered();
    assertThat(breaker.pass(now)).isEqualTo(Breaker.Pass.ASK);
    assertThat(breaker.failed(Breaker.Pass.ASK, now)).isTrue();
    assertThat(breaker.pass(now + 10))
        .as("from the first pause again")
        .isEqualTo(Breaker.Pass.PROBE);
  }
}
