package io.qilin.ops.resilience;

import io.qilin.api.error.QilinException;
import io.qilin.ops.config.ConfigDefault;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How one dependency is called. Every part is a plain value, so that a configuration can hold it: a record of {@link
 * io.qilin.ops.config.ConfigLoader} may have a {@code Map<String, ResiliencePolicy>}, of which a file sets what differs from the
 * defaults. A file changes a time limit and the limit of places, and cannot take them away.
 *
 * @param attempts how often one call is tried at most, 1 to 3
 * @param backoff the longest pause before the second attempt; it doubles before the third; the pause is drawn evenly from zero
 *     to that (full jitter)
 * @param longestBackoff no pause is longer
 * @param retryShare how many retries and hedges there may be for each call, over all calls of the dependency, 0 to 1
 * @param breakerWindow the last calls that the breaker counts, 1 to 10000
 * @param breakerMinimumCalls as long as it has seen fewer, it stays closed; 1 to the window
 * @param breakerFailureShare it opens when this share of them failed, above 0 to 1
 * @param breakerSlowCall a call that took longer is slow
 * @param breakerSlowShare it opens when this share of them was slow, above 0 to 1
 * @param breakerOpen how long it stays open before it lets probes through
 * @param breakerOpenJitter the largest share of that time that is added at random, so that hosts do not come back together, 0
 *     to 1
 * @param breakerProbes how many calls are let through then; they decide; 1 to 100
 * @param attemptTimeout how long one attempt may take; empty for no limit
 * @param deadline how long the whole call may take, with pauses and fallbacks; empty for no limit
 * @param concurrent how many attempts may run at once, 1 to 10000; one that hangs keeps its place until it ends; empty for no
 *     limit
 * @param concurrentWait how long an attempt waits for a place
 * @param rateLimit how many attempts are let through in a {@code ratePeriod}, from 1; empty for no limit
 * @param ratePeriod the period
 * @param rateWait how long an attempt waits for the next period
 * @param hedgeAfter when an attempt has not ended after this time, another is begun beside it, and the first good answer
 *     counts; empty for never
 */
public record ResiliencePolicy(
    @ConfigDefault("2") int attempts,
    @ConfigDefault("100ms") Duration backoff,
    @ConfigDefault("2s") Duration longestBackoff,
    @ConfigDefault("0.1") double retryShare,
    @ConfigDefault("20") int breakerWindow,
    @ConfigDefault("10") int breakerMinimumCalls,
    @ConfigDefault("0.5") double breakerFailureShare,
    @ConfigDefault("2s") Duration breakerSlowCall,
    @ConfigDefault("0.5") double breakerSlowShare,
    @ConfigDefault("10s") Duration breakerOpen,
    @ConfigDefault("0.1") double breakerOpenJitter,
    @ConfigDefault("2") int breakerProbes,
    @ConfigDefault("2s") Optional<Duration> attemptTimeout,
    @ConfigDefault("10s") Optional<Duration> deadline,
    @ConfigDefault("64") Optional<Integer> concurrent,
    @ConfigDefault("0s") Duration concurrentWait,
    Optional<Integer> rateLimit,
    @ConfigDefault("1s") Duration ratePeriod,
    @ConfigDefault("0s") Duration rateWait,
    Optional<Duration> hedgeAfter) {
  /** Two attempts of 2 s within 10 s, a budget of 10 %, 64 calls at once, no rate limit, no hedging; see {@link Builder}. */
  public static final ResiliencePolicy DEFAULT = builder().build();

  private static final int MOST_ATTEMPTS = 3;
  private static final int MOST = 10_000;
  private static final int MOST_PROBES = 100;
  private static final int MOST_PERMITS = 1_000_000;

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_CONFIGURATION with the name of a part that is out of range
   */
  public ResiliencePolicy {
    Objects.requireNonNull(attemptTimeout, "attemptTimeout");
    Objects.requireNonNull(deadline, "deadline");
    Objects.requireNonNull(concurrent, "concurrent");
    Objects.requireNonNull(rateLimit, "rateLimit");
    Objects.requireNonNull(hedgeAfter, "hedgeAfter");
    Ranges.whole("attempts", attempts, 1, MOST_ATTEMPTS);
    Ranges.length("backoff", backoff);
    Ranges.length("longestBackoff", longestBackoff);
    Ranges.share("retryShare", retryShare, true);
    Ranges.whole("breakerWindow", breakerWindow, 1, MOST);
    Ranges.whole("breakerMinimumCalls", breakerMinimumCalls, 1, breakerWindow);
    Ranges.share("breakerFailureShare", breakerFailureShare, false);
    Ranges.positive("breakerSlowCall", breakerSlowCall);
    Ranges.share("breakerSlowShare", breakerSlowShare, false);
    Ranges.atLeastOneMilli("breakerOpen", breakerOpen);
    Ranges.share("breakerOpenJitter", breakerOpenJitter, true);
    Ranges.whole("breakerProbes", breakerProbes, 1, MOST_PROBES);
    attemptTimeout.ifPresent(length -> Ranges.positive("attemptTimeout", length));
    deadline.ifPresent(length -> Ranges.positive("deadline", length));
    concurrent.ifPresent(places -> Ranges.whole("concurrent", places, 1, MOST));
    Ranges.length("concurrentWait", concurrentWait);
    rateLimit.ifPresent(permits -> Ranges.whole("rateLimit", permits, 1, MOST_PERMITS));
    Ranges.positive("ratePeriod", ratePeriod);
    Ranges.length("rateWait", rateWait);
    hedgeAfter.ifPresent(length -> Ranges.positive("hedgeAfter", length));
    hedgeAfter.ifPresent(
        length -> Ranges.before("hedgeAfter", length, "attemptTimeout", attemptTimeout));
    hedgeAfter.ifPresent(length -> Ranges.before("hedgeAfter", length, "deadline", deadline));
  }

  /** Starts a policy from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts a policy from this one. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Collects a policy. Not thread-safe. */
  public static final class Builder {
    private int attempts = 2;
    private Duration backoff = Duration.ofMillis(100);
    private Duration longestBackoff = Duration.ofSeconds(2);
    private double retryShare = 0.1;
    private int breakerWindow = 20;
    private int breakerMinimumCalls = 10;
    private double breakerFailureShare = 0.5;
    private Duration breakerSlowCall = Duration.ofSeconds(2);
    private double breakerSlowShare = 0.5;
    private Duration breakerOpen = Duration.ofSeconds(10);
    private double breakerOpenJitter = 0.1;
    private int breakerProbes = 2;
    private Optional<Duration> attemptTimeout = Optional.of(Duration.ofSeconds(2));
    private Optional<Duration> deadline = Optional.of(Duration.ofSeconds(10));
    private Optional<Integer> concurrent = Optional.of(64);
    private Duration concurrentWait = Duration.ZERO;
    private Optional<Integer> rateLimit = Optional.empty();
    private Duration ratePeriod = Duration.ofSeconds(1);
    private Duration rateWait = Duration.ZERO;
    private Optional<Duration> hedgeAfter = Optional.empty();

    private Builder() {}

    private Builder(ResiliencePolicy from) {
      attempts = from.attempts;
      backoff = from.backoff;
      longestBackoff = from.longestBackoff;
      retryShare = from.retryShare;
      breakerWindow = from.breakerWindow;
      breakerMinimumCalls = from.breakerMinimumCalls;
      breakerFailureShare = from.breakerFailureShare;
      breakerSlowCall = from.breakerSlowCall;
      breakerSlowShare = from.breakerSlowShare;
      breakerOpen = from.breakerOpen;
      breakerOpenJitter = from.breakerOpenJitter;
      breakerProbes = from.breakerProbes;
      attemptTimeout = from.attemptTimeout;
      deadline = from.deadline;
      concurrent = from.concurrent;
      concurrentWait = from.concurrentWait;
      rateLimit = from.rateLimit;
      ratePeriod = from.ratePeriod;
      rateWait = from.rateWait;
      hedgeAfter = from.hedgeAfter;
    }

    /** How often one call is tried at most; 2 unless set. */
    public Builder attempts(int most) {
      attempts = most;
      return this;
    }

    /** The longest pause before the second attempt, and before any; 100 ms and 2 s unless set. */
    public Builder backoff(Duration first, Duration longest) {
      backoff = first;
      longestBackoff = longest;
      return this;
    }

    /** How many retries and hedges there may be for each call; 0.1 unless set. */
    public Builder retryShare(double share) {
      retryShare = share;
      return this;
    }

    /** How many last calls the breaker counts, and how many it needs; 20 and 10 unless set. */
    public Builder breakerWindow(int calls, int minimum) {
      breakerWindow = calls;
      breakerMinimumCalls = minimum;
      return this;
    }

    /** The share of failures at which it opens; 0.5 unless set. */
    public Builder breakerFailureShare(double share) {
      breakerFailureShare = share;
      return this;
    }

    /** From when a call is slow, and the share of slow calls at which it opens; 2 s and 0.5 unless set. */
    public Builder breakerSlow(Duration call, double share) {
      breakerSlowCall = call;
      breakerSlowShare = share;
      return this;
    }

    /** How long it stays open, and the share of that which is added at random; 10 s and 0.1 unless set. */
    public Builder breakerOpen(Duration length, double jitter) {
      breakerOpen = length;
      breakerOpenJitter = jitter;
      return this;
    }

    /** How many calls decide whether it closes again; 2 unless set. */
    public Builder breakerProbes(int calls) {
      breakerProbes = calls;
      return this;
    }

    /** How long one attempt may take; 2 s unless set. */
    public Builder attemptTimeout(Duration longest) {
      attemptTimeout = Optional.of(longest);
      return this;
    }

    /** How long the whole call may take; 10 s unless set. */
    public Builder deadline(Duration longest) {
      deadline = Optional.of(longest);
      return this;
    }

    /** No time limit and no hedging: calls run on the thread that calls, and a call that hangs, hangs. */
    public Builder onCallersThread() {
      attemptTimeout = Optional.empty();
      deadline = Optional.empty();
      hedgeAfter = Optional.empty();
      return this;
    }

    /** How many attempts may run at once, and how long one waits for a place; 64 and no time unless set. */
    public Builder concurrent(int most, Duration wait) {
      concurrent = Optional.of(most);
      concurrentWait = wait;
      return this;
    }

    /** No limit on how many attempts run at once. */
    public Builder withoutConcurrencyLimit() {
      concurrent = Optional.empty();
      return this;
    }

    /** How many attempts are let through in a period, and how long one waits for the next; no limit unless set. */
    public Builder rateLimit(int permits, Duration period, Duration wait) {
      rateLimit = Optional.of(permits);
      ratePeriod = period;
      rateWait = wait;
      return this;
    }

    /** When another attempt is begun beside one that has not ended; never unless set. */
    public Builder hedgeAfter(Duration delay) {
      hedgeAfter = Optional.of(delay);
      return this;
    }

    /**
     * The policy.
     *
     * @throws QilinException INVALID_CONFIGURATION with the name of a part that is out of range
     */
    public ResiliencePolicy build() {
      return new ResiliencePolicy(
          attempts,
          backoff,
          longestBackoff,
          retryShare,
          breakerWindow,
          breakerMinimumCalls,
          breakerFailureShare,
          breakerSlowCall,
          breakerSlowShare,
          breakerOpen,
          breakerOpenJitter,
          breakerProbes,
          attemptTimeout,
          deadline,
          concurrent,
          concurrentWait,
          rateLimit,
          ratePeriod,
          rateWait,
          hedgeAfter);
    }
  }
}
