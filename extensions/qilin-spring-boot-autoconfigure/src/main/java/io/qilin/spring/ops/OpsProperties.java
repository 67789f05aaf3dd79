package io.qilin.spring.ops;

import io.qilin.spring.PropertyRefused;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What keeps an application running for months.
 *
 * @param health how parts are asked
 * @param resilience policies by the name of what they guard; {@code default} is for all others
 * @param quotas what strategies may use
 * @param shutdown how the application stops
 */
@ConfigurationProperties(prefix = "qilin.ops", ignoreUnknownFields = false)
public record OpsProperties(
    @DefaultValue Health health,
    @DefaultValue Map<String, Policy> resilience,
    @DefaultValue Quotas quotas,
    @DefaultValue Shutdown shutdown) {
  /**
   * How parts are asked how they are.
   *
   * @param timeout a part that has not answered by then is down
   * @param cache how long an answer stands
   */
  public record Health(
      @DefaultValue("5s") Duration timeout,
      @DefaultValue("1s") Duration cache) {}

  /**
   * How calls to one partner are guarded; what is not set is as in Qilin's default policy.
   *
   * @param attempts calls at most, the first included
   * @param attemptTimeout how long one may take
   * @param deadline how long all may take
   * @param concurrent how many at once
   * @param failureShare from which share of failures on no call goes through
   * @param openTime how long then
   */
  public record Policy(
      @Nullable Integer attempts,
      @Nullable Duration attemptTimeout,
      @Nullable Duration deadline,
      @Nullable Integer concurrent,
      @Nullable Double failureShare,
      @Nullable Duration openTime) {}

  /**
   * What strategies may use; nothing is shared out without workers.
   *
   * @param workers of all strategies together
   * @param strategies by name
   */
  public record Quotas(
      @Nullable Integer workers, @DefaultValue Map<String, Strategy> strategies) {
    /** Copies the map. */
    public Quotas {
      strategies = Map.copyOf(strategies);
    }
  }

  /**
   * What one strategy may use.
   *
   * @param maxWorkers at once; without bound unless set
   * @param cpuShare of all cores, above 0 to 1; without bound unless set
   * @param weight its share when several wait
   */
  public record Strategy(
      @Nullable Integer maxWorkers,
      @Nullable Double cpuShare,
      @DefaultValue("1") int weight) {}

  /**
   * How the application stops.
   *
   * @param drainWithin how long work that was taken may go on
   * @param stopWithin how long all may take, draining included
   */
  public record Shutdown(
      @DefaultValue("10s") Duration drainWithin,
      @DefaultValue("30s") Duration stopWithin) {}

  /**
   * Checks the values and copies the maps.
   *
   * @throws PropertyRefused if one is out of range
   */
  public OpsProperties {
    resilience = Map.copyOf(resilience);
    positive("qilin.ops.health.timeout", health.timeout());
    PropertyRefused.unless(
        !health.cache().isNegative(),
        "qilin.ops.health.cache",
        health.cache(),
        "a duration that is not negative");
    positive("qilin.ops.shutdown.drain-within", shutdown.drainWithin());
    positive("qilin.ops.shutdown.stop-within", shutdown.stopWithin());
    PropertyRefused.unless(
        shutdown.drainWithin().compareTo(shutdown.stopWithin()) <= 0,
        "qilin.ops.shutdown.drain-within",
        shutdown.drainWithin(),
        "draining is part of stopping: at most qilin.ops.shutdown.stop-within, which is "
            + shutdown.stopWithin());
    Integer workers = quotas.workers();
    PropertyRefused.unless(
        workers == null || workers >= 1,
        "qilin.ops.quotas.workers",
        String.valueOf(workers),
        "a number of workers from 1");
    PropertyRefused.unless(
        workers != null || quotas.strategies().isEmpty(),
        "qilin.ops.quotas.strategies",
        quotas.strategies().keySet(),
        "quotas share out workers: set qilin.ops.quotas.workers too");
  }

  private static void positive(String property, Duration span) {
    PropertyRefused.unless(
        span.compareTo(Duration.ZERO) > 0 && span.compareTo(Duration.ofDays(1)) <= 0,
        property,
        span,
        "a duration above 0 and at most a day, for example 10s");
  }
}
