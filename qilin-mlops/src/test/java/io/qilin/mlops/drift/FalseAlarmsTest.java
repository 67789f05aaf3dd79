package io.qilin.mlops.drift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class FalseAlarmsTest {
  private static final int RUNS = 100;
  /** 5 % and three standard errors. */
  private static final double MOST = 0.05 + 3 * Math.sqrt(0.05 * 0.95 / RUNS);

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void whenTheManyFeaturesAreCorrected_thenTheRateIsHeld(FalseAlarmControl control) {
    assertThat(FalseAlarms.independent(control, 0, 20, RUNS, 1)).isLessThanOrEqualTo(MOST);
  }

  @Test
  void whenTheyAreNotCorrected_thenMostChecksAlarm() {
    assertThat(FalseAlarms.independent(FalseAlarmControl.NONE, 0, 20, RUNS, 1)).isGreaterThan(0.4);
  }

  @Test
  void whenDaysAreShared_thenTheSizeTheyAreWorthHoldsTheRate() {
    assertThat(FalseAlarms.sharedDays(0.5, true, 30, 1)).isLessThanOrEqualTo(0.2);
  }

  @Test
  void whenDaysAreTakenForIndependent_thenTheRateIsNotHeld() {
    assertThat(FalseAlarms.sharedDays(0.5, false, 20, 1)).isGreaterThan(2 * MOST);
  }

  /** {@code -Dqilin.mlops.runs=2000}. */
  @Test
  @EnabledIfSystemProperty(named = "qilin.mlops.runs", matches = "[0-9]+")
  void whenManyChecksAreRun_thenTheRatesAreReported() {
    var lines = FalseAlarms.report(Integer.getInteger("qilin.mlops.runs") / 10);
    lines.forEach(System.out::println);
    assertThat(lines).isNotEmpty();
  }
}
