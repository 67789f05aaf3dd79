package io.qilin.ops.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.internal.Nanos;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Records what analysts do: {@link QilinMeter#AGENT_ANALYSIS}, {@link QilinMeter#AGENT_ERRORS}, {@link
 * QilinMeter#AGENTS_ACTIVE} and {@link QilinMeter#STOCKS_ANALYZED}. Thread-safe.
 */
public final class AgentMetrics {
  private final MeterFamilies families;
  private final BoundedMeters<Timer> durations;
  private final BoundedMeters<Counter> errors;
  private final Counter stocks;
  private final AtomicInteger active = new AtomicInteger();
  private final Clock clock;

  AgentMetrics(MeterFamilies families) {
    this.families = families;
    this.durations = families.timers(QilinMeter.AGENT_ANALYSIS);
    this.errors = families.counters(QilinMeter.AGENT_ERRORS);
    this.stocks = families.counter(QilinMeter.STOCKS_ANALYZED);
    this.clock = families.registry().config().clock();
    families.gauge(QilinMeter.AGENTS_ACTIVE, active::get);
  }

  /**
   * Has an analysis done, timed by the registry's clock; what it throws is counted and thrown.
   *
   * @param agent the analyst's id
   */
  public <T> T analyze(String agent, Supplier<T> analysis) {
    Objects.requireNonNull(agent, "agent");
    long began = begin();
    try {
      return analysis.get();
    } catch (RuntimeException | Error e) {
      failed(agent, code(e));
      throw e;
    } finally {
      end(agent, began);
    }
  }

  /** Records an analysis that was timed elsewhere. */
  public void analyzed(String agent, Duration took) {
    families.time(QilinMeter.AGENT_ANALYSIS, durations, List.of(agent), Nanos.of(took));
  }

  /** Counts an analysis that failed. */
  public void failed(String agent, ErrorCode code) {
    errors.of(List.of(agent, Codes.text(code))).increment();
  }

  /** Counts shares that were judged; a negative number is refused. */
  public void stocks(long judged) {
    families.count(QilinMeter.STOCKS_ANALYZED, stocks, (double) judged);
  }

  /**
   * Records the observations of one name: each is an analysis of the agent that a low-cardinality key names.
   *
   * @param observation for example {@code qilin.desk.analyst}
   * @param agentKey for example {@code analyst}
   */
  public ObservationHandler<Observation.Context> observations(String observation, String agentKey) {
    return new AnalysisObservations(this, observation, agentKey);
  }

  long begin() {
    active.incrementAndGet();
    return clock.monotonicTime();
  }

  void end(String agent, long began) {
    active.decrementAndGet();
    families.time(
        QilinMeter.AGENT_ANALYSIS, durations, List.of(agent), clock.monotonicTime() - began);
  }

  static ErrorCode code(Throwable failure) {
    return failure instanceof QilinException e ? e.code() : ErrorCode.UNKNOWN;
  }
}
