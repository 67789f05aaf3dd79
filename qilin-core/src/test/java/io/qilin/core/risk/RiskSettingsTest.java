package io.qilin.core.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.money.Money;
import java.util.List;
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
  void whenAProfileIsNamed_thenTheLimitsThatAllShareAreThose() {
    for (RiskSettings profile :
        List.of(RiskSettings.conservative(), RiskSettings.moderate(), RiskSettings.aggressive())) {
      assertThat(profile)
          .extracting(
              RiskSettings::drawdown,
              RiskSettings::dailyLoss,
              RiskSettings::valueAtRisk,
              RiskSettings::volumeShare,
              RiskSettings::minVolume,
              RiskSettings::minTurnover)
          .containsExactly(0.15, 0.05, 0.05, 0.05, 1_000_000L, 0.01);
    }
  }

  @Test
  void whenAnAmountIsOutOfRange_thenItIsRefused() {
    for (RiskSettings.Builder wrong : List.of(
        RiskSettings.builder("moderate").liquidity(-1, 0),
        RiskSettings.builder("moderate").liquidity(0, Double.NaN),
        RiskSettings.builder("moderate").liquidity(0, 1.1),
        RiskSettings.builder("moderate").dailyLoss(0),
        RiskSettings.builder("moderate").valueAtRisk(1.5),
        RiskSettings.builder("moderate").losses(1, 1, 0, 1),
        RiskSettings.builder("moderate").highWaterMark(Money.ofFen(-1)),
        RiskSettings.builder("moderate").dayStart(Money.ofFen(-1)))) {
      assertThatThrownBy(wrong::build)
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION));
    }
  }

  @Test
  void whenCopied_thenTheSettingsAreEqual() {
    RiskSettings settings = RiskSettings.builder("aggressive")
        .profile("mine")
        .highWaterMark(Money.parse("5.00"))
        .sectors(Map.of(RiskCases.MAIN, "bank"))
        .continuous(true)
        .volumeShare(0.01)
        .dayStart(Money.parse("6.00"))
        .dailyLoss(0.02)
        .valueAtRisk(0.03)
        .liquidity(5, 0)
        .losses(0.01, 0.02, 0.03, 0.04)
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
