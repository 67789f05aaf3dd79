package io.qilin.ops.alert;

import io.qilin.ops.alert.AlertEvent.Kind;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What a rule has seen so far. All lengths of time are differences of the ticker. For the lock of its engine. */
final class RuleProgress {
  private final AlertRule rule;
  private final long forNanos;
  private final long noDataNanos;
  private final Told firing;
  private final Told noData;
  private AlertState judged = AlertState.OK;
  private boolean missing;
  private long missingSince;
  /** Time between readings that were both wrong and had none missing between them. */
  private long wrongNanos;

  private long wrongAt;
  private boolean wrongBefore;

  RuleProgress(AlertRule rule) {
    this.rule = rule;
    this.forNanos = rule.forDuration().toNanos();
    this.noDataNanos = rule.noDataAfter().toNanos();
    this.firing = new Told(rule.cooldown().toNanos());
    this.noData = new Told(rule.cooldown().toNanos());
  }

  AlertRule rule() {
    return rule;
  }

  AlertState state() {
    return missing ? AlertState.NO_DATA : judged;
  }

  /** Takes what was read, adds what is to be told. */
  void step(long now, Instant at, @Nullable Reading reading, List<AlertEvent> out) {
    if (reading != null
        && Double.isFinite(reading.value())
        && reading.sample() >= rule.minSample()) {
      seen(now, at, reading.value(), out);
    } else {
      missed(now, at, out);
    }
  }

  private void missed(long now, Instant at, List<AlertEvent> out) {
    if (!missing) {
      missing = true;
      missingSince = now;
      wrongBefore = false;
    }
    if (now - missingSince >= noDataNanos && noData.tell(now)) {
      out.add(event(Kind.NO_DATA, at, OptionalDouble.empty(), noData));
    }
  }

  private void seen(long now, Instant at, double number, List<AlertEvent> out) {
    OptionalDouble value = OptionalDouble.of(number);
    if (missing) {
      missing = false;
      if (noData.end()) {
        out.add(event(Kind.DATA_BACK, at, value, noData));
      }
    }
    judge(now, number);
    if (judged == AlertState.FIRING) {
      if (firing.tell(now)) {
        out.add(event(Kind.FIRING, at, value, firing));
      }
    } else if (firing.end()) {
      out.add(event(Kind.RESOLVED, at, value, firing));
    }
  }

  private void judge(long now, double value) {
    if (judged == AlertState.FIRING) {
      if (rule.clears(value)) {
        fine();
      }
    } else if (rule.breaches(value)) {
      wrong(now);
    } else {
      fine();
    }
  }

  private void wrong(long now) {
    if (wrongBefore) {
      wrongNanos += Math.max(0, now - wrongAt);
    }
    wrongBefore = true;
    wrongAt = now;
    judged = wrongNanos >= forNanos ? AlertState.FIRING : AlertState.PENDING;
  }

  private void fine() {
    judged = AlertState.OK;
    wrongBefore = false;
    wrongNanos = 0;
  }

  private AlertEvent event(Kind kind, Instant at, OptionalDouble value, Told told) {
    return new AlertEvent(kind, rule, at, value, told.episode());
  }
}
