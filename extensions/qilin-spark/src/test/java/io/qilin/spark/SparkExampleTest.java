package io.qilin.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.data.demo.SplitMixPanel;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SparkExampleTest {
  @Test
  void whenTheProgramOfTheReadmeRuns_thenItCountsTheUpperHalf() {
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    assertThat(
            SparkExample.run(BarRows.of(Sessions.local(), SplitMixPanel.dense(10, 40), 2), clock))
        .isEqualTo(5 * 40);
  }
}
