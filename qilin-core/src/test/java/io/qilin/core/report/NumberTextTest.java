package io.qilin.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class NumberTextTest {
  @Test
  void whenRounded_thenHalfUpAndNoNegativeZero() {
    assertThat(NumberText.fixed(0.125, 2)).isEqualTo("0.13");
    assertThat(NumberText.fixed(-0.125, 2)).isEqualTo("-0.13");
    assertThat(NumberText.fixed(-0.001, 2)).isEqualTo("0.00");
    assertThat(NumberText.fixed(1e21, 0)).isEqualTo("1000000000000000000000");
  }

  @Test
  void whenNotANumber_thenItSaysSo() {
    assertThat(NumberText.fixed(Double.NaN, 2)).isEqualTo("–");
    assertThat(NumberText.percent(Double.NaN, 2)).isEqualTo("–");
    assertThat(NumberText.fixed(Double.NEGATIVE_INFINITY, 2)).isEqualTo("-∞");
    assertThat(NumberText.signed(Double.POSITIVE_INFINITY, 2)).isEqualTo("+∞");
  }

  @Test
  void whenSigned_thenOnlyPositiveNumbersGetAPlus() {
    assertThat(NumberText.signed(0.5, 1)).isEqualTo("+0.5");
    assertThat(NumberText.signed(0.01, 1)).isEqualTo("0.0");
    assertThat(NumberText.signed(-0.5, 1)).isEqualTo("-0.5");
    assertThat(NumberText.signedPercent(0.0312, 1)).isEqualTo("+3.1%");
    assertThat(NumberText.percent(-0.2, 0)).isEqualTo("-20%");
  }

  @Test
  void whenCounted_thenInGroupsOfThree() {
    assertThat(NumberText.count(0)).isEqualTo("0");
    assertThat(NumberText.count(999)).isEqualTo("999");
    assertThat(NumberText.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(NumberText.count(-123_456)).isEqualTo("-123,456");
  }

  @Test
  void whenTheLocaleIsAnother_thenTheTextIsTheSame() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(NumberText.fixed(1.5, 2) + NumberText.count(1000)).isEqualTo("1.501,000");
    } finally {
      Locale.setDefault(before);
    }
  }
}
