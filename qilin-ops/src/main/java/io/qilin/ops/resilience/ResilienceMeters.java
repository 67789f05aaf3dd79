package io.qilin.ops.resilience;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The meters of one dependency. They read what is counted anyway, so that a call pays nothing for them; the only tags are the
 * dependency, and which quantile.
 */
final class ResilienceMeters implements AutoCloseable {
  private static final String DEPENDENCY = "dependency";

  private final MeterRegistry registry;
  private final Resilience source;
  private final Tally tally;
  private final List<Meter> meters = new ArrayList<>();

  ResilienceMeters(MeterRegistry registry, Resilience source, Tally tally) {
    this.registry = registry;
    this.source = source;
    this.tally = tally;
    count("attempts", "attempts that have ended", each -> each.latencies.count());
    count("failures", "failures that calls met", sum(each -> each.failures));
    count("retries", "attempts after the first", sum(each -> each.retries));
    count("hedges", "attempts beside one that was late", sum(each -> each.hedges));
    count("hedge.wins", "hedges that answered first", sum(each -> each.hedgeWins));
    count("refusals", "attempts that were not made", sum(each -> each.refusals));
    count("fallbacks", "calls answered by a fallback", sum(each -> each.fallbacks));
    count("failed.calls", "calls without an answer", sum(each -> each.failedCalls));
    gauge("breaker.state", "0 closed, 1 probing, 2 open", ResilienceMeters::number);
    gauge(
        "places.free",
        "attempts that may still begin at once; NaN without a limit",
        each -> each.freePlaces().map(Integer::doubleValue).orElse(Double.NaN));
    gauge("retries.left", "retries that the budget has saved", ResilienceState::retriesLeft);
    quantile("0.5", Latency::p50);
    quantile("0.95", Latency::p95);
    quantile("0.99", Latency::p99);
  }

  private static double number(ResilienceState state) {
    return switch (state.breaker()) {
      case CLOSED -> 0;
      case PROBING -> 1;
      case OPEN -> 2;
    };
  }

  private static ToDoubleFunction<Tally> sum(Function<Tally, LongAdder> adder) {
    return tally -> adder.apply(tally).sum();
  }

  private void count(String what, String description, ToDoubleFunction<Tally> value) {
    meters.add(FunctionCounter.builder("qilin.resilience." + what, tally, value)
        .description(description)
        .tag(DEPENDENCY, source.name())
        .register(registry));
  }

  private void gauge(String what, String description, ToDoubleFunction<ResilienceState> value) {
    meters.add(
        Gauge.builder("qilin.resilience." + what, source, each -> value.applyAsDouble(each.state()))
            .description(description)
            .tag(DEPENDENCY, source.name())
            .register(registry));
  }

  private void quantile(String quantile, Function<Latency, Duration> value) {
    meters.add(TimeGauge.builder(
            "qilin.resilience.latency",
            source,
            TimeUnit.NANOSECONDS,
            each -> value.apply(each.state().latency()).toNanos())
        .description("how long the last 256 attempts took")
        .tag(DEPENDENCY, source.name())
        .tag("quantile", quantile)
        .register(registry));
  }

  @Override
  public void close() {
    meters.forEach(registry::remove);
  }
}
