package io.qilin.ops.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Laws of calls under any pattern of failures. */
class ResilienceLawsTest {
  private final AtomicLong nanos = new AtomicLong();

  private Resilience of(ResiliencePolicy policy, long seed) {
    return Resilience.builder(
            "vendor", policy, Runnable::run, nanos::get, SettableClock.at(Guard.START), seed)
        .pause(length -> nanos.addAndGet(length.toNanos()))
        .build();
  }

  private static QilinException down() {
    return new QilinException(ErrorCode.DATA_FETCH, "the test says so");
  }

  @Property(tries = 60)
  void whateverFails_thenNoCallIsTriedMoreOftenThanThePolicySays(
      @ForAll @IntRange(min = 1, max = 3) int attempts,
      @ForAll @Size(max = 100) List<Boolean> fails,
      @ForAll long seed) {
    Resilience vendor = of(
        ResiliencePolicy.builder()
            .onCallersThread()
            .attempts(attempts)
            .retryShare(1)
            .build(),
        seed);
    int at = 0;
    while (at < fails.size()) {
      AtomicInteger tried = new AtomicInteger();
      int first = at;
      vendor.call(() -> {
        int call = first + tried.getAndIncrement();
        if (fails.get(Math.min(call, fails.size() - 1))) {
          throw down();
        }
        return call;
      });
      assertThat(tried.get()).isLessThanOrEqualTo(attempts);
      at += Math.max(1, tried.get());
    }
  }

  @Property(tries = 60)
  void whateverFails_thenTheLoadIsAtMostTheShareAboveTheCalls(
      @ForAll @DoubleRange(min = 0, max = 1) double share,
      @ForAll @Size(min = 1, max = 300) List<Boolean> fails,
      @ForAll long seed) {
    Resilience vendor = of(
        ResiliencePolicy.builder()
            .onCallersThread()
            .attempts(3)
            .retryShare(share)
            .breakerWindow(10_000, 10_000)
            .build(),
        seed);
    AtomicInteger load = new AtomicInteger();
    int calls = 0;
    for (boolean fail : fails) {
      calls++;
      vendor.call(() -> {
        load.incrementAndGet();
        if (fail) {
          throw down();
        }
        return "good";
      });
      assertThat((double) load.get()).isLessThanOrEqualTo(calls * (1 + share) + 1e-3);
    }
  }

  @Property(tries = 60)
  void whateverTheSeed_thenPausesAreWithinTheDoubledLength(
      @ForAll @IntRange(max = 1_000) int millis,
      @ForAll @IntRange(max = 1_000) int longest,
      @ForAll @IntRange(min = 1, max = 3) int after,
      @ForAll long seed) {
    Terms terms = Terms.of(
        ResiliencePolicy.builder()
            .backoff(Duration.ofMillis(millis), Duration.ofMillis(longest))
            .build(),
        new Terms.Maker("vendor", nanos::get, new java.util.Random(seed)));
    Duration pause = terms.pauseAfter(after, new java.util.Random(seed));
    assertThat(pause)
        .isBetween(
            Duration.ZERO, Duration.ofMillis(Math.min(longest, (long) millis << (after - 1))));
  }

  @Property(tries = 60)
  void whateverTheJitter_thenTheBreakerIsOpenForAtLeastItsTimeAndAtMostTheJitterMore(
      @ForAll @IntRange(min = 1, max = 60_000) int millis,
      @ForAll @DoubleRange(min = 0, max = 1) double jitter,
      @ForAll long seed) {
    Resilience vendor = of(
        ResiliencePolicy.builder()
            .onCallersThread()
            .breakerOpen(Duration.ofMillis(millis), jitter)
            .build(),
        seed);
    Guard.open(vendor);
    nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    AtomicInteger calls = new AtomicInteger();
    vendor.callOnce(calls::incrementAndGet);
    assertThat(calls).hasValue(0);
    nanos.addAndGet((long) Math.ceil(millis * jitter * 1e6) + 2_000_000);
    vendor.callOnce(calls::incrementAndGet);
    assertThat(calls).hasValue(1);
  }
}
