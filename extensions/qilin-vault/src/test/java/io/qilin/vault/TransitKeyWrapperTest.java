package io.qilin.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.security.crypto.EnvelopeCipher;
import io.qilin.security.crypto.FieldAddress;
import io.qilin.security.crypto.WrappedKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransitKeyWrapperTest extends VaultFixture {
  private static final FieldAddress AT = new FieldAddress("", "account", "4711", "resident-id");
  private static final byte[] PLAIN = "s3cr3t".getBytes(StandardCharsets.UTF_8);
  private VaultTransit transit;
  private EnvelopeCipher cipher;

  @BeforeEach
  void open() {
    transit = VaultTransit.at(open(builder(role()).attempts(1)), "transit");
    transit.create("orders", "aes256-gcm96");
    cipher = EnvelopeCipher.of(TransitKeyWrapper.of(transit, "orders"), new SecureRandom());
  }

  @Test
  void whenTheWrappingKeyIsRotated_thenOldValuesDecryptAndAreBroughtToTheNewVersion() {
    byte[] sealed = cipher.encrypt(PLAIN, AT);
    assertThat(EnvelopeCipher.keyId(sealed)).isEqualTo("transit/orders/v1");
    transit.rotate("orders");
    byte[] anew = cipher.rewrap(sealed);

    assertThat(EnvelopeCipher.keyId(anew)).isEqualTo("transit/orders/v2");
    assertThat(cipher.decrypt(sealed, AT)).isEqualTo(PLAIN);
    transit.minDecryptionVersion("orders", 2);
    assertThat(cipher.decrypt(anew, AT)).isEqualTo(PLAIN);
    assertThat(code(() -> cipher.decrypt(sealed, AT))).isEqualTo(ErrorCode.KEY_UNAVAILABLE);
  }

  @Test
  void whenTheServerIsGone_thenNothingIsEncryptedOrDecryptedUntilItIsBack() throws Exception {
    byte[] sealed = cipher.encrypt(PLAIN, AT);
    vault.stop();

    assertThat(code(() -> cipher.encrypt(PLAIN, AT))).isEqualTo(ErrorCode.SECURITY_UNAVAILABLE);
    assertThat(code(() -> cipher.decrypt(sealed, AT))).isEqualTo(ErrorCode.SECURITY_UNAVAILABLE);
    vault.start();
    assertThat(cipher.decrypt(sealed, AT)).isEqualTo(PLAIN);
  }

  @Test
  void whenAWrappedKeyIsOfAnotherKey_thenItIsNotUnwrapped() {
    TransitKeyWrapper wrapper = TransitKeyWrapper.of(transit, "orders");
    WrappedKey good = wrapper.wrap(new byte[32]);

    for (WrappedKey bad : java.util.List.of(
        WrappedKey.of("transit/other/v1", good.bytes()),
        WrappedKey.of("transit/orders/v2", good.bytes()),
        WrappedKey.of("transit/orders/v1", new byte[] {1, 2, 3}))) {
      assertThat(code(() -> wrapper.unwrap(bad))).isEqualTo(ErrorCode.DECRYPTION);
    }
    assertThat(code(() -> TransitKeyWrapper.of(transit, "k".repeat(60))))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }
}
