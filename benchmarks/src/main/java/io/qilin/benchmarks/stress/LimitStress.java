package io.qilin.benchmarks.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.qilin.security.limit.LimitKey;
import io.qilin.security.limit.LocalLimits;
import io.qilin.security.limit.Meter;
import io.qilin.security.limit.RateLimit;
import io.qilin.security.limit.SlidingWindow;
import io.qilin.security.limit.TokenBucket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/** Do more requests get through than a limit lets? "Of any number of takers at once, no more succeed than there is." */
public final class LimitStress {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private LimitStress() {}

  private static int takeTwo(Meter meter) {
    int taken = meter.tryTake(1) == 0 ? 1 : 0;
    return meter.tryTake(1) == 0 ? taken + 1 : taken;
  }

  /** Two takers who want two each of the last three permits of a bucket. */
  @JCStressTest
  @Outcome(
      id = {"1, 2", "2, 1"},
      expect = ACCEPTABLE,
      desc = "Three permits.")
  @Outcome(expect = FORBIDDEN, desc = "More than there is, or a permit was lost.")
  @State
  public static class BucketLastPermits {
    private final Meter meter = TokenBucket.of(RateLimit.of(3, SECOND), () -> 0);

    /** For jcstress. */
    public BucketLastPermits() {}

    /** A taker. */
    @Actor
    public void one(II_Result said) {
      said.r1 = takeTwo(meter);
    }

    /** Another. */
    @Actor
    public void other(II_Result said) {
      said.r2 = takeTwo(meter);
    }
  }

  /** Two takers while the time of one permit goes by: no more than {@code burst + t / nanosPerPermit}, which is two. */
  @JCStressTest
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = ACCEPTABLE,
      desc = "The time went by before the first permit was taken.")
  @Outcome(
      id = {"1, 1", "0, 2"},
      expect = ACCEPTABLE,
      desc = "One permit before the time went by and one after it.")
  @Outcome(expect = FORBIDDEN, desc = "More than there is, or a full bucket gave nothing.")
  @State
  public static class BucketWhileTimeRuns {
    private final AtomicLong ticker = new AtomicLong();
    private final Meter meter = TokenBucket.of(RateLimit.of(1, SECOND), ticker::get);

    /** For jcstress. */
    public BucketWhileTimeRuns() {}

    /** A taker, a second later. */
    @Actor
    public void later(II_Result said) {
      ticker.addAndGet(SECOND.toNanos());
      said.r1 = takeTwo(meter);
    }

    /** A taker meanwhile. */
    @Actor
    public void meanwhile(II_Result said) {
      said.r2 = takeTwo(meter);
    }
  }

  /** Two takers who want two each of the last three permits of a window. */
  @JCStressTest
  @Outcome(
      id = {"1, 2", "2, 1"},
      expect = ACCEPTABLE,
      desc = "Three permits.")
  @Outcome(expect = FORBIDDEN, desc = "More than there is, or a permit was lost.")
  @State
  public static class WindowLastPermits {
    private final Meter meter = SlidingWindow.of(3, SECOND, () -> 0);

    /** For jcstress. */
    public WindowLastPermits() {}

    /** A taker. */
    @Actor
    public void one(II_Result said) {
      said.r1 = takeTwo(meter);
    }

    /** Another. */
    @Actor
    public void other(II_Result said) {
      said.r2 = takeTwo(meter);
    }
  }

  /** Two takers of the one permit of a key that has no meter yet. */
  @JCStressTest
  @Outcome(
      id = {"true, false, true, 2", "false, true, true, 2"},
      expect = ACCEPTABLE,
      desc = "One of two; the other key has its own.")
  @Outcome(
      expect = FORBIDDEN,
      desc = "A key had two meters, or more meters are counted than there are.")
  @State
  public static class NewKey {
    private final LocalLimits limits =
        LocalLimits.tokenBuckets(RateLimit.of(1, SECOND), 10, () -> 0);

    /** For jcstress. */
    public NewKey() {}

    /** The key. */
    @Actor
    public void one(LLLL_Result said) {
      said.r1 = limits.tryTake(LimitKey.user("a"), 1) == 0;
    }

    /** The key again, and another. */
    @Actor
    public void again(LLLL_Result said) {
      said.r2 = limits.tryTake(LimitKey.user("a"), 1) == 0;
      said.r3 = limits.tryTake(LimitKey.user("b"), 1) == 0;
    }

    /** The meters. */
    @Arbiter
    public void count(LLLL_Result said) {
      said.r4 = limits.keys();
    }
  }

  /**
   * A new key makes a full table forget an idle one that comes back just then. "Nobody gets permits back by bringing many other keys",
   * and the room is neither exceeded nor lost.
   */
  @JCStressTest
  @Outcome(id = "true, false, true, 1", expect = ACCEPTABLE, desc = "Each key has its one permit.")
  @Outcome(
      expect = FORBIDDEN,
      desc = "A key got its permit twice or not at all, or the room is wrong.")
  @State
  public static class ForgottenKey {
    private final AtomicLong ticker = new AtomicLong();
    private final LocalLimits limits =
        LocalLimits.tokenBuckets(RateLimit.of(1, SECOND), 1, ticker::get);

    /** A full table whose one key is idle. */
    public ForgottenKey() {
      limits.tryTake(LimitKey.user("a"), 1);
      ticker.set(SECOND.toNanos());
    }

    /** The idle key comes back, twice. */
    @Actor
    public void back(LLLL_Result said) {
      said.r1 = limits.tryTake(LimitKey.user("a"), 1) == 0;
      said.r2 = limits.tryTake(LimitKey.user("a"), 1) == 0;
    }

    /** A new key. */
    @Actor
    public void fresh(LLLL_Result said) {
      said.r3 = limits.tryTake(LimitKey.user("b"), 1) == 0;
    }

    /** The meters. */
    @Arbiter
    public void count(LLLL_Result said) {
      said.r4 = limits.keys();
    }
  }
}
