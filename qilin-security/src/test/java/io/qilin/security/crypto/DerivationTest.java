package io.qilin.security.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.security.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keyed hashes and derived keys, by the vectors of their RFCs and at their bounds. */
class DerivationTest {
  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** RFC 4231, test cases 1 and 6. */
  @ParameterizedTest
  @CsvSource({
    "SHA_256, 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, Hi There,"
        + " b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    "SHA_384, 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, Hi There,"
        + " afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6",
    "SHA_512, 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, Hi There,"
        + " 87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"
  })
  void whenAMessageIsSigned_thenTheTagIsThatOfTheRfc(
      HashAlgorithm hash, String key, String message, String tag) {
    Hmac hmac = Hmac.of(hash, hex(key));

    assertThat(hmac.sign(ascii(message))).isEqualTo(hex(tag));
    assertThat(hmac.verify(ascii(message), hex(tag))).isTrue();
    assertThat(hmac.verify(ascii(message + " "), hex(tag))).isFalse();
    assertThat(hmac.tagBytes()).isEqualTo(hash.bytes());
    Hmac shorter = hmac.truncated(16);
    assertThat(shorter.sign(ascii(message))).isEqualTo(Arrays.copyOf(hex(tag), 16));
    assertThat(shorter.verify(ascii(message), Arrays.copyOf(hex(tag), 16))).isTrue();
    assertThat(shorter.verify(ascii(message), hex(tag))).isFalse();
    assertThat(hmac.verify(ascii(message), new byte[0])).isFalse();
  }

  @Test
  void whenAKeyOrATagIsTooShort_thenItIsRefused() {
    Hmac hmac = Hmac.of(HashAlgorithm.SHA_256, new byte[16]);

    Refused.with(
        ErrorCode.WEAK_KEY, "120 bits", () -> Hmac.of(HashAlgorithm.SHA_256, new byte[15]));
    Refused.with(ErrorCode.INVALID_ARGUMENT, "16 to 32 bytes, not 15", () -> hmac.truncated(15));
    Refused.with(ErrorCode.INVALID_ARGUMENT, "not 33", () -> hmac.truncated(33));
    assertThat(hmac.truncated(32).tagBytes()).isEqualTo(32);
    Refused.with(
        ErrorCode.INVALID_ARGUMENT, "16 to 20", () -> hmac.truncated(20).truncated(21));
  }

  @Test
  void whenAHashIsNamed_thenOnlyThoseOnOfferAreKnown() {
    assertThat(HashAlgorithm.named("SHA-384")).isEqualTo(HashAlgorithm.SHA_384);
    assertThat(HashAlgorithm.SHA_384.standardName()).isEqualTo("SHA-384");
    for (String other : new String[] {"MD5", "SHA-1", "sha-256", "", "SM3"}) {
      Refused.with(
          ErrorCode.ALGORITHM_UNSUPPORTED, "not offered", () -> HashAlgorithm.named(other));
    }
  }

  /** RFC 5869, A.1 and A.3. */
  @Test
  void whenAKeyIsDerived_thenItIsThatOfTheRfc() {
    byte[] material = hex("0b".repeat(22));

    assertThat(Hkdf.derive(
            HashAlgorithm.SHA_256,
            material,
            hex("000102030405060708090a0b0c"),
            hex("f0f1f2f3f4f5f6f7f8f9"),
            42))
        .isEqualTo(
            hex(
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
    assertThat(Hkdf.derive(HashAlgorithm.SHA_256, material, new byte[0], new byte[0], 42))
        .isEqualTo(
            hex(
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"));
    assertThat(Hkdf.extract(HashAlgorithm.SHA_256, material, hex("000102030405060708090a0b0c")))
        .isEqualTo(hex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"));
  }

  @Test
  void whenADerivedKeyIsOutOfBounds_thenItIsRefused() {
    byte[] material = new byte[32];
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "1 to 8160 bytes, not 8161",
        () -> Hkdf.derive(HashAlgorithm.SHA_256, material, material, material, 8_161));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "not 0",
        () -> Hkdf.derive(HashAlgorithm.SHA_256, material, material, material, 0));
    assertThat(Hkdf.derive(HashAlgorithm.SHA_256, material, material, material, 8_160))
        .hasSize(8_160);
    assertThat(material).isEqualTo(new byte[32]);
  }

  /** RFC 7914, 11, for SHA-256; the empty password is as good as one zero byte. */
  @Test
  void whenAPasswordIsStretched_thenTheKeyIsThatOfTheRfc() {
    assertThat(Pbkdf2.derive(HashAlgorithm.SHA_256, ascii("passwd"), ascii("salt"), 1, 64))
        .isEqualTo(hex("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
            + "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783"));
    assertThat(Pbkdf2.derive(HashAlgorithm.SHA_256, new byte[0], ascii("salt"), 2, 20))
        .isEqualTo(Pbkdf2.derive(HashAlgorithm.SHA_256, new byte[1], ascii("salt"), 2, 20));
    assertThat(Pbkdf2.recommendedIterations(HashAlgorithm.SHA_256)).isEqualTo(600_000);
    assertThat(Pbkdf2.recommendedIterations(HashAlgorithm.SHA_512)).isEqualTo(210_000);
  }

  @Test
  void whenStretchingIsOutOfBounds_thenItIsRefused() {
    HashAlgorithm hash = HashAlgorithm.SHA_512;
    byte[] salt = new byte[16];
    assertThat(Pbkdf2.derive(hash, new byte[1_024], salt, 1, 1_024)).hasSize(1_024);
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "password",
        () -> Pbkdf2.derive(hash, new byte[1_025], salt, 1, 1));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT, "iterations", () -> Pbkdf2.derive(hash, salt, salt, 0, 1));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "iterations",
        () -> Pbkdf2.derive(hash, salt, salt, 10_000_001, 1));
    Refused.with(ErrorCode.INVALID_ARGUMENT, "length", () -> Pbkdf2.derive(hash, salt, salt, 1, 0));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "1 to 1024, not 1025",
        () -> Pbkdf2.derive(hash, salt, salt, 1, 1_025));
  }
}
