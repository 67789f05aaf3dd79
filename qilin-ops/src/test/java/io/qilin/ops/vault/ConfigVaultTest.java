package io.qilin.ops.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigVaultTest {
  private static final String CANARY = "canary-7Qw9zR4tXp2L";
  private static final Secret SECRET = Secret.of(CANARY);
  private static final String PATH = "llm.providers[0].api-key";

  private final VaultKeys keys = VaultKeys.of("k1", "k2");
  private final ConfigVault vault = ConfigVault.builder(keys).primaryKey("k1").build();

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageNotContaining(CANARY)
        .hasMessageNotContaining(VaultKeys.key("k1"))
        .hasNoCause();
  }

  @Test
  void whenAValueIsSealed_thenItIsReadAtItsPlaceOnly() {
    String sealed = vault.seal(PATH, SECRET);

    assertThat(sealed).startsWith("ENC(k1:").endsWith(")").doesNotContain(CANARY);
    assertThat(ConfigVault.isSealed(sealed)).isTrue();
    assertThat(ConfigVault.isSealed("plain")).isFalse();
    assertThat(vault.read(PATH, sealed)).isEqualTo(SECRET);
    refused(ErrorCode.DECRYPTION, () -> vault.read("llm.providers[1].api-key", sealed));
    refused(ErrorCode.DECRYPTION, () -> vault.read("", sealed));
  }

  @Test
  void whenTheSameIsSealedTwice_thenTheTextsDiffer() {
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      texts.add(vault.seal(PATH, SECRET));
    }
    assertThat(texts).hasSize(100);
  }

  @Test
  void whenARandomIsGiven_thenTheNonceIsDrawnFromIt() {
    SecureRandom counting = new SecureRandom() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] bytes) {
        java.util.Arrays.fill(bytes, (byte) 9);
      }
    };
    ConfigVault same =
        ConfigVault.builder(keys).primaryKey("k1").random(counting).build();

    String sealed = same.seal(PATH, SECRET);
    byte[] bytes = Base64.getDecoder().decode(sealed.substring(7, sealed.length() - 1));

    assertThat(bytes).startsWith(1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9);
    assertThat(bytes).hasSize(1 + 12 + CANARY.length() + 16);
    assertThat(same.seal(PATH, SECRET)).isEqualTo(sealed);
    assertThat(same.seal("other", SECRET)).isNotEqualTo(sealed);
  }

  @Test
  void whenKeysChange_thenOldValuesAreReadUntilTheOldKeyGoes() {
    String old = vault.seal(PATH, SECRET);
    ConfigVault both = ConfigVault.builder(keys).primaryKey("k2").keys("k1").build();
    ConfigVault fresh = ConfigVault.builder(keys).primaryKey("k2").build();

    assertThat(both.keyIds()).containsExactly("k2", "k1");
    assertThat(both.seal(PATH, both.read(PATH, old))).startsWith("ENC(k2:");
    refused(ErrorCode.KEY_UNAVAILABLE, () -> fresh.read(PATH, old));
    keys.withdraw("k1");
    refused(ErrorCode.KEY_UNAVAILABLE, () -> both.read(PATH, old));
    refused(ErrorCode.KEY_UNAVAILABLE, () -> vault.seal(PATH, SECRET));
  }

  @Test
  void whenAKeyHasAnotherValue_thenTheValueIsNotRead() {
    String sealed = vault.seal(PATH, SECRET);
    keys.put("k1", VaultKeys.key("another"));
    refused(ErrorCode.DECRYPTION, () -> vault.read(PATH, sealed));
    String moved = sealed.replace("k1", "k2");
    ConfigVault both = ConfigVault.builder(keys).primaryKey("k1").keys("k2").build();
    keys.put("k2", VaultKeys.key("k1"));
    refused(ErrorCode.DECRYPTION, () -> both.read(PATH, moved));
  }

  @Test
  void whenACharacterIsChanged_thenTheValueIsNeverRead() {
    String sealed = vault.seal(PATH, SECRET);
    for (int i = 0; i < sealed.length(); i++) {
      for (char other : new char[] {'A', 'b', '3', '+', '=', ' ', (char) (sealed.charAt(i) ^ 1)}) {
        String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
        if (!changed.equals(sealed)) {
          assertThatThrownBy(() -> vault.read(PATH, changed))
              .as("character %s of %s", i, sealed)
              .isInstanceOfSatisfying(
                  QilinException.class,
                  e -> assertThat(e.code()).isIn(ErrorCode.DECRYPTION, ErrorCode.KEY_UNAVAILABLE));
        }
      }
    }
  }

  @Test
  void whenABitIsFlippedOrTheEndIsCut_thenTheValueIsNeverRead() {
    String sealed = vault.seal(PATH, SECRET);
    byte[] bytes = Base64.getDecoder().decode(sealed.substring(7, sealed.length() - 1));
    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      refused(ErrorCode.DECRYPTION, () -> vault.read(PATH, text(flipped)));
    }
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(bytes, length);
      refused(ErrorCode.DECRYPTION, () -> vault.read(PATH, text(cut)));
    }
    for (int length = 0; length < sealed.length(); length++) {
      String cut = sealed.substring(0, length);
      refused(ErrorCode.DECRYPTION, () -> vault.read(PATH, cut));
    }
  }

  private static String text(byte[] sealed) {
    return "ENC(k1:" + Base64.getEncoder().encodeToString(sealed) + ")";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "ENC()",
        "ENC(k1:)",
        "ENC(k1:AAAA",
        "ENC(:AAAA)",
        "ENC(k1:A*)",
        "ENC(k1:AAAA) ",
        "ENC(k1:A)",
        "ENC(k1:AB==)",
        "ENC(.k:AAAA)",
        " ENC(k1:AAAA)",
        "ENC(k1:AAAA)\n",
        "enc(k1:AAAA)"
      })
  void whenAValueHasAnotherForm_thenItIsRefused(String value) {
    refused(ErrorCode.DECRYPTION, () -> vault.read(PATH, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:b", "a)", "-a", ".", "é"})
  void whenAKeyIdHasAnotherForm_thenItIsRefused(String keyId) {
    refused(ErrorCode.INVALID_ARGUMENT, () -> ConfigVault.builder(keys).primaryKey(keyId));
    refused(ErrorCode.INVALID_ARGUMENT, () -> ConfigVault.builder(keys).keys("k1", keyId));
  }

  @Test
  void whenThereAreNoKeysOrTooMany_thenThereIsNoVault() {
    refused(ErrorCode.INVALID_ARGUMENT, () -> ConfigVault.builder(keys).build());
    ConfigVault.Builder many = ConfigVault.builder(keys);
    for (int i = 0; i <= 32; i++) {
      many.keys("k" + i);
    }
    refused(ErrorCode.INVALID_ARGUMENT, many::build);
  }

  @Test
  void whenThereIsNoPrimaryKey_thenItOnlyReads() {
    ConfigVault reading = ConfigVault.builder(keys).keys("k1").build();
    assertThat(reading.read(PATH, vault.seal(PATH, SECRET))).isEqualTo(SECRET);
    refused(ErrorCode.KEY_UNAVAILABLE, () -> reading.seal(PATH, SECRET));
  }

  @Test
  void whenASecretIsTooLongOrNoText_thenItIsNotSealed() {
    String most = "x".repeat(ConfigVault.MOST_BYTES);
    assertThat(vault.read(PATH, vault.seal(PATH, Secret.of(most))).reveal()).isEqualTo(most);
    refused(ErrorCode.INVALID_ARGUMENT, () -> vault.seal(PATH, Secret.of(most + "x")));
    refused(ErrorCode.INVALID_ARGUMENT, () -> vault.seal(PATH, Secret.of(CANARY + "\uD800")));
    refused(ErrorCode.INVALID_ARGUMENT, () -> vault.seal(" ", SECRET));
  }

  @Property(tries = 100)
  void whenAnyTextIsSealed_thenItIsReadBack(
      @ForAll @StringLength(min = 1, max = 200) String text,
      @ForAll @StringLength(min = 1, max = 50) String path) {
    Assume.that(StandardCharsets.UTF_8.newEncoder().canEncode(text) && !path.isBlank());
    assertThat(vault.read(path, vault.seal(path, Secret.of(text))).reveal()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "16, it has 16 bytes",
    "31, it has 31 bytes",
    "33, it has 33 bytes",
    "0, it has 0 bytes",
  })
  void whenAKeyHasAnotherLength_thenItIsWeak(int length, String why) {
    byte[] key = new byte[length];
    new java.util.Random(3).nextBytes(key);
    weak(length == 0 ? "====" : Base64.getEncoder().encodeToString(key), length == 0 ? "" : why);
  }

  @Test
  void whenAKeyIsNotDrawn_thenItIsWeak() {
    byte[] alike = new byte[32];
    java.util.Arrays.fill(alike, (byte) 7);
    weak(Base64.getEncoder().encodeToString(alike), "distinct");
    byte[] counting = new byte[32];
    byte[] repeated = new byte[32];
    for (int i = 0; i < 32; i++) {
      counting[i] = (byte) (200 + 3 * i);
      repeated[i] = (byte) (i % 11 * 37);
    }
    weak(Base64.getEncoder().encodeToString(counting), "pattern");
    weak(Base64.getEncoder().encodeToString(repeated), "pattern");
    weak(
        Base64.getEncoder()
            .encodeToString("my own long key, 32 letters long".getBytes(StandardCharsets.UTF_8)),
        "text");
    weak("ChangeMeChangeMe0123ChangeMeChangeMe0456789=", "text");
    weak("your-secret-key-here", "not Base64");
    weak("changeme", "6 bytes");
  }

  private void weak(String key, String why) {
    keys.put("k1", key);
    assertThatThrownBy(() -> vault.seal(PATH, SECRET))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WEAK_KEY))
        .hasMessageContaining(why)
        .hasMessageNotContaining(key)
        .hasNoCause();
    keys.put("k1", VaultKeys.key("k1"));
    String sealed = vault.seal(PATH, SECRET);
    keys.put("k1", key);
    refused(ErrorCode.WEAK_KEY, () -> vault.read(PATH, sealed));
  }

  @Test
  void whenKeysAreDrawn_thenNoneIsWeak() {
    for (int i = 0; i < 2_000; i++) {
      keys.put("k1", VaultKeys.key("drawn " + i));
      assertThatCode(() -> vault.seal(PATH, SECRET)).doesNotThrowAnyException();
    }
  }

  @Test
  void whenTheProviderFails_thenNothingIsTold() {
    SecretProvider throwing = name -> {
      throw new IllegalStateException(CANARY);
    };
    ConfigVault failing = ConfigVault.builder(throwing).primaryKey("k1").build();
    refused(ErrorCode.SECRET_UNAVAILABLE, () -> failing.seal(PATH, SECRET));
    SecretProvider answersNull = name -> unknown();
    ConfigVault empty = ConfigVault.builder(answersNull).primaryKey("k1").build();
    refused(ErrorCode.SECRET_UNAVAILABLE, () -> empty.seal(PATH, SECRET));
    SecretProvider refusing = name -> {
      throw new QilinException(ErrorCode.NETWORK, "no answer");
    };
    ConfigVault closed = ConfigVault.builder(refusing).primaryKey("k1").build();
    refused(ErrorCode.NETWORK, () -> closed.seal(PATH, SECRET));
  }

  @SuppressWarnings("NullAway")
  private static java.util.Optional<Secret> unknown() {
    java.util.@Nullable Optional<Secret> none = null;
    return none;
  }

  @Test
  void whenAPrefixIsSet_thenKeysAreAskedForByIt() {
    ConfigVault other = ConfigVault.builder(name -> name.equals("app/keys/k9")
            ? java.util.Optional.of(Secret.of(VaultKeys.key("k9")))
            : java.util.Optional.empty())
        .prefix("app/keys/")
        .primaryKey("k9")
        .build();
    assertThat(other.read(PATH, other.seal(PATH, SECRET))).isEqualTo(SECRET);
  }

  @Test
  void whenPrinted_thenThereAreOnlyIds() {
    assertThat(vault).hasToString("ConfigVault[k1]");
  }
}
