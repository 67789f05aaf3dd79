package io.qilin.ops.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.ops.alert.AlertRule.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The engine against a plain model that judges the whole history anew at every step. */
class AlertEnginePropertyTest {
  /** One reading, so many seconds after the one before; empty is missing. */
  record Step(int seconds, Optional<Integer> value) {}

  @Property(tries = 200)
  void whenReadingsAreRandom_thenEngineAndModelAgree(
      @ForAll("rules") AlertRule rule, @ForAll("histories") List<Step> history) {
    AlertEngine engine = AlertEngine.of(List.of(rule));
    List<String> told = new ArrayList<>();
    long now = -5_000_000_000L;
    for (Step step : history) {
      now += step.seconds() * 1_000_000_000L;
      Map<String, Reading> readings =
          step.value().map(value -> Map.of("m", Reading.of(value))).orElse(Map.of());
      List<AlertEvent> events = engine.step(now, Instant.EPOCH, readings);
      told.add(engine.state("r").orElseThrow() + " "
          + events.stream().map(AlertEvent::kind).toList());
    }
    assertThat(told).isEqualTo(model(rule, history));
  }

  @Property(tries = 60)
  void whenReadingsAreRandom_thenFiringsAreNeverCloserThanTheCooldownAndAlternate(
      @ForAll("rules") AlertRule rule, @ForAll("histories") List<Step> history) {
    AlertEngine engine = AlertEngine.of(List.of(rule));
    long now = 0;
    long last = Long.MIN_VALUE / 2;
    boolean open = false;
    for (Step step : history) {
      now += step.seconds() * 1_000_000_000L;
      double value = step.value().map(Integer::doubleValue).orElse(Double.NaN);
      for (AlertEvent event : engine.step(now, Instant.EPOCH, Map.of("m", Reading.of(value)))) {
        if (event.kind() == AlertEvent.Kind.FIRING) {
          assertThat(open).isFalse();
          assertThat(now - last).isGreaterThanOrEqualTo(rule.cooldown().toNanos());
          last = now;
          open = true;
        } else if (event.kind() == AlertEvent.Kind.RESOLVED) {
          assertThat(open).isTrue();
          open = false;
        }
      }
    }
  }

  @Provide
  Arbitrary<AlertRule> rules() {
    Arbitrary<Duration> lengths = Arbitraries.integers().between(0, 6).map(Duration::ofSeconds);
    return Combinators.combine(
            Arbitraries.of(Direction.values()),
            Arbitraries.integers().between(0, 3),
            lengths,
            lengths,
            lengths)
        .as((direction, apart, forDuration, cooldown, noData) -> AlertRule.builder(
                "r", "m", direction, 5)
            .clearThreshold(direction == Direction.BELOW ? 5 + apart : 5 - apart)
            .forDuration(forDuration)
            .cooldown(cooldown)
            .noDataAfter(noData)
            .build());
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Optional<Integer>> values =
        Arbitraries.integers().between(0, 10).injectNull(0.2).map(Optional::ofNullable);
    return Combinators.combine(Arbitraries.integers().between(0, 4), values)
        .as(Step::new)
        .list()
        .ofMaxSize(40);
  }

  /** States and events, each step from the whole history before it. */
  private static List<String> model(AlertRule rule, List<Step> history) {
    List<String> lines = new ArrayList<>();
    List<Integer> times = new ArrayList<>();
    int time = 0;
    for (Step step : history) {
      time += step.seconds();
      times.add(time);
    }
    Integer firingTold = null;
    boolean firingOpen = false;
    Integer missingTold = null;
    boolean missingOpen = false;
    for (int i = 0; i < history.size(); i++) {
      List<AlertEvent.Kind> events = new ArrayList<>();
      boolean missing = history.get(i).value().isEmpty();
      String level = level(rule, history, times, i);
      if (missing) {
        int since = i;
        while (since > 0 && history.get(since - 1).value().isEmpty()) {
          since--;
        }
        boolean long_ = times.get(i) - times.get(since) >= rule.noDataAfter().toSeconds();
        if (long_ && !missingOpen && cool(rule, missingTold, times.get(i))) {
          missingOpen = true;
          missingTold = times.get(i);
          events.add(AlertEvent.Kind.NO_DATA);
        }
      } else {
        if (missingOpen) {
          missingOpen = false;
          events.add(AlertEvent.Kind.DATA_BACK);
        }
        if (level.equals("FIRING") && !firingOpen && cool(rule, firingTold, times.get(i))) {
          firingOpen = true;
          firingTold = times.get(i);
          events.add(AlertEvent.Kind.FIRING);
        } else if (!level.equals("FIRING") && firingOpen) {
          firingOpen = false;
          events.add(AlertEvent.Kind.RESOLVED);
        }
      }
      lines.add((missing ? "NO_DATA" : level) + " " + events);
    }
    return lines;
  }

  private static boolean cool(AlertRule rule, Integer told, int now) {
    return told == null || now - told >= rule.cooldown().toSeconds();
  }

  /** Where the rule stands after step {@code last}, missing readings left out of account. */
  private static String level(AlertRule rule, List<Step> history, List<Integer> times, int last) {
    int sign = rule.direction() == Direction.BELOW ? -1 : 1;
    boolean firing = false;
    int from = 0;
    for (int i = 0; i <= last; i++) {
      if (history.get(i).value().isEmpty()) {
        continue;
      }
      int value = history.get(i).value().get();
      boolean wrong = sign * value > sign * 5;
      boolean clear = sign * value <= sign * rule.clearThreshold();
      if (firing ? clear : !wrong) {
        firing = false;
        from = i + 1;
      } else if (!firing) {
        int held = 0;
        for (int k = from + 1; k <= i; k++) {
          boolean both =
              history.get(k).value().isPresent() && history.get(k - 1).value().isPresent();
          held += both ? times.get(k) - times.get(k - 1) : 0;
        }
        firing = held >= rule.forDuration().toSeconds();
      }
    }
    boolean pending = false;
    for (int i = from; i <= last; i++) {
      pending |= history.get(i).value().isPresent();
    }
    return firing ? "FIRING" : pending ? "PENDING" : "OK";
  }
}
