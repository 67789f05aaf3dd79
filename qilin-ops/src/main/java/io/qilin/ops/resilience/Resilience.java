package io.qilin.ops.resilience;

import io.micrometer.core.instrument.MeterRegistry;
import io.qilin.api.error.QilinException;
import io.qilin.ops.health.HealthResult;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Calls one dependency by a {@link ResiliencePolicy}: breaker, rate limit, places, time limits, retries within a budget, hedges,
 * fallbacks.
 *
 * <p>An attempt asks the breaker, then the rate limit, then for a place; refused by one, it gives back what it has. If the policy has a time
 * limit or hedges, attempts run on the executor and the calling thread waits; without either they run on the calling thread. A
 * failure speaks against the dependency if its code is retryable, or it is none of Qilin's, or it shows spoilt data; a mistake of the
 * caller does not. An {@link Error} goes to the caller as it is, is counted, and nothing stands in for it. An interrupt ends the
 * call with CANCELLED, and the flag is set again.
 *
 * <p>All lengths are measured by the ticker; the clock only stamps failures and dates copies, so that it may be set. Retries and hedges
 * together never exceed {@code retryShare} of the calls.
 *
 * <p>Safe for use by several threads. {@link #close} takes the meters out of their registry; calls go on without.
 */
public final class Resilience implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private final String name;
  private final Terms.Maker maker;
  private final Shared shared;
  private final Gate gate;
  private final Tally tally = new Tally();
  private final Origin atOnce;
  private final @Nullable ResilienceMeters meters;
  private volatile Terms terms;

  private Resilience(Builder builder) {
    this.name = builder.name;
    Random random = new Random(builder.seed);
    this.maker = new Terms.Maker(name, builder.ticker, random);
    this.gate = new Gate(name, builder.ticker, builder.pause, tally);
    this.shared = new Shared(gate, builder.executor, builder.clock, random, builder.isTransient);
    this.terms = Terms.of(builder.policy, maker);
    this.atOnce = new Origin(Origin.Kind.PRIMARY, name, 1, Optional.empty());
    this.meters = builder
        .registry
        .map(registry -> new ResilienceMeters(registry, this, tally))
        .orElse(null);
  }

  /**
   * Starts with what must be given.
   *
   * @param name the dependency, 1 to 64 of {@code a-z 0-9 . _ -}; a tag of its meters
   * @param policy how it is called
   * @param executor where attempts run; one that runs them on the calling thread makes time limits useless
   * @param ticker monotonic nanoseconds, for example {@code System::nanoTime}
   * @param clock stamps failures
   * @param seed of the jitter
   */
  public static Builder builder(
      String name,
      ResiliencePolicy policy,
      Executor executor,
      LongSupplier ticker,
      Clock clock,
      long seed) {
    return new Builder(name, policy, executor, ticker, clock, seed);
  }

  /** INVALID_CONFIGURATION for a name of another form. */
  static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw Ranges.bad(
          "a dependency's name is 1 to 64 of a-z 0-9 . _ -, was " + QilinException.quote(name));
    }
  }

  /** The dependency. */
  public String name() {
    return name;
  }

  /** The policy in force. */
  public ResiliencePolicy policy() {
    return terms.policy;
  }

  /**
   * Puts another policy in force. Calls under way end by the one that they began with. What is remembered stays where its settings are
   * the same: an open breaker stays open, places stay taken.
   */
  public synchronized void policy(ResiliencePolicy next) {
    terms = terms.with(Objects.requireNonNull(next, "policy"), maker);
  }

  /** Calls what may be called twice, without fallbacks; see {@link #call(Callable, List)}. */
  public <T> Outcome<T> call(Callable<T> call) {
    return call(call, List.of());
  }

  /**
   * Calls what may be called twice: it is tried again if that may help, and hedged if the policy says so.
   *
   * @param call asks the dependency; null is a failure; ends soon after an interrupt
   * @param fallbacks asked in their order if there is no answer; never after a failure of risk or security, or a mistake of the
   *     caller
   */
  public <T> Outcome<T> call(Callable<T> call, List<Fallback<T>> fallbacks) {
    Objects.requireNonNull(call, "call");
    return run(Ask.PLAIN, Work.of(call), List.copyOf(fallbacks));
  }

  /** Calls what must not be called twice: one attempt, no hedge. */
  public <T> Outcome<T> callOnce(Callable<T> call) {
    Objects.requireNonNull(call, "call");
    return run(Ask.ONCE, Work.of(call), List.of());
  }

  /**
   * The answer to a call of what may be called twice.
   *
   * @throws QilinException the failure if there is none
   */
  public <T> T callOrThrow(Callable<T> call) {
    Objects.requireNonNull(call, "call");
    Terms now = terms;
    Work<T> work = Work.of(call);
    if (!now.direct) {
      return run(Ask.PLAIN, work, List.of()).orThrow();
    }
    now.budget.called();
    try {
      return gate.direct(now, work, Wording.GENERAL);
    } catch (QilinException first) {
      return new Round<>(shared, now, Ask.PLAIN, work).goOn(first, List.of()).orThrow();
    }
  }

  <T> Outcome<T> run(Ask ask, Work<T> work, List<Fallback<T>> fallbacks) {
    Terms now = terms;
    now.budget.called();
    if (!now.direct || ask.within().isPresent()) {
      return new Round<>(shared, now, ask, work).run(fallbacks);
    }
    // The usual case, without what only a second attempt needs.
    try {
      return new Outcome.Answered<>(gate.direct(now, work, ask.wording()), atOnce, List.of());
    } catch (QilinException first) {
      return new Round<>(shared, now, ask, work).goOn(first, fallbacks);
    }
  }

  /** How it goes. */
  public ResilienceState state() {
    return ResilienceState.of(name, terms, tally);
  }

  /** UNHEALTHY while the breaker is open, DEGRADED while it probes or no place is free, else HEALTHY. */
  public HealthResult health() {
    ResilienceState state = state();
    HealthResult result = HealthResult.healthy();
    if (state.breaker() == BreakerState.OPEN) {
      result = HealthResult.unhealthy("the breaker of " + name + " is open" + last(state));
    } else if (state.breaker() == BreakerState.PROBING) {
      result = HealthResult.degraded("the breaker of " + name + " lets probes through");
    } else if (state.freePlaces().orElse(1) == 0) {
      result = HealthResult.degraded("all places of " + name + " are taken");
    }
    return result
        .with("breaker", state.breaker())
        .with("failures", state.failures())
        .with("refusals", state.refusals())
        .with("p99", state.latency().p99());
  }

  private static String last(ResilienceState state) {
    List<SeenFailure> seen = state.lastFailures();
    return seen.isEmpty()
        ? ""
        : "; the last failure was " + seen.get(seen.size() - 1).failure();
  }

  /** Takes the meters out of their registry. A second call does nothing. */
  @Override
  public void close() {
    if (meters != null) {
      meters.close();
    }
  }

  /** Collects the parts. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final ResiliencePolicy policy;
    private final Executor executor;
    private final LongSupplier ticker;
    private final Clock clock;
    private final long seed;
    private Pause pause = Pause.standing();
    private Predicate<QilinException> isTransient = error -> error.code().retryable();
    private Optional<MeterRegistry> registry = Optional.empty();

    private Builder(
        String name,
        ResiliencePolicy policy,
        Executor executor,
        LongSupplier ticker,
        Clock clock,
        long seed) {
      this.name = Objects.requireNonNull(name, "name");
      this.policy = Objects.requireNonNull(policy, "policy");
      this.executor = Objects.requireNonNull(executor, "executor");
      this.ticker = Objects.requireNonNull(ticker, "ticker");
      this.clock = Objects.requireNonNull(clock, "clock");
      this.seed = seed;
    }

    /** How the calling thread waits between attempts and for permits; it stands still unless set. */
    public Builder pause(Pause way) {
      pause = Objects.requireNonNull(way, "pause");
      return this;
    }

    /** After which failures another attempt may help; those with a retryable code unless set. */
    public Builder transientWhen(Predicate<QilinException> rule) {
      isTransient = Objects.requireNonNull(rule, "rule");
      return this;
    }

    /** Where {@code qilin.resilience.*} is measured; nowhere unless set. */
    public Builder meters(MeterRegistry meterRegistry) {
      registry = Optional.of(meterRegistry);
      return this;
    }

    /**
     * The guard.
     *
     * @throws QilinException INVALID_CONFIGURATION for a name of another form
     */
    public Resilience build() {
      checkName(name);
      return new Resilience(this);
    }
  }
}
