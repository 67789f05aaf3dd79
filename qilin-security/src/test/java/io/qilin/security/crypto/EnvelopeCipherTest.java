package io.qilin.security.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.Refused;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvelopeCipherTest {
  private static final Instant T0 = Instant.parse("2026-01-05T00:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final FieldAddress AT = new FieldAddress("t1", "vault", "1", "body");
  private static final byte[] PLAIN = "a longer text".getBytes(StandardCharsets.US_ASCII);

  private final KeyRing ring = KeyRing.builder("kek-1", KeyRingTest.key(), T0).build();
  private final EnvelopeCipher cipher = EnvelopeCipher.of(AesKeyWrapper.of(ring), RANDOM);

  @Test
  void whenAValueIsEncrypted_thenItDecryptsAtItsPlaceOnly() {
    byte[] sealed = cipher.encrypt(PLAIN, AT);

    assertThat(cipher.decrypt(sealed, AT)).isEqualTo(PLAIN);
    assertThat(cipher.decrypt(cipher.encrypt(new byte[0], AT), AT)).isEmpty();
    assertThat(sealed).hasSize(1 + 1 + 5 + 2 + 40 + 12 + PLAIN.length + 16);
    FieldAddress other = new FieldAddress("t1", "vault", "2", "body");
    Refused.with(ErrorCode.DECRYPTION, "cannot be decrypted", () -> cipher.decrypt(sealed, other));
  }

  @Test
  void whenTheWrappingKeyRotates_thenOnlyTheWrappedKeyIsWrittenAnew() {
    byte[] sealed = cipher.encrypt(PLAIN, AT);
    ring.rotate("kek-22", KeyRingTest.key(), T0);
    byte[] again = cipher.rewrap(sealed);
    ring.destroy("kek-1");

    assertThat(EnvelopeCipher.keyId(sealed)).isEqualTo("kek-1");
    assertThat(EnvelopeCipher.keyId(again)).isEqualTo("kek-22");
    int body = 12 + PLAIN.length + 16;
    assertThat(Arrays.copyOfRange(again, again.length - body, again.length))
        .isEqualTo(Arrays.copyOfRange(sealed, sealed.length - body, sealed.length));
    assertThat(cipher.decrypt(again, AT)).isEqualTo(PLAIN);
    Refused.with(ErrorCode.KEY_UNAVAILABLE, "was destroyed", () -> cipher.decrypt(sealed, AT));
    Refused.with(ErrorCode.KEY_UNAVAILABLE, "was destroyed", () -> cipher.rewrap(sealed));
  }

  @Test
  void whenAnyBitIsFlippedOrAnyTailCut_thenTheOneErrorIsGiven() {
    byte[] sealed = cipher.encrypt(PLAIN, AT);
    Set<String> messages = new HashSet<>();
    for (int bit = 0; bit < sealed.length * 8; bit += 7) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      messages.add(failure(changed));
    }
    for (int length = 0; length < sealed.length; length++) {
      messages.add(failure(Arrays.copyOf(sealed, length)));
    }

    assertThat(messages).hasSize(1);
  }

  private String failure(byte[] sealed) {
    QilinException e = catchThrowableOfType(QilinException.class, () -> cipher.decrypt(sealed, AT));
    assertThat(e.code()).isEqualTo(ErrorCode.DECRYPTION);
    return e.getMessage();
  }

  @Test
  void whenTheWrapperFailsOrGivesNonsense_thenNothingIsGiven() {
    List<byte[]> kept = new ArrayList<>();
    EnvelopeCipher broken = EnvelopeCipher.of(
        new KeyWrapper() {
          @Override
          public WrappedKey wrap(byte[] dataKey) {
            kept.add(dataKey);
            throw new IllegalStateException("no vault");
          }

          @Override
          public byte[] unwrap(WrappedKey wrapped) {
            return null;
          }
        },
        RANDOM);
    byte[] sealed = cipher.encrypt(PLAIN, AT);

    Refused.with(ErrorCode.SECURITY_UNAVAILABLE, "wrapper", () -> broken.encrypt(PLAIN, AT));
    Refused.with(ErrorCode.SECURITY_UNAVAILABLE, "wrapper", () -> broken.decrypt(sealed, AT));
    Refused.with(ErrorCode.SECURITY_UNAVAILABLE, "wrapper", () -> broken.rewrap(sealed));
    assertThat(kept).singleElement().isEqualTo(new byte[32]);
  }

  @Test
  void whenADataKeyWasUsed_thenItIsOverwritten() {
    List<byte[]> kept = new ArrayList<>();
    KeyWrapper real = AesKeyWrapper.of(ring);
    EnvelopeCipher watched = EnvelopeCipher.of(
        new KeyWrapper() {
          @Override
          public WrappedKey wrap(byte[] dataKey) {
            kept.add(dataKey);
            return real.wrap(dataKey);
          }

          @Override
          public byte[] unwrap(WrappedKey wrapped) {
            byte[] dataKey = real.unwrap(wrapped);
            kept.add(dataKey);
            return dataKey;
          }
        },
        RANDOM);
    byte[] sealed = watched.encrypt(PLAIN, AT);
    assertThat(watched.decrypt(sealed, AT)).isEqualTo(PLAIN);
    assertThat(watched.decrypt(watched.rewrap(sealed), AT)).isEqualTo(PLAIN);

    assertThat(kept).hasSize(5).allSatisfy(key -> assertThat(key).isEqualTo(new byte[32]));
  }

  @Test
  void whenTheWrapperGivesAKeyOfAnotherLength_thenItIsNotUsed() {
    EnvelopeCipher broken = EnvelopeCipher.of(
        new KeyWrapper() {
          @Override
          public WrappedKey wrap(byte[] dataKey) {
            return WrappedKey.of("k", new byte[] {1});
          }

          @Override
          public byte[] unwrap(WrappedKey wrapped) {
            return new byte[16];
          }
        },
        RANDOM);
    byte[] sealed = broken.encrypt(PLAIN, AT);

    Refused.with(ErrorCode.DECRYPTION, "cannot be decrypted", () -> broken.decrypt(sealed, AT));
  }

  @Test
  void whenAValueIsTooLong_thenItIsRefused() {
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "at most 16777216 bytes",
        () -> cipher.encrypt(new byte[FieldCipher.MOST_BYTES + 1], AT));
  }

  @Test
  void whenAWrappedKeyIsMade_thenItIsAValueWithinItsBounds() {
    byte[] bytes = {1, 2};
    WrappedKey key = WrappedKey.of("k", bytes);
    bytes[0] = 9;
    key.bytes()[1] = 9;

    assertThat(key).isEqualTo(WrappedKey.of("k", new byte[] {1, 2}));
    assertThat(key).hasSameHashCodeAs(WrappedKey.of("k", new byte[] {1, 2}));
    assertThat(key).isNotEqualTo(WrappedKey.of("l", new byte[] {1, 2}));
    assertThat(key).isNotEqualTo(WrappedKey.of("k", new byte[] {1, 3})).isNotEqualTo("k");
    assertThat(key).hasToString("WrappedKey[k]");
    assertThat(WrappedKey.of("k", new byte[8_192]).bytes()).hasSize(8_192);
    Refused.with(ErrorCode.INVALID_ARGUMENT, "1 to 8192", () -> WrappedKey.of("k", new byte[0]));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT, "1 to 8192", () -> WrappedKey.of("k", new byte[8_193]));
    Refused.with(ErrorCode.INVALID_ARGUMENT, "key id", () -> WrappedKey.of("", new byte[1]));
  }

  @Test
  void whenADataKeyIsNotAMultipleOf8_thenItIsNotWrapped() {
    byte[] key = KeyRingTest.key();
    Refused.with(ErrorCode.INVALID_ARGUMENT, "not 17", () -> AesKeyWrap.wrap(key, new byte[17]));
    Refused.with(ErrorCode.INVALID_ARGUMENT, "not 8", () -> AesKeyWrap.wrap(key, new byte[8]));
    assertThat(AesKeyWrap.unwrap(key, AesKeyWrap.wrap(key, new byte[16]))).hasSize(16);
  }

  @Test
  void whenAWrappingKeyIsUnknown_thenItDoesNotUnwrap() {
    AesKeyWrapper wrapper = AesKeyWrapper.of(ring);

    Refused.with(
        ErrorCode.DECRYPTION,
        "cannot be decrypted",
        () -> wrapper.unwrap(WrappedKey.of("other", new byte[40])));
  }
}
