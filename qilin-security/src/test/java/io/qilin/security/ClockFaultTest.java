package io.qilin.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.security.crypto.KeyState;
import io.qilin.security.limit.LimitKey;
import io.qilin.security.limit.LimitVerdict;
import io.qilin.security.limit.LocalLimits;
import io.qilin.security.limit.RateLimit;
import io.qilin.security.mfa.MemoryMfaStore;
import io.qilin.security.mfa.MfaVerdict;
import io.qilin.security.mfa.OneTimeCode;
import io.qilin.security.mfa.OtpAlgorithm;
import io.qilin.security.mfa.OtpSettings;
import io.qilin.security.mfa.SecondFactor;
import io.qilin.security.signing.BodyHash;
import io.qilin.security.signing.NonceCache;
import io.qilin.security.signing.RequestKey;
import io.qilin.security.signing.RequestSigner;
import io.qilin.security.signing.RequestVerifier;
import io.qilin.security.signing.SignableRequest;
import io.qilin.security.signing.SignatureVerdict;
import io.qilin.security.token.JwsAlgorithm;
import io.qilin.security.token.TokenGrant;
import io.qilin.security.token.TokenIssuer;
import io.qilin.security.token.TokenKey;
import io.qilin.security.token.TokenKeys;
import io.qilin.security.token.TokenVerdict;
import io.qilin.security.token.TokenVerifier;
import io.qilin.testkit.SettableClock;
import io.qilin.testkit.fault.FaultRun;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scenario F8: the wall clock jumps both ways while requests, codes, tokens and limits are judged; the ticker only grows. */
@Tag("fault")
@Tag("F8")
class ClockFaultTest {
  private static final Instant START = Instant.parse("2026-10-25T00:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration LEEWAY = Duration.ofSeconds(5);
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  /** An hour, a day, summer time, a leap second, ten minutes; each both ways. */
  private static final long[] JUMP_SECONDS = {
    3_600, -3_600, 86_400, -86_400, 1, -1, 600, -600, 0, 30, -30
  };

  private final FaultRun run = FaultRun.of("F8", 300);
  private final SettableClock clock = SettableClock.at(START);
  private final AtomicLong ticker = new AtomicLong(Long.MAX_VALUE - 1_000_000_000_000L);
  private final Map<String, Long> figures = new TreeMap<>();

  private void count(String figure, boolean when) {
    figures.merge(figure, when ? 1L : 0L, Long::sum);
  }

  private void report() {
    long failures = figures.entrySet().stream()
        .filter(each -> each.getKey().startsWith("wrong"))
        .mapToLong(Map.Entry::getValue)
        .sum();
    System.out.println(run.report(failures, figures));
  }

  /** Time passes for the ticker, and the wall clock goes on and jumps. */
  private void jump(Random random) {
    Duration passed = Duration.ofMillis(random.nextInt(90_000));
    ticker.addAndGet(passed.toNanos());
    clock.advance(passed);
    clock.advance(Duration.ofSeconds(JUMP_SECONDS[random.nextInt(JUMP_SECONDS.length)]));
  }

  @Test
  void whenTheClockJumps_thenNoSignedRequestIsAcceptedTwice() {
    byte[] secret = new byte[32];
    RANDOM.nextBytes(secret);
    RequestKey key =
        RequestKey.of("client", secret, KeyState.ACTIVE, START.plus(Duration.ofDays(3_650)));
    NonceCache nonces =
        NonceCache.of(10_000, RequestVerifier.DEFAULT_WINDOW, ticker::get, Instant.MIN);
    RequestVerifier verifier =
        RequestVerifier.builder(id -> Optional.of(key), nonces, clock).build();
    RequestSigner signer = RequestSigner.of(key, List.of(), clock, RANDOM);
    List<SignableRequest> seen = new ArrayList<>();
    Random random = run.random();

    for (int i = 0; i < run.n(); i++) {
      SignableRequest plain =
          SignableRequest.of("POST", "/order", List.of(), BodyHash.of(new byte[0]));
      SignableRequest signed = plain.withHeaders(signer.sign(plain));
      count("accepted", accepted(verifier.verify(signed)));
      seen.add(signed);
      jump(random);
      for (int back = 0; back < Math.min(20, seen.size()); back++) {
        count("wrongReplays", accepted(verifier.verify(seen.get(random.nextInt(seen.size())))));
      }
    }

    report();
    assertThat(figures).containsEntry("wrongReplays", 0L);
    assertThat(figures.get("accepted")).isPositive();
  }

  private static boolean accepted(SignatureVerdict verdict) {
    return verdict.fold(key -> true, refused -> false);
  }

  @Test
  void whenTheClockJumps_thenNoCodeCountsTwice() {
    MemoryMfaStore store = new MemoryMfaStore();
    SecondFactor factor = SecondFactor.of(store, clock, RANDOM, OtpSettings.DEFAULT);
    factor.enrol("alice", "Qilin");
    byte[] secret =
        HexFormat.of().parseHex(store.find("alice").orElseThrow().secret().reveal());
    String first = code(secret);
    assertThat(factor.confirm("alice", first)).isInstanceOf(MfaVerdict.Accepted.class);
    List<String> used = new ArrayList<>(List.of(first));
    List<Long> steps = new ArrayList<>(List.of(step()));
    Random random = run.random();

    for (int i = 0; i < run.n(); i++) {
      jump(random);
      String code = code(secret);
      boolean fresh = factor.verify("alice", code) instanceof MfaVerdict.Accepted;
      count("accepted", fresh);
      count("wrongSteps", fresh && steps.contains(step()));
      if (fresh) {
        used.add(code);
        steps.add(step());
      }
      count("wrongReplays", factor.verify("alice", code) instanceof MfaVerdict.Accepted);
    }

    report();
    assertThat(figures).containsEntry("wrongReplays", 0L).containsEntry("wrongSteps", 0L);
    assertThat(figures.get("accepted")).isPositive();
  }

  private long step() {
    return Math.floorDiv(clock.instant().getEpochSecond(), 30);
  }

  private String code(byte[] secret) {
    return OneTimeCode.of(secret, step(), 6, OtpAlgorithm.SHA1);
  }

  @Test
  void whenTheClockJumps_thenATokenCountsFromItsIssueToItsEndAndTheLeeway() {
    byte[] secret = new byte[32];
    RANDOM.nextBytes(secret);
    TokenKeys keys = TokenKeys.of(TokenKey.secret("k1", JwsAlgorithm.HS256, secret));
    TokenIssuer issuer = TokenIssuer.of(keys, "issuer", "desk", clock, RANDOM);
    TokenVerifier.Builder builder = TokenVerifier.builder(keys, "issuer", "desk", clock)
        .revoked(token -> Boolean.FALSE)
        .mostLife(LIFE)
        .leeway(LEEWAY);
    TokenVerifier plain = builder.build();
    TokenVerifier cached = builder.cached(1_024).build();
    Random random = run.random();

    for (int i = 0; i < run.n(); i++) {
      Instant issued = Instant.ofEpochSecond(clock.instant().getEpochSecond());
      String text =
          issuer.issue(TokenGrant.builder("u1").life(LIFE).build()).text().reveal();
      Instant end = issued.plus(LIFE).plus(LEEWAY);
      for (int look = 0; look < 5; look++) {
        boolean right =
            !clock.instant().isBefore(issued.minus(LEEWAY)) && clock.instant().isBefore(end);
        for (TokenVerifier verifier : List.of(plain, cached)) {
          boolean was = verifier.check(text) instanceof TokenVerdict.Accepted;
          count("accepted", was);
          count("wrongAcceptances", was && !right);
          count("wrongRefusals", !was && right);
        }
        jump(random);
      }
    }

    report();
    assertThat(figures).containsEntry("wrongAcceptances", 0L).containsEntry("wrongRefusals", 0L);
    assertThat(figures.get("accepted")).isPositive();
  }

  @Test
  void whenTheClockJumps_thenALimiterIsNeverClosedLongerThanItsPeriod() {
    RateLimit limit = new RateLimit(2, PERIOD, 2);
    LimitKey key = LimitKey.user("alice");
    LocalLimits limiter = LocalLimits.tokenBuckets(limit, 10, ticker::get);
    WallClockLimiter planted = new WallClockLimiter();
    Random random = run.random();
    long plantedClosed = 0;

    for (int i = 0; i < run.n(); i++) {
      while (limiter.take(key, 1) instanceof LimitVerdict.Admitted) {
        count("admitted", true);
      }
      planted.take();
      clock.advance(Duration.ofSeconds(JUMP_SECONDS[random.nextInt(JUMP_SECONDS.length)]));
      ticker.addAndGet(PERIOD.toNanos());
      clock.advance(PERIOD);
      count("wrongClosed", !(limiter.take(key, 1) instanceof LimitVerdict.Admitted));
      plantedClosed += planted.take() ? 0 : 1;
    }

    report();
    assertThat(figures).containsEntry("wrongClosed", 0L);
    assertThat(plantedClosed).as("a limiter by the wall clock must be caught").isPositive();
  }

  /** What must not be: one permit a second, by the wall clock. */
  private final class WallClockLimiter {
    private long free = Long.MIN_VALUE;

    boolean take() {
      long now = clock.millis();
      if (now < free) {
        return false;
      }
      free = now + PERIOD.toMillis();
      return true;
    }
  }
}
