package io.qilin.security.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedValuesTest {
  private static final String CANARY = "canary-7Qw9zR4tXp2L";

  private final VaultKeys keys =
      VaultKeys.derive("a Passphrase for tests 1".toCharArray(), new byte[16], 1_000);
  private final EncryptedValues values = EncryptedValues.of(new ValueCipher() {
    @Override
    public byte[] encrypt(String keyId, String path, byte[] plain) {
      return keys.seal(plain, (keyId + path).getBytes(StandardCharsets.UTF_8), new SecureRandom());
    }

    @Override
    public byte[] decrypt(String keyId, String path, byte[] sealed) {
      return keys.open(sealed, (keyId + path).getBytes(StandardCharsets.UTF_8), path);
    }
  });

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageNotContaining(CANARY)
        .hasNoCause();
  }

  @Test
  void whenAValueIsEncrypted_thenItIsDecryptedAtItsPlaceOnly() {
    String value = values.encrypt("k-1", "db.password", Secret.of(CANARY));

    assertThat(value).startsWith("ENC(k-1:").endsWith(")").doesNotContain(CANARY);
    assertThat(EncryptedValues.encrypted(value)).isTrue();
    assertThat(EncryptedValues.encrypted("plain")).isFalse();
    assertThat(values.decrypt("db.password", value)).isEqualTo(Secret.of(CANARY));
    refused(ErrorCode.DECRYPTION, () -> values.decrypt("db.user", value));
    refused(ErrorCode.DECRYPTION, () -> values.decrypt("db.password", value.replace("k-1", "k-2")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "ENC()",
        "ENC(k:)",
        "ENC(k:AAAA",
        "ENC(:AAAA)",
        "ENC(k:A*)",
        "ENC(k:AAAA) ",
        "ENC(k:A)"
      })
  void whenAValueHasAnotherForm_thenItIsRefused(String value) {
    refused(ErrorCode.DECRYPTION, () -> values.decrypt("a", value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:b", "a)"})
  void whenAKeyIdHasAnotherForm_thenItIsRefused(String keyId) {
    refused(ErrorCode.INVALID_ARGUMENT, () -> values.encrypt(keyId, "a", Secret.of(CANARY)));
  }

  @Test
  void whenTheCipherFails_thenTheValueIsRefused() {
    for (byte @Nullable [] answer :
        new byte[][] {null, {}, CANARY.getBytes(StandardCharsets.UTF_8)}) {
      EncryptedValues failing = EncryptedValues.of(answering(answer));
      refused(ErrorCode.SECURITY_UNAVAILABLE, () -> failing.encrypt("k", "a", Secret.of(CANARY)));
    }
    for (byte @Nullable [] answer : new byte[][] {null, {}, {(byte) 0xff}}) {
      refused(
          ErrorCode.DECRYPTION,
          () -> EncryptedValues.of(answering(answer)).decrypt("a", "ENC(k:AAAA)"));
    }
    ValueCipher throwing = new ValueCipher() {
      @Override
      public byte[] encrypt(String keyId, String path, byte[] plain) {
        throw new UnsupportedOperationException(CANARY);
      }

      @Override
      public byte[] decrypt(String keyId, String path, byte[] sealed) {
        throw new UnsupportedOperationException(CANARY);
      }
    };
    refused(
        ErrorCode.SECURITY_UNAVAILABLE,
        () -> EncryptedValues.of(throwing).encrypt("k", "a", Secret.of(CANARY)));
    refused(ErrorCode.DECRYPTION, () -> EncryptedValues.of(throwing).decrypt("a", "ENC(k:AAAA)"));
  }

  private static ValueCipher answering(byte @Nullable [] answer) {
    return new ValueCipher() {
      @Override
      public byte[] encrypt(String keyId, String path, byte[] plain) {
        return answer;
      }

      @Override
      public byte[] decrypt(String keyId, String path, byte[] sealed) {
        return answer;
      }
    };
  }
}
