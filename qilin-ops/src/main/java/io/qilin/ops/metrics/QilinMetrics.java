package io.qilin.ops.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.qilin.ops.health.HealthStatus;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The recorders of all that Qilin measures, on the host's registry. Make one for a registry and share it: a second one would
 * count the different values of tags anew.
 *
 * <p>Recording never throws for a value and never blocks on more than the registry does. A value that is not finite is counted
 * in {@code qilin.metrics.refused} instead of recorded; a tag value that may not be is recorded as {@value MeterTag#OTHER} and
 * counted in {@code qilin.metrics.folded}. Thread-safe, as are the recorders.
 */
public final class QilinMetrics {
  private final MeterFamilies families;
  private final RequestMetrics requests;
  private final AgentMetrics agents;
  private final DataMetrics data;
  private final CacheMetrics caches;
  private final TradingMetrics trading;
  private final SecurityMetrics security;
  private final LlmMetrics llm;
  private final ModelMetrics models;

  private QilinMetrics(MeterFamilies families) {
    this.families = families;
    this.requests = new RequestMetrics(families);
    this.agents = new AgentMetrics(families);
    this.data = new DataMetrics(families);
    this.caches = new CacheMetrics(families);
    this.trading = new TradingMetrics(families);
    this.security = new SecurityMetrics(families);
    this.llm = new LlmMetrics(families);
    this.models = new ModelMetrics(families);
  }

  /** Recorders on a registry. */
  public static QilinMetrics on(MeterRegistry registry) {
    return new QilinMetrics(new MeterFamilies(Objects.requireNonNull(registry, "registry")));
  }

  /** Requests that the host answers. */
  public RequestMetrics requests() {
    return requests;
  }

  /** Analysts. */
  public AgentMetrics agents() {
    return agents;
  }

  /** Sources of data. */
  public DataMetrics data() {
    return data;
  }

  /** Caches. */
  public CacheMetrics caches() {
    return caches;
  }

  /** Signals, trades and portfolios. */
  public TradingMetrics trading() {
    return trading;
  }

  /** The security pipeline. */
  public SecurityMetrics security() {
    return security;
  }

  /** Language models. */
  public LlmMetrics llm() {
    return llm;
  }

  /** The registry of models. */
  public ModelMetrics models() {
    return models;
  }

  /**
   * Shows the health of the system as {@code qilin.system.health}: 1 healthy, 0.5 degraded, 0 unhealthy. Call it once.
   *
   * @param status asked whenever the gauge is read, so it must be quick; NaN is shown while it throws
   */
  public void showHealth(Supplier<HealthStatus> status) {
    Objects.requireNonNull(status, "status");
    families.gauge(QilinMeter.SYSTEM_HEALTH, () -> figure(status.get()));
  }

  private static double figure(HealthStatus status) {
    return switch (status) {
      case HEALTHY -> 1;
      case DEGRADED -> 0.5;
      case UNHEALTHY -> 0;
    };
  }

  MeterFamilies families() {
    return families;
  }
}
