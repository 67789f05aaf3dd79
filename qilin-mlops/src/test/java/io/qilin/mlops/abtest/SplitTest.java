package io.qilin.mlops.abtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {
  private static final MetricRule ACCURACY = new MetricRule(TestMetric.ACCURACY, 0);

  private static Split split(String id, String salt, double... weights) {
    AbTestPlan.Builder plan = AbTestPlan.builder(
            id, new Arm("a0", weights[0], Optional.empty()), ACCURACY)
        .salt(salt);
    for (int i = 1; i < weights.length; i++) {
      plan.arm(new Arm("a" + i, weights[i], Optional.empty()));
    }
    return new Split(plan.build());
  }

  /** The numbers in [0, 1) were computed with Python's hashlib; here arms of one thousandth each would be too many, so ten. */
  @ParameterizedTest
  @CsvSource({
    "'', 600519.SH, 2024-01-02, 0.4195053492837598",
    "'', 000001.SZ, 2024-01-02, 0.45784394728629585",
    "'', 600519.SH, 2024-01-03, 0.617994670174934",
    "'', 300750.SZ, 2024-01-02, 0.8856740660550716",
    "pepper, 600519.SH, 2024-01-02, 0.031176777958928703",
    "pepper, 000001.SZ, 2024-01-02, 0.9286101218974009"
  })
  void whenAssigned_thenByTheHashOfSaltTestSymbolAndDate(
      String salt, String symbol, LocalDate date, double drawn) {
    double[] tenths = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    assertThat(split("t1", salt, tenths).place(symbol, date)).isEqualTo((int) (drawn * 10));
  }

  @Test
  void whenManyAreAssigned_thenTheSharesAreThePlans() {
    Split split = split("t1", "", 0.2, 0.3, 0.5);
    int[] counts = new int[3];
    for (int symbol = 0; symbol < 100; symbol++) {
      String code = String.format(Locale.ROOT, "%06d.SH", symbol);
      for (int day = 0; day < 100; day++) {
        counts[split.place(code, LocalDate.of(2024, 1, 1).plusDays(day))]++;
      }
    }
    // Five standard errors of 20,000 draws.
    assertThat(counts[0] / 10_000.0).isCloseTo(0.2, within(0.02));
    assertThat(counts[1] / 10_000.0).isCloseTo(0.3, within(0.023));
    assertThat(counts[2] / 10_000.0).isCloseTo(0.5, within(0.025));
  }

  @Test
  void whenTwoTestsRun_thenTheirArmsAreNotTheSame() {
    Split one = split("one", "", 0.5, 0.5);
    Split two = split("two", "", 0.5, 0.5);
    int same = 0;
    for (int i = 0; i < 10_000; i++) {
      LocalDate day = LocalDate.of(2024, 1, 1).plusDays(i);
      same += one.place("600519.SH", day) == two.place("600519.SH", day) ? 1 : 0;
    }
    assertThat(same / 10_000.0).isCloseTo(0.5, within(0.025));
  }
}
