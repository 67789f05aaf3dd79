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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FieldCipherTest {
  private static final Instant T0 = Instant.parse("2026-01-05T00:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final FieldAddress AT = new FieldAddress("t1", "account", "4711", "resident-id");
  private static final byte[] PLAIN = "110101199003070011".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] KEY = KeyRingTest.key();

  private final KeyRing ring = KeyRing.builder("k1", KEY, T0).build();
  private final FieldCipher cipher = FieldCipher.of(ring, RANDOM);

  @Property(tries = 100)
  void whenAnythingIsEncrypted_thenItDecryptsAtItsPlace(@ForAll byte[] plain) {
    byte[] sealed = cipher.encrypt(plain, AT);

    assertThat(cipher.decrypt(sealed, AT)).isEqualTo(plain);
    assertThat(sealed).hasSize(1 + 1 + 2 + 12 + plain.length + 16);
    assertThat(Arrays.copyOf(sealed, 4)).containsExactly(1, 2, 'k', '1');
  }

  @Test
  void whenTheSameIsEncryptedTwice_thenNothingShows() {
    Set<String> nonces = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      nonces.add(Arrays.toString(Arrays.copyOfRange(cipher.encrypt(PLAIN, AT), 4, 16)));
    }
    assertThat(nonces).hasSize(200);
  }

  @Test
  void whenAnyBitIsFlippedOrAnyTailCut_thenTheOneErrorIsGiven() {
    byte[] sealed = cipher.encrypt(PLAIN, AT);
    Set<String> messages = new HashSet<>();
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      messages.add(failure(changed, AT));
    }
    for (int length = 0; length < sealed.length; length++) {
      messages.add(failure(Arrays.copyOf(sealed, length), AT));
    }
    messages.add(failure(Arrays.copyOf(sealed, sealed.length + 1), AT));

    assertThat(messages).hasSize(1);
  }

  @Test
  void whenAValueIsMoved_thenItDoesNotDecrypt() {
    byte[] sealed = cipher.encrypt(PLAIN, AT);
    List<FieldAddress> others = List.of(
        new FieldAddress("t2", "account", "4711", "resident-id"),
        new FieldAddress("", "account", "4711", "resident-id"),
        new FieldAddress("t1", "order", "4711", "resident-id"),
        new FieldAddress("t1", "account", "4712", "resident-id"),
        new FieldAddress("t1", "account", "4711", "phone"),
        new FieldAddress("t1a", "ccount", "4711", "resident-id"));

    assertThat(others).allSatisfy(other -> failure(sealed, other));
  }

  private String failure(byte[] sealed, FieldAddress at) {
    QilinException e = catchThrowableOfType(QilinException.class, () -> cipher.decrypt(sealed, at));
    assertThat(e.code()).isEqualTo(ErrorCode.DECRYPTION);
    assertThat(e).hasNoCause();
    return e.getMessage();
  }

  @Test
  void whenTheProcessStartsAgain_thenOldValuesDecrypt() {
    byte[] sealed = cipher.encrypt(PLAIN, AT);
    KeyRing restarted = KeyRing.builder("k1", KEY, T0).build();

    assertThat(FieldCipher.of(restarted, RANDOM).decrypt(sealed, AT)).isEqualTo(PLAIN);
  }

  @Test
  void whenKeysRotate_thenOldValuesDecryptAndReencryptedOnesAreOfTheNewKey() {
    byte[] sealed = cipher.encrypt(PLAIN, AT);
    ring.rotate("k2", KeyRingTest.key(), T0);
    byte[] anew = cipher.reencrypt(sealed, AT);

    assertThat(cipher.decrypt(sealed, AT)).isEqualTo(PLAIN);
    assertThat(FieldCipher.keyId(sealed)).isEqualTo("k1");
    assertThat(FieldCipher.keyId(anew)).isEqualTo("k2");
    ring.destroy("k1");
    assertThat(cipher.decrypt(anew, AT)).isEqualTo(PLAIN);
  }

  @Test
  void whenAKeyIsRevokedOrDestroyed_thenThatIsSaid() {
    byte[] sealed = cipher.encrypt(PLAIN, AT);
    ring.revoke("k1");
    Refused.with(ErrorCode.KEY_UNAVAILABLE, "'k1' is revoked", () -> cipher.decrypt(sealed, AT));
    ring.destroy("k1");
    Refused.with(ErrorCode.KEY_UNAVAILABLE, "'k1' was destroyed", () -> cipher.decrypt(sealed, AT));
    Refused.with(ErrorCode.KEY_UNAVAILABLE, "no active key", () -> cipher.encrypt(PLAIN, AT));
  }

  @Test
  void whenAKeyWithTheSameIdIsAnother_thenItDoesNotDecrypt() {
    byte[] sealed = cipher.encrypt(PLAIN, AT);
    FieldCipher other =
        FieldCipher.of(KeyRing.builder("k1", KeyRingTest.key(), T0).build(), RANDOM);

    Refused.with(ErrorCode.DECRYPTION, "cannot be decrypted", () -> other.decrypt(sealed, AT));
  }

  @Test
  void whenTextIsEncrypted_thenItIsBase64UrlAndComesBack() {
    String sealed = cipher.encryptText("李雷 😀", AT);

    assertThat(sealed).matches("[A-Za-z0-9_-]+");
    assertThat(cipher.decryptText(sealed, AT)).isEqualTo("李雷 😀");
    for (String bad : List.of("", "=", sealed + "=", sealed + " ", "*" + sealed.substring(1))) {
      Refused.with(ErrorCode.DECRYPTION, "cannot be decrypted", () -> cipher.decryptText(bad, AT));
    }
  }

  @Test
  void whenWhatWasEncryptedIsNoText_thenItIsNotGivenAsText() {
    String sealed = io.qilin.security.internal.StrictBase64Url.encode(
        cipher.encrypt(new byte[] {(byte) 0xff}, AT));

    Refused.with(ErrorCode.DECRYPTION, "cannot be decrypted", () -> cipher.decryptText(sealed, AT));
  }

  @Test
  void whenAValueIsTooLong_thenItIsRefused() {
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "at most 16777216 bytes, not 16777217",
        () -> cipher.encrypt(new byte[FieldCipher.MOST_BYTES + 1], AT));
  }

  @Test
  void whenRandomNumbersFail_thenNothingIsEncrypted() {
    List<SecureRandom> broken = new ArrayList<>();
    broken.add(new SecureRandom() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] bytes) {
        Arrays.fill(bytes, (byte) 0);
      }
    });
    broken.add(new SecureRandom() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] bytes) {
        throw new java.security.ProviderException("no device");
      }
    });
    for (SecureRandom random : broken) {
      FieldCipher unlucky = FieldCipher.of(ring, random);
      Refused.with(
          ErrorCode.SECURITY_UNAVAILABLE, "random numbers", () -> unlucky.encrypt(PLAIN, AT));
    }
    assertThat(ring.entries().get(0).uses()).isZero();
  }

  @Test
  void whenAnAddressIsOutOfBounds_thenItIsRefused() {
    String longest = "x".repeat(256);
    assertThat(new FieldAddress("", longest, longest, longest).tenant()).isEmpty();
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "tenant",
        () -> new FieldAddress("x".repeat(257), "a", "b", "c"));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT, "recordType", () -> new FieldAddress("", "", "b", "c"));
    Refused.with(ErrorCode.INVALID_ARGUMENT, "recordId", () -> new FieldAddress("", "a", "", "c"));
    Refused.with(ErrorCode.INVALID_ARGUMENT, "field", () -> new FieldAddress("", "a", "b", ""));
  }
}
