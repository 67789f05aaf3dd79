package io.qilin.ops.resilience;

import io.micrometer.core.instrument.MeterRegistry;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.health.HealthResult;
import io.qilin.ops.health.HealthStatus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The dependencies of a host, each guarded by the policy that stands under its name, or by the one that stands under {@value
 * #DEFAULT}.
 *
 * <p>Safe for use by several threads: a known name is found without a lock; making one and changing policies happen under one lock, so
 * that none is made by a policy that was just replaced.
 */
public final class Dependencies implements AutoCloseable {
  /** The name under which the policy of all stands that have none of their own. */
  public static final String DEFAULT = "default";

  private final Executor executor;
  private final LongSupplier ticker;
  private final Clock clock;
  private final long seed;
  private final int mostNames;
  private final Optional<MeterRegistry> registry;
  private final Optional<Pause> pause;
  private final Map<String, Resilience> known = new ConcurrentHashMap<>();
  private Map<String, ResiliencePolicy> policies;
  private boolean closed;

  private Dependencies(Builder builder) {
    this.executor = builder.executor;
    this.ticker = builder.ticker;
    this.clock = builder.clock;
    this.seed = builder.seed;
    this.mostNames = builder.mostNames;
    this.registry = builder.registry;
    this.pause = builder.pause;
    this.policies = builder.policies;
  }

  /**
   * Starts with what must be given; the parts are those of {@link Resilience#builder}.
   *
   * @param seed of the jitter; each dependency draws from its own sequence
   */
  public static Builder builder(Executor executor, LongSupplier ticker, Clock clock, long seed) {
    return new Builder(executor, ticker, clock, seed);
  }

  /**
   * The guard of a dependency; the same for the same name.
   *
   * @throws QilinException INVALID_CONFIGURATION for a name of another form than {@link Resilience#builder} takes; LIMIT_EXCEEDED
   *     if there are too many
   */
  public Resilience of(String name) {
    Resilience found = known.get(Objects.requireNonNull(name, "name"));
    return found == null ? make(name) : found;
  }

  private synchronized Resilience make(String name) {
    Resilience found = known.get(name);
    if (found != null) {
      return found;
    }
    if (known.size() >= mostNames) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "there are " + mostNames + " dependencies; another name is not taken: "
              + QilinException.quote(name) + "; names are for parts, not for calls");
    }
    Resilience.Builder builder = Resilience.builder(
        name, policyOf(name), executor, ticker, clock, seed ^ ((long) name.hashCode() << 32));
    if (!closed) {
      registry.ifPresent(builder::meters);
    }
    pause.ifPresent(builder::pause);
    Resilience made = builder.build();
    known.put(name, made);
    return made;
  }

  private ResiliencePolicy policyOf(String name) {
    ResiliencePolicy own = policies.get(name);
    return own != null ? own : policies.getOrDefault(DEFAULT, ResiliencePolicy.DEFAULT);
  }

  /**
   * Puts other policies in force, for all names at once as seen by the next call of each; {@link Resilience#policy} says what stays.
   *
   * @param next by name of the dependency; one that is not in it gets the default
   * @throws QilinException INVALID_CONFIGURATION for a name that no dependency can have; nothing is changed then
   */
  public synchronized void reconfigure(Map<String, ResiliencePolicy> next) {
    policies = named(next);
    known.forEach((name, resilience) -> resilience.policy(policyOf(name)));
  }

  /** How all go that were asked for so far, by name. */
  public List<ResilienceState> states() {
    List<ResilienceState> states = new ArrayList<>();
    new TreeMap<>(known).values().forEach(each -> states.add(each.state()));
    return List.copyOf(states);
  }

  /**
   * DEGRADED, with the names, if one of them is not healthy: whether the host can do without it, its own check decides ({@link
   * Resilience#health}).
   */
  public HealthResult health() {
    HealthResult result = HealthResult.healthy();
    List<String> ill = new ArrayList<>();
    for (Resilience each : new TreeMap<>(known).values()) {
      HealthStatus status = each.health().status();
      if (status != HealthStatus.HEALTHY) {
        ill.add(each.name());
      }
      result = result.with(each.name(), status);
    }
    return ill.isEmpty()
        ? result
        : new HealthResult(HealthStatus.DEGRADED, "not well: " + ill, result.facts());
  }

  /** A policy under a name that cannot be asked for would be in force nowhere, and nobody would know. */
  private static Map<String, ResiliencePolicy> named(Map<String, ResiliencePolicy> policies) {
    Map<String, ResiliencePolicy> copy = Map.copyOf(policies);
    copy.keySet().stream().sorted().forEach(Resilience::checkName);
    return copy;
  }

  /** Takes all meters out of their registry; what is made later has none. Calls go on. */
  @Override
  public synchronized void close() {
    closed = true;
    known.values().forEach(Resilience::close);
  }

  /** Collects the parts. Not thread-safe. */
  public static final class Builder {
    private final Executor executor;
    private final LongSupplier ticker;
    private final Clock clock;
    private final long seed;
    private Map<String, ResiliencePolicy> policies = Map.of();
    private int mostNames = 256;
    private Optional<MeterRegistry> registry = Optional.empty();
    private Optional<Pause> pause = Optional.empty();

    private Builder(Executor executor, LongSupplier ticker, Clock clock, long seed) {
      this.executor = Objects.requireNonNull(executor, "executor");
      this.ticker = Objects.requireNonNull(ticker, "ticker");
      this.clock = Objects.requireNonNull(clock, "clock");
      this.seed = seed;
    }

    /**
     * The policies by name; all have {@link ResiliencePolicy#DEFAULT} unless set.
     *
     * @throws QilinException INVALID_CONFIGURATION for a name that no dependency can have
     */
    public Builder policies(Map<String, ResiliencePolicy> byName) {
      policies = named(byName);
      return this;
    }

    /** How many names there may be, from 1; 256 unless set. */
    public Builder mostNames(int most) {
      Ranges.whole("mostNames", most, 1, 100_000);
      mostNames = most;
      return this;
    }

    /** Where {@code qilin.resilience.*} is measured; nowhere unless set. */
    public Builder meters(MeterRegistry meterRegistry) {
      registry = Optional.of(meterRegistry);
      return this;
    }

    /** How calling threads wait; they stand still unless set. */
    public Builder pause(Pause way) {
      pause = Optional.of(way);
      return this;
    }

    /** The dependencies, none asked for yet. */
    public Dependencies build() {
      return new Dependencies(this);
    }
  }
}
