package io.qilin.security.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.security.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SearchTokensTest {
  private static final Instant T0 = Instant.parse("2026-01-05T00:00:00Z");
  private static final byte[] KEY = KeyRingTest.key();

  private final KeyRing ring = KeyRing.builder("k1", KEY, T0).build();
  private final SearchTokens tokens = SearchTokens.of(ring, "t1/account/phone");

  @Test
  void whenValuesAreEqual_thenTheirTokensAreAlsoInAnotherProcess() {
    SearchTokens again =
        SearchTokens.of(KeyRing.builder("k1", KEY, T0).build(), "t1/account/phone");

    assertThat(tokens.token("13800138000")).isEqualTo(again.token("13800138000"));
    assertThat(tokens.token("13800138000")).hasSize(64).isNotEqualTo(tokens.token("13800138001"));
    assertThat(tokens.candidates("13800138000")).containsExactly(tokens.token("13800138000"));
  }

  @Test
  void whenATokenIsMade_thenItIsHmacWithADerivedKey() {
    byte[] derived = Hkdf.derive(
        HashAlgorithm.SHA_256,
        KEY,
        new byte[0],
        "qilin search token v1 t1/account/phone".getBytes(StandardCharsets.UTF_8),
        32);
    byte[] tag = Hmac.of(HashAlgorithm.SHA_256, derived).sign("价".getBytes(StandardCharsets.UTF_8));

    assertThat(tokens.token("价")).isEqualTo(HexFormat.of().formatHex(tag));
  }

  @Test
  void whenThePurposeIsAnother_thenTokensDoNotMatch() {
    assertThat(SearchTokens.of(ring, "t2/account/phone").token("1"))
        .isNotEqualTo(tokens.token("1"));
  }

  @Test
  void whenKeysRotate_thenBothTokensAreSearchedUntilTheOldKeyIsRevoked() {
    String old = tokens.token("1");
    ring.rotate("k2", KeyRingTest.key(), T0);

    assertThat(tokens.token("1")).isNotEqualTo(old);
    assertThat(tokens.candidates("1")).containsExactly(tokens.token("1"), old);
    ring.revoke("k1");
    assertThat(tokens.candidates("1")).containsExactly(tokens.token("1"));
    ring.retire("k2");
    Refused.with(ErrorCode.KEY_UNAVAILABLE, "no active key", () -> tokens.token("1"));
    assertThat(tokens.candidates("1")).hasSize(1);
  }

  @Test
  void whenThePurposeIsOutOfBounds_thenItIsRefused() {
    assertThat(SearchTokens.of(ring, "x".repeat(128)).token("1")).hasSize(64);
    Refused.with(ErrorCode.INVALID_ARGUMENT, "not 0", () -> SearchTokens.of(ring, ""));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT, "not 129", () -> SearchTokens.of(ring, "x".repeat(129)));
  }
}
