package io.qilin.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTransitTest extends VaultFixture {
  private static final byte[] PLAIN = "s3cr3t order".getBytes(StandardCharsets.UTF_8);
  private VaultTransit transit;

  @BeforeEach
  void open() {
    transit = VaultTransit.at(root(), "transit");
    transit.create("orders", "aes256-gcm96");
    transit.create("signer", "ed25519");
  }

  @Test
  void whenEncrypted_thenItDecryptsAndRewrapsToTheLatestVersion() {
    String first = transit.encrypt("orders", PLAIN);
    transit.rotate("orders");
    String second = transit.rewrap("orders", first);

    assertThat(VaultTransit.version(first)).isEqualTo(1);
    assertThat(VaultTransit.version(second)).isEqualTo(2);
    assertThat(transit.decrypt("orders", first)).isEqualTo(PLAIN);
    assertThat(transit.decrypt("orders", second)).isEqualTo(PLAIN);
    assertThat(transit.decrypt("orders", transit.encrypt("orders", new byte[0])))
        .isEmpty();
  }

  @Test
  void whenAnOldVersionIsNotAllowedAnyMore_thenItsKeyIsUnavailable() {
    String first = transit.encrypt("orders", PLAIN);
    transit.rotate("orders");
    transit.minDecryptionVersion("orders", 2);

    assertThat(code(() -> transit.decrypt("orders", first))).isEqualTo(ErrorCode.KEY_UNAVAILABLE);
    assertThat(transit.key("orders"))
        .isEqualTo(new TransitKey("orders", "aes256-gcm96", 2, 2, false, false));
    assertThat(code(() -> transit.minDecryptionVersion("orders", 0)))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void whenACiphertextIsDamaged_thenItDoesNotDecrypt() {
    String good = transit.encrypt("orders", PLAIN);

    for (String bad : List.of(
        FakeTransit.damaged(good),
        good.substring(6),
        "vault:v9:AAAA",
        "vault:v0:AAAA",
        "",
        "vault:v1:*")) {
      assertThat(code(() -> transit.decrypt("orders", bad)))
          .as(bad)
          .isEqualTo(ErrorCode.DECRYPTION);
    }
    assertThat(code(() -> transit.decrypt("signer", good))).isEqualTo(ErrorCode.DECRYPTION);
  }

  @Test
  void whenThereIsNoSuchKey_thenItIsUnavailable() {
    assertThat(code(() -> transit.decrypt("other", "vault:v1:AAAA")))
        .isEqualTo(ErrorCode.KEY_UNAVAILABLE);
    assertThat(code(() -> transit.key("other"))).isEqualTo(ErrorCode.KEY_UNAVAILABLE);
    assertThat(code(() -> transit.rotate("other"))).isEqualTo(ErrorCode.KEY_UNAVAILABLE);
    assertThat(code(() -> transit.minDecryptionVersion("other", 1)))
        .isEqualTo(ErrorCode.KEY_UNAVAILABLE);
    assertThat(code(() -> transit.key("../sys/x"))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400, 207})
  void whenPartOfABatchFails_thenTheRestIsThereWhateverTheStatus(int status) {
    vault.transit.partial = status;
    List<TransitOutcome<String>> sealed =
        transit.encryptAll("orders", List.of(PLAIN, new byte[] {1}));
    String first = sealed.get(0).fold(text -> text, (code, reason) -> reason);
    String second = sealed.get(1).fold(text -> text, (code, reason) -> reason);

    List<TransitOutcome<byte[]>> opened = transit.decryptAll(
        "orders", List.of(first, FakeTransit.damaged(second), second, "no prefix"));

    assertThat(opened.stream()
            .map(one -> one.fold(Arrays::toString, (code, reason) -> code.toString())))
        .containsExactly(Arrays.toString(PLAIN), "DECRYPTION", "[1]", "DECRYPTION");
    assertThat(opened.get(0).toString()).isEqualTo("Done");
    transit.rotate("orders");
    assertThat(transit.rewrapAll("orders", List.of(first, second)))
        .allMatch(one -> one.fold(VaultTransit::version, (code, reason) -> 0L) == 2);
  }

  @Test
  void whenOneResultOfABatchIsNonsense_thenTheOthersAreThere() {
    vault.failAlways(
        "POST transit/decrypt/orders",
        FakeVault.raw(
            200,
            "application/json",
            "{\"data\":{\"batch_results\":[{\"plaintext\":\"AQ==\"},{\"plaintext\":\"canary!\"},{}]}}"));

    assertThat(transit.decryptAll("orders", List.of("vault:v1:AA", "vault:v1:BB", "vault:v1:CC")))
        .extracting(one -> one.fold(Arrays::toString, (code, reason) -> code.toString()))
        .containsExactly("[1]", "SECURITY_UNAVAILABLE", "SECURITY_UNAVAILABLE");
  }

  @Test
  void whenABatchHasTooManyOrTooFewItems_thenItIsRefused() {
    assertThat(code(() -> transit.encryptAll("orders", List.of())))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(code(() -> transit.decryptAll("orders", java.util.Collections.nCopies(1_001, "x"))))
        .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    vault.failAlways(
        "POST transit/encrypt/orders",
        FakeVault.raw(200, "application/json", "{\"data\":{\"batch_results\":[]}}"));
    assertThat(code(() -> transit.encryptAll("orders", List.of(PLAIN))))
        .isEqualTo(ErrorCode.SECURITY_UNAVAILABLE);
  }

  @Test
  void whenADataKeyIsMade_thenItsCiphertextDecryptsToIt() {
    TransitDataKey key = transit.dataKey("orders", 256);
    byte[] plain = key.plain();

    assertThat(transit.decrypt("orders", key.ciphertext())).isEqualTo(plain).hasSize(32);
    key.close();
    assertThat(code(key::plain)).isEqualTo(ErrorCode.KEY_UNAVAILABLE);
    assertThat(key.toString()).isEqualTo("TransitDataKey");
    assertThat(transit.decrypt("orders", transit.wrappedDataKey("orders", 512))).hasSize(64);
    assertThat(code(() -> transit.dataKey("orders", 192))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
  }

  @Test
  void whenSigned_thenOnlyTheSameMessageVerifies() {
    String signature = transit.sign("signer", PLAIN);

    assertThat(transit.verify("signer", PLAIN, signature)).isTrue();
    assertThat(transit.verify("signer", new byte[] {1}, signature)).isFalse();
    assertThat(transit.verify("signer", PLAIN, FakeTransit.damaged(signature))).isFalse();
    assertThat(transit.verify("signer", PLAIN, "vault:v7:AAAA")).isFalse();
    assertThat(transit.verify("signer", PLAIN, "nonsense")).isFalse();
    assertThat(code(() -> transit.sign("orders", PLAIN))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    transit.rotate("signer");
    transit.minDecryptionVersion("signer", 2);
    assertThat(code(() -> transit.verify("signer", PLAIN, signature)))
        .isEqualTo(ErrorCode.KEY_UNAVAILABLE);
  }

  @Test
  void whenHashed_thenOnlyTheSameMessageVerifies() {
    String hmac = transit.hmac("orders", PLAIN);

    assertThat(transit.verifyHmac("orders", PLAIN, hmac)).isTrue();
    assertThat(transit.verifyHmac("orders", new byte[0], hmac)).isFalse();
    assertThat(transit.verifyHmac("orders", PLAIN, FakeTransit.damaged(hmac))).isFalse();
  }

  @Test
  void whenAVerificationHasNoVerdict_thenItIsNoYes() {
    vault.failAlways(
        "POST transit/verify/signer",
        FakeVault.raw(200, "application/json", "{\"data\":{\"valid\":\"true\"}}"));

    assertThat(code(() -> transit.verify("signer", PLAIN, "vault:v1:AAAA")))
        .isEqualTo(ErrorCode.SECURITY_UNAVAILABLE);
  }

  @Test
  void whenRandomBytesAreDrawn_thenTheyAreAsManyAsAsked() {
    assertThat(transit.random(40)).hasSize(40).isNotEqualTo(transit.random(40));
    assertThat(code(() -> transit.random(0))).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    vault.failAlways(
        "POST transit/random/40",
        FakeVault.raw(200, "application/json", "{\"data\":{\"random_bytes\":\"AAAA\"}}"));
    assertThat(code(() -> transit.random(40))).isEqualTo(ErrorCode.SECURITY_UNAVAILABLE);
  }
}
