package io.qilin.ops.resilience;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the calls of one dependency go, for diagnostics.
 *
 * @param name the dependency
 * @param breaker whether calls are let through
 * @param failureShare of the calls in the breaker's window, 0 to 1; NaN until it has seen enough
 * @param slowShare the same of slow calls
 * @param freePlaces how many more attempts may run at once; empty without a limit
 * @param freePermits how many more attempts the rate limit lets through in this period; empty without a limit
 * @param retriesLeft how many retries and hedges the budget has saved, up to 10
 * @param attempts how many attempts have ended that told something about the dependency
 * @param failures how many failures were met, of fallbacks too
 * @param retries how many retries there were
 * @param hedges how many hedges were begun
 * @param hedgeWins how many of them answered first
 * @param refusals how many attempts were not made
 * @param fallbacks how many calls were answered by a fallback
 * @param failedCalls how many calls had no answer
 * @param latency how long the last attempts took
 * @param lastFailures the last failures, oldest first, at most 8
 */
public record ResilienceState(
    String name,
    BreakerState breaker,
    double failureShare,
    double slowShare,
    Optional<Integer> freePlaces,
    Optional<Integer> freePermits,
    double retriesLeft,
    long attempts,
    long failures,
    long retries,
    long hedges,
    long hedgeWins,
    long refusals,
    long fallbacks,
    long failedCalls,
    Latency latency,
    List<SeenFailure> lastFailures) {
  private static final float PERCENT = 100;

  /** Checks the parts and copies the list. */
  public ResilienceState {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(breaker, "breaker");
    Objects.requireNonNull(freePlaces, "freePlaces");
    Objects.requireNonNull(freePermits, "freePermits");
    Objects.requireNonNull(latency, "latency");
    lastFailures = List.copyOf(lastFailures);
  }

  static ResilienceState of(String name, Terms terms, Tally tally) {
    return new ResilienceState(
        name,
        terms.breakerState(),
        share(terms.breaker.getMetrics().getFailureRate()),
        share(terms.breaker.getMetrics().getSlowCallRate()),
        terms.freePlaces(),
        terms.freePermits(),
        terms.budget.left(),
        tally.latencies.count(),
        tally.failures.sum(),
        tally.retries.sum(),
        tally.hedges.sum(),
        tally.hedgeWins.sum(),
        tally.refusals.sum(),
        tally.fallbacks.sum(),
        tally.failedCalls.sum(),
        tally.latencies.latency(),
        tally.lastFailures());
  }

  /** Of percent; below zero means not known. */
  private static double share(float percent) {
    return percent < 0 ? Double.NaN : percent / PERCENT;
  }
}
