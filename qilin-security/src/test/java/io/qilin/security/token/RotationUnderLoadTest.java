package io.qilin.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.security.crypto.FieldAddress;
import io.qilin.security.crypto.FieldCipher;
import io.qilin.security.crypto.KeyRing;
import io.qilin.testkit.fault.FaultRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Fault scenario F17: keys rotate while eight threads issue and verify. The clock is driven: in every round the keys rotate and the
 * clock goes on, while the threads work; then the last tokens are judged at the end of their overlap.
 */
@Tag("fault")
@Tag("F17")
class RotationUnderLoadTest {
  private static final int THREADS = 8;
  private static final int TOKENS = 5;
  private static final Duration LIFE = Duration.ofSeconds(60);
  private static final Duration LEEWAY = Duration.ofSeconds(5);

  private final FaultRun run = FaultRun.of("F17", 10);
  private final Tokens tokens = new Tokens();
  private final TokenIssuer issuer = tokens.issuer();
  private final TokenVerifier plain = verifier().build();
  private final TokenVerifier cached = verifier().cached(1_024).build();
  private final AtomicLong falseRefusals = new AtomicLong();
  private final AtomicLong falseAcceptances = new AtomicLong();
  private final AtomicInteger accepted = new AtomicInteger();

  private TokenVerifier.Builder verifier() {
    return tokens.verifier().mostLife(LIFE).leeway(LEEWAY);
  }

  @Test
  void whenTokenKeysRotateUnderLoad_thenNoTokenIsLostInTheOverlapAndNoneLivesAfterIt()
      throws Exception {
    Instant now = Tokens.T0;
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (int round = 0; round < run.n(); round++) {
        CyclicBarrier start = new CyclicBarrier(THREADS + 1);
        List<Future<List<String>>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
          work.add(threads.submit(() -> issueAndVerify(start)));
        }
        start.await();
        Instant overlap = now.plus(LIFE).plus(LEEWAY);
        tokens.keys.rotate(TokenKeysTest.key("r" + round, JwsAlgorithm.HS256), overlap);
        List<String> issued = new ArrayList<>();
        for (Future<List<String>> done : work) {
          issued.addAll(done.get(10, TimeUnit.MINUTES));
        }
        judge(issued, overlap);
        now = overlap;
        tokens.keys.prune(now);
      }
    } finally {
      threads.shutdownNow();
    }

    System.out.println(run.report(
        falseRefusals.get() + falseAcceptances.get(),
        Map.of(
            "accepted", accepted,
            "falseRefusals", falseRefusals,
            "acceptancesAfterTheOverlap", falseAcceptances)));
    assertThat(accepted.get()).isEqualTo(run.n() * THREADS * TOKENS * 4);
    assertThat(falseRefusals.get()).isZero();
    assertThat(falseAcceptances.get()).isZero();
    assertThat(tokens.keys.keys()).hasSize(1);
  }

  private List<String> issueAndVerify(CyclicBarrier start) throws Exception {
    start.await();
    List<String> issued = new ArrayList<>();
    for (int i = 0; i < TOKENS; i++) {
      String token =
          issuer.issue(TokenGrant.builder("u1").life(LIFE).build()).text().reveal();
      issued.add(token);
      expect(true, plain, token);
      expect(true, cached, token);
    }
    return issued;
  }

  /** All are accepted one nanosecond before the overlap ends, and refused from then on. */
  private void judge(List<String> issued, Instant overlap) {
    tokens.clock.set(overlap.minusNanos(1));
    for (String token : issued) {
      expect(true, plain, token);
      expect(true, cached, token);
    }
    tokens.clock.set(overlap);
    for (String token : issued) {
      expect(false, plain, token);
      expect(false, cached, token);
    }
  }

  private void expect(boolean right, TokenVerifier verifier, String token) {
    boolean was = verifier.check(token) instanceof TokenVerdict.Accepted;
    accepted.addAndGet(was ? 1 : 0);
    if (right && !was) {
      falseRefusals.incrementAndGet();
    } else if (!right && was) {
      falseAcceptances.incrementAndGet();
    }
  }

  /** The control: without key ids, one key at a time, rotation must lose tokens; the test above would see that. */
  @Test
  void whenTheOverlapIsLeftOut_thenTokensAreLost() {
    String token =
        issuer.issue(TokenGrant.builder("u1").life(LIFE).build()).text().reveal();
    tokens.keys.rotate(TokenKeysTest.key("r", JwsAlgorithm.HS256), Tokens.T0);
    expect(true, plain, token);

    assertThat(falseRefusals.get()).isEqualTo(1);
  }

  @Test
  void whenDataKeysRotateUnderLoad_thenEveryOldValueDecryptsUntilItsKeyIsDestroyed()
      throws Exception {
    KeyRing ring = KeyRing.builder("d0", Tokens.secret(), Tokens.T0).build();
    FieldCipher cipher = FieldCipher.of(ring, Tokens.RANDOM);
    FieldAddress at = new FieldAddress("t", "r", "1", "f");
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<byte[]> sealed = new ArrayList<>();
    try {
      CyclicBarrier start = new CyclicBarrier(THREADS + 1);
      List<Future<List<byte[]>>> work = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        work.add(threads.submit(() -> {
          start.await();
          List<byte[]> mine = new ArrayList<>();
          for (int i = 0; i < 40; i++) {
            mine.add(cipher.encrypt(new byte[] {42}, at));
            assertThat(cipher.decrypt(mine.get(i), at)).containsExactly(42);
          }
          return mine;
        }));
      }
      start.await();
      for (int i = 1; i <= 20; i++) {
        ring.rotate("d" + i, Tokens.secret(), Tokens.T0);
      }
      for (Future<List<byte[]>> done : work) {
        sealed.addAll(done.get(10, TimeUnit.MINUTES));
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(sealed)
        .hasSize(THREADS * 40)
        .allSatisfy(one -> assertThat(cipher.decrypt(one, at)).containsExactly(42));
    assertThat(ring.entries().stream().mapToLong(KeyRing.Entry::uses).sum())
        .isEqualTo(THREADS * 40);
  }
}
