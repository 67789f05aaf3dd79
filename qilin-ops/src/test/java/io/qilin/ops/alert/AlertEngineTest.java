package io.qilin.ops.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.alert.Alert;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Severity;
import io.qilin.api.error.QilinException;
import io.qilin.ops.alert.AlertEvent.Kind;
import io.qilin.ops.alert.AlertRule.Direction;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertEngineTest {
  private static final Instant AT = Instant.parse("2026-01-05T01:30:00Z");

  private static AlertRule.Builder rule() {
    return AlertRule.builder("slow", "latency", Direction.ABOVE, 1_000).cooldown(Duration.ZERO);
  }

  /** The kinds of events of one rule, reading after reading, a second apart; NaN is a missing one. */
  private static List<String> kinds(AlertRule rule, double... readings) {
    AlertEngine engine = AlertEngine.of(List.of(rule));
    List<String> kinds = new ArrayList<>();
    for (int i = 0; i < readings.length; i++) {
      long now = Long.MAX_VALUE - 2_000_000_000L + i * 1_000_000_000L;
      List<AlertEvent> events =
          engine.step(now, AT, Map.of(rule.metric(), Reading.of(readings[i])));
      String state = engine.state(rule.name()).orElseThrow().name();
      kinds.add(state + events.stream().map(each -> " " + each.kind()).reduce("", String::concat));
    }
    return kinds;
  }

  @Test
  void whenTheSeedsRulesAreAsked_thenTheyAreThree() {
    AlertEngine engine = AlertEngine.of(AlertRule.DEFAULTS);
    List<Alert> alerts = engine
        .step(
            0,
            AT,
            Map.of(
                "prediction_accuracy", Reading.of(0.59),
                "system_latency", Reading.of(1_001),
                "trading_profit", Reading.of(-10_001)))
        .stream()
        .map(AlertEvent::alert)
        .toList();
    assertThat(alerts)
        .extracting(Alert::severity)
        .containsExactly(Severity.CRITICAL, Severity.WARNING, Severity.WARNING);
    assertThat(alerts.get(0))
        .isEqualTo(new Alert(
            AT,
            ErrorCode.METRIC_ALERT,
            "rule:prediction_accuracy",
            "FIRING 'prediction_accuracy' is 0.59, below 0.6 (episode 1)",
            Severity.CRITICAL,
            Map.of(
                "threshold", new BigDecimal("0.6"),
                "value", new BigDecimal("0.59"),
                "episode", BigDecimal.valueOf(1))));
    assertThat(alerts.get(1).message()).contains("1001.0 ms, above 1000.0 ms");
    assertThat(alerts.get(2).message()).contains("-10001.0 yuan, below -10000.0 yuan");
    assertThat(engine.step(
            1,
            AT,
            Map.of(
                "prediction_accuracy", Reading.of(0.6),
                "system_latency", Reading.of(1_000),
                "trading_profit", Reading.of(-10_000))))
        .extracting(AlertEvent::kind)
        .containsOnly(Kind.RESOLVED)
        .hasSize(3);
  }

  @Test
  void whenReadingsAreWrongForLongEnough_thenItFiresOnceAndResolves() {
    assertThat(kinds(
            rule().forDuration(Duration.ofSeconds(2)).build(), 1, 2_000, 2_000, 2_000, 2_000, 1))
        .containsExactly("OK", "PENDING", "PENDING", "FIRING FIRING", "FIRING", "OK RESOLVED");
  }

  @Test
  void whenOneReadingIsFineBetween_thenTheTimeBeginsAnew() {
    assertThat(
            kinds(rule().forDuration(Duration.ofSeconds(2)).build(), 2_000, 2_000, 1, 2_000, 2_000))
        .containsExactly("PENDING", "PENDING", "OK", "PENDING", "PENDING");
  }

  @Test
  void whenAReadingIsMissing_thenTheGapNeitherCountsNorClears() {
    assertThat(kinds(
            rule().forDuration(Duration.ofSeconds(2)).build(),
            2_000,
            2_000,
            Double.NaN,
            Double.NaN,
            2_000,
            2_000,
            Double.POSITIVE_INFINITY))
        .containsExactly(
            "PENDING", "PENDING", "NO_DATA", "NO_DATA", "PENDING", "FIRING FIRING", "NO_DATA");
  }

  @Test
  void whenItHasHysteresis_thenOnlyTheClearThresholdEndsIt() {
    assertThat(kinds(rule().clearThreshold(800).build(), 1_500, 900, 1_500, 801, 800))
        .containsExactly("FIRING FIRING", "FIRING", "FIRING", "FIRING", "OK RESOLVED");
  }

  @Test
  void whenDataIsMissingForLongEnough_thenItIsToldOnceAndItsReturnToo() {
    assertThat(kinds(
            rule().noDataAfter(Duration.ofSeconds(1)).build(),
            Double.NaN,
            Double.NaN,
            Double.NaN,
            1,
            2_000,
            Double.NaN,
            Double.NaN,
            1))
        .containsExactly(
            "NO_DATA",
            "NO_DATA NO_DATA",
            "NO_DATA",
            "OK DATA_BACK",
            "FIRING FIRING",
            "NO_DATA",
            "NO_DATA NO_DATA",
            "OK DATA_BACK RESOLVED");
  }

  @Test
  void whenItFlaps_thenTheCooldownHoldsItBackAndAFiringThatLastsIsToldLate() {
    assertThat(kinds(
            rule().cooldown(Duration.ofSeconds(4)).build(), 2_000, 1, 2_000, 1, 2_000, 2_000, 1))
        .containsExactly(
            "FIRING FIRING",
            "OK RESOLVED",
            "FIRING",
            "OK",
            "FIRING FIRING",
            "FIRING",
            "OK RESOLVED");
  }

  @Test
  void whenTheSampleIsTooSmall_thenItCountsAsMissing() {
    AlertEngine engine = AlertEngine.of(List.of(rule().minSample(30).build()));
    assertThat(engine.step(0, AT, Map.of("latency", new Reading(2_000, 29)))).isEmpty();
    assertThat(engine.state("slow")).contains(AlertState.NO_DATA);
    assertThat(engine.step(1, AT, Map.of("latency", new Reading(2_000, 30)))).hasSize(1);
    assertThat(engine.state("other")).isEqualTo(Optional.empty());
    assertThat(engine.states()).containsExactly(Map.entry("slow", AlertState.FIRING));
  }

  @Test
  void whenARuleCannotWork_thenItIsRefused() {
    assertThatThrownBy(() -> rule().clearThreshold(1_001).build())
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("wrong side");
    assertThatThrownBy(
            () -> AlertRule.builder("n", "m", Direction.BELOW, Double.NaN).build())
        .hasMessageContaining("finite");
    assertThatThrownBy(() -> AlertRule.builder(" ", "m", Direction.BELOW, 1).build())
        .hasMessageContaining("name of a rule");
    assertThatThrownBy(() -> rule().minSample(0).build()).hasMessageContaining("minSample");
    assertThatThrownBy(() -> rule().forDuration(Duration.ofSeconds(-1)).build())
        .hasMessageContaining("forDuration");
    assertThatThrownBy(() -> AlertEngine.of(List.of(rule().build(), rule().build())))
        .hasMessageContaining("two rules");
  }

  @Test
  void whenThereAreAHundredThousandRulesOfHostileNames_thenTheyAreJudgedAndOneMoreIsRefused() {
    List<AlertRule> rules = new ArrayList<>();
    for (int i = 0; i < AlertEngine.MOST_RULES; i++) {
      rules.add(
          AlertRule.builder("\u202e\n'; DROP " + i, "m\r\n", Direction.ABOVE, 0).build());
    }
    AlertEngine engine = AlertEngine.of(rules);
    List<AlertEvent> events = engine.step(0, AT, Map.of("m\r\n", Reading.of(1)));
    assertThat(events).hasSize(AlertEngine.MOST_RULES);
    assertThat(events.get(0).alert().message()).contains("'m\\u000D\\u000A'");
    assertThat(engine.step(1, AT, Map.of("m\r\n", Reading.of(1)))).isEmpty();
    rules.add(rule().build());
    assertThatThrownBy(() -> AlertEngine.of(rules))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
  }
}
