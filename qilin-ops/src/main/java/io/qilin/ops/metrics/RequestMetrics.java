package io.qilin.ops.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.qilin.ops.internal.Nanos;
import java.time.Duration;
import java.util.List;

/** Records requests that a host answers: {@link QilinMeter#REQUESTS} and {@link QilinMeter#REQUEST_DURATION}. Thread-safe. */
public final class RequestMetrics {
  private final MeterFamilies families;
  private final BoundedMeters<Counter> requests;
  private final BoundedMeters<Timer> durations;

  RequestMetrics(MeterFamilies families) {
    this.families = families;
    this.requests = families.counters(QilinMeter.REQUESTS);
    this.durations = families.timers(QilinMeter.REQUEST_DURATION);
  }

  /**
   * Records one request.
   *
   * @param method of HTTP, for example {@code POST}
   * @param endpoint the route, not the path: {@code /orders/{id}}, so that ids make no series
   * @param status of HTTP, 100 to 599
   * @param took from the first byte to the answer
   */
  public void finished(String method, String endpoint, int status, Duration took) {
    String code = status >= 100 && status <= 599 ? Integer.toString(status) : MeterTag.OTHER;
    requests.of(List.of(method, endpoint, code)).increment();
    families.time(
        QilinMeter.REQUEST_DURATION, durations, List.of(method, endpoint), Nanos.of(took));
  }
}
