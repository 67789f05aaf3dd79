package io.qilin.data.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.check.CheckOutcome;
import io.qilin.api.check.QualityInput;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {
  private static QualityInput at(Instant now) {
    QualityInput good = Fixtures.good();
    return new QualityInput(good.bars(), good.securities(), good.calendar(), now);
  }

  /** The newest bar of the fixture is of Friday, 2024-01-05. */
  @ParameterizedTest(name = "at {0} the score is {1}")
  @CsvSource({
    "2024-01-05T15:00:00+08:00, 1.0",
    "2024-01-05T12:00:00+08:00, 1.0",
    "2024-01-07T20:00:00+08:00, 1.0",
    "2024-01-08T14:59:59+08:00, 1.0",
    "2024-01-08T15:00:59+08:00, 1.0",
    "2024-01-08T15:01:00+08:00, 0.8",
    "2024-01-08T15:04:59+08:00, 0.8",
    "2024-01-08T15:05:00+08:00, 0.5",
    "2024-01-08T15:14:59+08:00, 0.5",
    "2024-01-08T15:15:00+08:00, 0.2",
    "2024-03-01T09:00:00+08:00, 0.2"
  })
  void whenTimePasses_thenTheScoreFallsInFourSteps(OffsetDateTime now, double score) {
    CheckOutcome outcome = new Freshness().check(at(now.toInstant()));
    assertThat((double) (outcome.judged() - outcome.bad()) / outcome.judged()).isEqualTo(score);
    assertThat(outcome.findings()).hasSize(score < 1 ? 1 : 0);
  }

  @Test
  void whenNoCalendarKnowsTheDay_thenItDoesNotApply() {
    QualityInput good = Fixtures.good();
    QualityInput without =
        new QualityInput(good.bars(), good.securities(), Optional.empty(), good.now());
    assertThat(new Freshness().check(without)).isEqualTo(CheckOutcome.NOT_APPLICABLE);
    assertThat(new Freshness().check(at(Instant.parse("2090-01-01T00:00:00Z"))))
        .isEqualTo(CheckOutcome.NOT_APPLICABLE);
  }

  @Test
  void whenOnlyOneOfManyIsNew_thenTheDataIsOld() {
    StringBuilder rows = new StringBuilder("day symbol close\n");
    for (int i = 0; i < 6; i++) {
      rows.append("2024-01-04 60000").append(i).append(".SH 10\n");
    }
    QualityInput input = Fixtures.raw(rows.append("2024-01-05 600000.SH 10\n").toString());
    assertThat(new Freshness().check(input).bad()).isEqualTo(8);
  }
}
