package io.qilin.security.crypto;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyStrengthTest {
  @Test
  void whenKeysAreRandom_thenAllPass() {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] key = new byte[32];
      random.nextBytes(key);
      assertThatCode(() -> KeyStrength.check(key, 256, "key")).doesNotThrowAnyException();
    }
  }

  @Test
  void whenRandomKeysAreWrittenInHex_thenTheyPass() {
    var random = new Random(8);
    for (int i = 0; i < 20_000; i++) {
      byte[] key = new byte[32];
      random.nextBytes(key);
      byte[] hex = java.util.HexFormat.of().formatHex(key).getBytes(StandardCharsets.US_ASCII);
      assertThatCode(() -> KeyStrength.check(hex, 256, "key")).doesNotThrowAnyException();
    }
  }

  @Test
  void whenAKeyIsOneBitShort_thenItIsRefusedByItsLengthAlone() {
    byte[] key = new byte[31];
    new Random(1).nextBytes(key);
    assertThatThrownBy(() -> KeyStrength.check(key, 256, "the signing key 'a1'"))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("QILIN-6006")
        .hasMessageContaining("the signing key 'a1'")
        .hasMessageContaining("248 bits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "your-secret-key-here-your-secret-key",
        "SECRET_KEY=your-secret-key-here!",
        "default-master-key-default-master",
        "change_me_change_me_change_me_123456",
        "0123456789abcdef0123456789abcdef",
        "Password1234567890Password12345678",
        "abcdefghijklmnopqrstuvwxyz012345"
      })
  void whenASecretIsAKnownPlaceholder_thenItIsRefusedAndNotNamed(String secret) {
    assertThatThrownBy(
            () -> KeyStrength.check(secret.getBytes(StandardCharsets.UTF_8), 256, "the key"))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("QILIN-6006")
        .hasMessageNotContaining(secret);
  }

  @Test
  void whenBytesFollowAPattern_thenTheyAreRefused() {
    byte[] zeros = new byte[32];
    byte[] counting = new byte[32];
    byte[] twice = new byte[32];
    new Random(3).nextBytes(twice);
    System.arraycopy(twice, 0, twice, 16, 16);
    for (int i = 0; i < 32; i++) {
      counting[i] = (byte) (5 + 3 * i);
    }
    for (byte[] key : Arrays.asList(zeros, counting, twice)) {
      assertThatThrownBy(() -> KeyStrength.check(key, 256, "the key"))
          .isInstanceOf(QilinException.class)
          .hasMessageContaining("QILIN-6006");
    }
  }
}
