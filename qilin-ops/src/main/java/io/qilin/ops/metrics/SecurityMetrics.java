package io.qilin.ops.metrics;

import io.micrometer.core.instrument.Timer;
import io.qilin.api.error.ErrorCode;
import java.util.List;
import java.util.Optional;

/** Times calls through the security pipeline: {@link QilinMeter#SECURITY_CALLS}. Thread-safe. */
public final class SecurityMetrics {
  private final MeterFamilies families;
  private final BoundedMeters<Timer> calls;

  SecurityMetrics(MeterFamilies families) {
    this.families = families;
    this.calls = families.timers(QilinMeter.SECURITY_CALLS);
  }

  /**
   * Records one call.
   *
   * @param step the one that ended it, for example {@code AUTHORIZE}
   * @param refusal why it was refused; empty if it was not
   * @param nanos how long it took
   */
  public void finished(String step, Optional<ErrorCode> refusal, long nanos) {
    String code = refusal.map(Codes::text).orElse("none");
    families.time(QilinMeter.SECURITY_CALLS, calls, List.of(step, code), nanos);
  }
}
