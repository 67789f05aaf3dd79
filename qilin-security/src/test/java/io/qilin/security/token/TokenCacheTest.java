package io.qilin.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenCacheTest {
  private static final Instant T0 = Tokens.T0;

  private final Tokens tokens = new Tokens();
  private final TokenKeys.Snapshot keys = tokens.keys.snapshot();
  private final TokenVerdict.Accepted accepted =
      (TokenVerdict.Accepted) tokens.verifier().build().check(tokens.token(Tokens.claims("")));

  private TokenVerifier.Genuine genuine(long from, long until) {
    return new TokenVerifier.Genuine(accepted, T0.plusSeconds(from), T0.plusSeconds(until));
  }

  @Test
  void whenAnEntryIsAsked_thenItCountsWithinItsTimeAndForItsKeys() {
    TokenCache cache = new TokenCache(4);
    TokenDigest digest = new TokenDigest(1, 2, 3, 4);
    cache.put(digest, keys, genuine(10, 20));

    assertThat(cache.find(digest, keys, T0.plusSeconds(10))).isSameAs(accepted);
    assertThat(cache.find(digest, keys, T0.plusSeconds(20).minusNanos(1))).isSameAs(accepted);
    assertThat(cache.find(new TokenDigest(1, 2, 3, 5), keys, T0.plusSeconds(10)))
        .isNull();
    assertThat(cache.size()).isEqualTo(1);
    assertThat(cache.find(digest, keys, T0.plusSeconds(20))).isNull();
    assertThat(cache.size()).isZero();
    cache.put(digest, keys, genuine(10, 20));
    assertThat(cache.find(digest, keys, T0.plusSeconds(10).minusNanos(1))).isNull();
    cache.put(digest, keys, genuine(10, 20));
    tokens.keys.prune(T0);
    assertThat(cache.find(digest, tokens.keys.snapshot(), T0.plusSeconds(10))).isNull();
    assertThat(cache.size()).isZero();
  }

  @Test
  void whenAGroupIsFull_thenWhatEndsFirstIsGivenUp() {
    TokenCache cache = new TokenCache(4);
    for (int i = 0; i < 4; i++) {
      cache.put(new TokenDigest(i, 0, 0, 0), keys, genuine(0, i == 2 ? 5 : 10 + i));
    }
    cache.put(new TokenDigest(9, 0, 0, 0), keys, genuine(0, 30));

    assertThat(cache.size()).isEqualTo(4);
    assertThat(cache.find(new TokenDigest(2, 0, 0, 0), keys, T0)).isNull();
    for (int kept : new int[] {0, 1, 3, 9}) {
      assertThat(cache.find(new TokenDigest(kept, 0, 0, 0), keys, T0)).isSameAs(accepted);
    }
    TokenKeys.Snapshot next = TokenKeys.of(tokens.key).snapshot();
    cache.put(new TokenDigest(10, 0, 0, 0), next, genuine(0, 1));
    cache.put(new TokenDigest(11, 0, 0, 0), next, genuine(0, 1));
    assertThat(cache.find(new TokenDigest(10, 0, 0, 0), next, T0)).isSameAs(accepted);
    assertThat(cache.find(new TokenDigest(11, 0, 0, 0), next, T0)).isSameAs(accepted);
  }

  @Test
  void whenManyTokensCome_thenTheTableDoesNotGrow() {
    TokenCache cache = new TokenCache(1_000);
    for (int i = 0; i < 20_000; i++) {
      cache.put(TokenDigest.of(new byte[] {(byte) i, (byte) (i >> 8)}), keys, genuine(0, 10));
    }

    assertThat(cache.capacity()).isEqualTo(1_024);
    assertThat(cache.size()).isBetween(1_000, 1_024);
    assertThat(new TokenCache(1).capacity()).isEqualTo(4);
    assertThat(new TokenCache(5).capacity()).isEqualTo(8);
  }

  @Test
  void whenATokenIsKnown_thenItIsTheSameVerdictUntilItsKeysTimeOrRevocationEndIt() {
    Set<String> revoked = new HashSet<>();
    Map<String, Integer> asked = new HashMap<>();
    TokenVerifier verifier = tokens
        .verifier()
        .revoked(token -> {
          asked.merge(token.id(), 1, Integer::sum);
          return revoked.contains(token.id());
        })
        .cached(16)
        .build();
    String token = tokens.token(Tokens.claims(""));
    TokenVerdict first = verifier.check(token);

    assertThat(verifier.check(token)).isSameAs(first);
    assertThat(asked).containsEntry("j1", 2);
    tokens.clock.set(T0.plusSeconds(629));
    assertThat(verifier.check(token)).isSameAs(first);
    tokens.clock.set(T0.plusSeconds(630));
    assertThat(Tokens.reason(verifier.check(token))).isEqualTo(TokenRefusal.EXPIRED);
    tokens.clock.set(T0.minusSeconds(31));
    assertThat(Tokens.reason(verifier.check(token))).isEqualTo(TokenRefusal.NOT_YET_VALID);
    tokens.clock.set(T0);
    assertThat(verifier.check(token)).isInstanceOf(TokenVerdict.Accepted.class);
    revoked.add("j1");
    assertThat(Tokens.reason(verifier.check(token))).isEqualTo(TokenRefusal.TOKEN_REVOKED);
    revoked.clear();
    tokens.keys.rotate(TokenKeysTest.key("k2", JwsAlgorithm.HS256), T0.plusSeconds(100));
    assertThat(verifier.check(token)).isInstanceOf(TokenVerdict.Accepted.class);
    tokens.clock.set(T0.plusSeconds(100));
    assertThat(Tokens.reason(verifier.check(token))).isEqualTo(TokenRefusal.KEY_REVOKED);
    tokens.clock.set(T0);
    tokens.keys.revoke("k1");
    assertThat(Tokens.reason(verifier.check(token))).isEqualTo(TokenRefusal.KEY_REVOKED);
  }

  @Test
  void whenATokenIsRefused_thenItIsNotRemembered() {
    Set<String> revoked = new HashSet<>(Set.of("j1"));
    TokenVerifier verifier = tokens
        .verifier()
        .revoked(token -> revoked.contains(token.id()))
        .cached(4)
        .build();
    String token = tokens.token(Tokens.claims(""));
    assertThat(Tokens.reason(verifier.check(token))).isEqualTo(TokenRefusal.TOKEN_REVOKED);
    revoked.clear();

    assertThat(verifier.check(token)).isInstanceOf(TokenVerdict.Accepted.class);
    assertThat(Tokens.reason(verifier.check(token + "A"))).isEqualTo(TokenRefusal.SIGNATURE);
  }

  @Test
  void whenATokenIsHashed_thenItIsSha256() {
    assertThat(TokenDigest.of(new byte[0]).hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(Arrays.asList(TokenDigest.of(new byte[1]), TokenDigest.of(new byte[1])))
        .containsOnly(TokenDigest.of(new byte[1]))
        .doesNotContain(TokenDigest.of(new byte[2]));
  }
}
