package io.qilin.core.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.money.Money;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RiskSettingsTest {
  @Test
  void whenAProfileIsNamed_thenItHasTheLimitsOfTheTable() {
    assertThat(RiskSettings.conservative())
        .extracting(
            RiskSettings::single,
            RiskSettings::total,
            RiskSettings::sector,
            RiskSettings::positionLoss)
        .containsExactly(0.10, 0.60, 0.25, 0.02);
    assertThat(RiskSettings.moderate())
        .extracting(
            RiskSettings::single,
            RiskSettings::total,
            RiskSettings::sector,
            RiskSettings::positionLoss)
        .containsExactly(0.15, 0.80, 0.35, 0.03);
    assertThat(RiskSettings.aggressive())
        .extracting(
            RiskSettings::single,
            RiskSettings::total,
            RiskSettings::sector,
            RiskSettings::positionLoss)
        .containsExactly(0.20, 0.95, 0.50, 0.05);
  }

  @Test
  void whenCopied_thenTheSettingsAreEqual() {
    RiskSettings settings = RiskSettings.builder("aggressive")
        .profile("mine")
        .highWaterMark(Money.parse("5.00"))
        .sectors(Map.of(RiskCases.MAIN, "bank"))
        .continuous(true)
        .volumeShare(0.01)
        .build();
    assertThat(settings.toBuilder().build()).isEqualTo(settings);
  }

  @Test
  void whenTheProfileIsUnknown_thenTheKnownOnesAreTold() {
    assertThatThrownBy(() -> RiskSettings.builder("bold\n"))
        .hasMessageContaining("conservative, moderate or aggressive")
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
  }

  @Property
  void whenAFractionIsOutOfRange_thenItIsRefused(@ForAll double value) {
    RiskSettings.Builder builder = RiskSettings.builder("moderate").drawdown(value);
    if (value > 0 && value <= 1) {
      assertThat(builder.build().drawdown()).isEqualTo(value);
    } else {
      assertThatThrownBy(builder::build).isInstanceOf(QilinException.class);
    }
  }

  @Test
  void whenAFractionIsNotANumber_thenItIsRefused() {
    assertThatThrownBy(
            () -> RiskSettings.builder("moderate").limits(Double.NaN, 1, 1).build())
        .isInstanceOf(QilinException.class);
  }
}
