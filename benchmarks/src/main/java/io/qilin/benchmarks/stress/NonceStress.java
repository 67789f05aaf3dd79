package io.qilin.benchmarks.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.qilin.security.signing.NonceCache;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;
import org.openjdk.jcstress.infra.results.LLI_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Does a request that is repeated get past the nonce cache? */
public final class NonceStress {
  private static final Duration WINDOW = Duration.ofSeconds(60);
  private static final Instant STAMP = Instant.parse("2026-11-27T01:30:00Z");

  private NonceStress() {}

  /** "Taking must be atomic: of two at once with the same nonce one is fresh." */
  @JCStressTest
  @Outcome(
      id = {"FRESH, SEEN", "SEEN, FRESH"},
      expect = ACCEPTABLE,
      desc = "One of the two is fresh.")
  @Outcome(expect = FORBIDDEN, desc = "A replay got through, or both were refused.")
  @State
  public static class SameNonce {
    private final NonceCache cache = NonceCache.of(100, WINDOW, () -> 0, Instant.MIN);

    /** For jcstress. */
    public SameNonce() {}

    /** The request. */
    @Actor
    public void request(LL_Result said) {
      said.r1 = cache.take("key", "nonce", STAMP);
    }

    /** The same again. */
    @Actor
    public void replay(LL_Result said) {
      said.r2 = cache.take("key", "nonce", STAMP);
    }
  }

  /** The last place of a cache goes to one of two keys. */
  @JCStressTest
  @Outcome(
      id = {"FRESH, FULL, 1", "FULL, FRESH, 1"},
      expect = ACCEPTABLE,
      desc = "One of the two got the place.")
  @Outcome(expect = FORBIDDEN, desc = "Both or none got the place.")
  @State
  public static class LastPlace {
    private final NonceCache cache = NonceCache.of(1, WINDOW, () -> 0, Instant.MIN);

    /** For jcstress. */
    public LastPlace() {}

    /** One key. */
    @Actor
    public void one(LLI_Result said) {
      said.r1 = cache.take("one", "nonce", STAMP);
    }

    /** Another key. */
    @Actor
    public void other(LLI_Result said) {
      said.r2 = cache.take("other", "nonce", STAMP);
    }

    /** Counts in the end. */
    @Arbiter
    public void count(LLI_Result said) {
      said.r3 = cache.size();
    }
  }

  /** A full cache refuses, and never counts more nonces than there is room for. */
  @JCStressTest
  @Outcome(id = "FULL, 1", expect = ACCEPTABLE, desc = "Refused, and not counted.")
  @Outcome(expect = FORBIDDEN, desc = "Let in, or counted although it was refused.")
  @State
  public static class FullCache {
    private final NonceCache cache = NonceCache.of(1, WINDOW, () -> 0, Instant.MIN);

    /** A cache without room. */
    public FullCache() {
      cache.take("one", "nonce", STAMP);
    }

    /** Needs a place. */
    @Actor
    public void request(LI_Result said) {
      said.r1 = cache.take("other", "nonce", STAMP);
    }

    /** Counts meanwhile. */
    @Actor
    public void count(LI_Result said) {
      said.r2 = cache.size();
    }
  }

  /** What was forgotten, here to make room for another key, is too old and never fresh again; and the room is not lost. */
  @JCStressTest
  @Outcome(id = "FRESH, TOO_OLD, 1", expect = ACCEPTABLE, desc = "The old request stays out.")
  @Outcome(expect = FORBIDDEN, desc = "The old request got in again, or the new one found no room.")
  @State
  public static class ForgottenNonce {
    private static final long LATER = Duration.ofSeconds(300).toNanos();

    private final AtomicLong ticker = new AtomicLong();
    private final NonceCache cache = NonceCache.of(1, WINDOW, ticker::get, Instant.MIN);

    /** A cache that is full with a nonce whose time is over. */
    public ForgottenNonce() {
      cache.take("one", "old", STAMP);
      ticker.set(LATER);
    }

    /** Needs the place. */
    @Actor
    public void request(LLI_Result said) {
      said.r1 = cache.take("other", "new", STAMP.plusNanos(LATER));
    }

    /** Comes again with the old nonce. */
    @Actor
    public void replay(LLI_Result said) {
      said.r2 = cache.take("one", "old", STAMP);
    }

    /** Counts in the end. */
    @Arbiter
    public void count(LLI_Result said) {
      said.r3 = cache.size();
    }
  }
}
