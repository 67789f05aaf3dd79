package io.qilin.ops.health;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.internal.OneCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks the parts of a host how they are and answers probes.
 *
 * <pre>
 * HealthRegistry health = HealthRegistry.builder(executor, System::nanoTime)
 *     .required("store", store::health, HealthProbe.READY, HealthProbe.STARTUP)
 *     .optional("second-source", second::health, HealthProbe.READY)
 *     .build();
 * HealthReport ready = health.report(HealthProbe.READY);
 * </pre>
 *
 * <p>All checks of a probe run at the same time on the caller's executor. One that throws, gives null or does not answer in time is
 * UNHEALTHY, by name; one that hangs is interrupted once and not asked again before it ends. A probe without checks passes. STARTUP
 * stays passed once it passed. Safe for use by several threads: those who ask at the same time share the calls.
 */
public final class HealthRegistry {
  private final List<RegisteredCheck> checks;
  private volatile boolean draining;
  private volatile @Nullable HealthReport started;

  private HealthRegistry(List<RegisteredCheck> checks) {
    this.checks = List.copyOf(checks);
  }

  /**
   * A registry without checks.
   *
   * @param executor runs the checks; should have a thread for each that may hang
   * @param ticker monotonic nanoseconds, for example {@code System::nanoTime}
   */
  public static Builder builder(Executor executor, LongSupplier ticker) {
    return new Builder(
        Objects.requireNonNull(executor, "executor"), Objects.requireNonNull(ticker, "ticker"));
  }

  /**
   * The answer to a probe; takes no longer than the longest time of a check.
   *
   * @throws QilinException CANCELLED if the thread is interrupted
   */
  public HealthReport report(HealthProbe probe) {
    HealthReport latched = started;
    if (probe == HealthProbe.STARTUP && latched != null) {
      return latched;
    }
    HealthReport report =
        ask(check -> check.answers(probe), probe == HealthProbe.READY && draining);
    if (probe == HealthProbe.STARTUP && report.passes()) {
      started = report;
    }
    return report;
  }

  /**
   * All parts, whatever they are asked for.
   *
   * @throws QilinException CANCELLED if the thread is interrupted
   */
  public HealthReport report() {
    return ask(check -> true, draining);
  }

  /** From now on READY does not pass, so that no more work is sent; LIVE stays as it is. */
  public void drain() {
    draining = true;
  }

  /** Ends what {@link #drain} began. */
  public void resume() {
    draining = false;
  }

  private HealthReport ask(Predicate<RegisteredCheck> which, boolean drained) {
    List<RegisteredCheck> asked = checks.stream().filter(which).toList();
    List<OneCall<HealthResult>.@Nullable Flight> flights = new ArrayList<>();
    for (RegisteredCheck check : asked) {
      flights.add(check.begin());
    }
    Map<String, HealthComponent> found = new LinkedHashMap<>();
    try {
      for (int i = 0; i < asked.size(); i++) {
        found.put(asked.get(i).name(), asked.get(i).await(flights.get(i)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(ErrorCode.CANCELLED, "interrupted while health was asked for", e);
    }
    return HealthReport.of(found, drained);
  }

  /** Collects checks; not thread-safe. */
  public static final class Builder {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MOST = 200;

    private final Executor executor;
    private final LongSupplier ticker;
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private Duration timeout = Duration.ofSeconds(5);
    private Duration cache = Duration.ofSeconds(1);

    private record Draft(boolean required, HealthCheck check, EnumSet<HealthProbe> probes) {}

    private Builder(Executor executor, LongSupplier ticker) {
      this.executor = executor;
      this.ticker = ticker;
    }

    /** How long a check may take; 5 s unless set, at most 5 min. */
    public Builder timeout(Duration time) {
      timeout = checked("timeout", time, Duration.ofMillis(1));
      return this;
    }

    /** How long a result is kept; 1 s unless set, at most 5 min; zero asks every time. */
    public Builder cache(Duration time) {
      cache = checked("cache", time, Duration.ZERO);
      return this;
    }

    /**
     * A part without which the host does not work.
     *
     * @param name 1 to 64 of {@code A-Z a-z 0-9 . _ -}, once
     * @throws QilinException INVALID_ARGUMENT for an odd name or a second one, LIMIT_EXCEEDED for more than 200
     */
    public Builder required(
        String name, HealthCheck check, HealthProbe probe, HealthProbe... more) {
      return add(name, new Draft(true, check, EnumSet.of(probe, more)));
    }

    /**
     * A part whose loss leaves the host DEGRADED.
     *
     * @param name 1 to 64 of {@code A-Z a-z 0-9 . _ -}, once
     * @throws QilinException INVALID_ARGUMENT for an odd name or a second one, LIMIT_EXCEEDED for more than 200
     */
    public Builder optional(
        String name, HealthCheck check, HealthProbe probe, HealthProbe... more) {
      return add(name, new Draft(false, check, EnumSet.of(probe, more)));
    }

    /** The registry. */
    public HealthRegistry build() {
      HealthLimits limits = new HealthLimits(timeout, cache);
      List<RegisteredCheck> checks = new ArrayList<>();
      drafts.forEach((name, draft) -> checks.add(new RegisteredCheck(
          name, draft.required(), draft.probes(), draft.check(), limits, executor, ticker)));
      return new HealthRegistry(checks);
    }

    private Builder add(String name, Draft draft) {
      Objects.requireNonNull(draft.check(), "check");
      if (!NAME.matcher(name).matches()) {
        throw QilinException.invalid("the name of a check is 1 to 64 of A-Z a-z 0-9 . _ -, was "
            + QilinException.quote(name));
      }
      if (drafts.size() >= MOST) {
        throw new QilinException(
            ErrorCode.LIMIT_EXCEEDED, "a registry has at most " + MOST + " checks");
      }
      if (drafts.putIfAbsent(name, draft) != null) {
        throw QilinException.invalid("two checks have the name " + QilinException.quote(name)
            + "; list all probes of a part in one call");
      }
      return this;
    }

    private static Duration checked(String what, Duration time, Duration least) {
      if (time.compareTo(least) < 0 || time.compareTo(LONGEST) > 0) {
        throw QilinException.invalid(
            what + " must be " + least + " to " + LONGEST + ", was " + time);
      }
      return time;
    }
  }
}
