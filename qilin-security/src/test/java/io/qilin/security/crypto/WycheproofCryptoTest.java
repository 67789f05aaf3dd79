package io.qilin.security.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.Wycheproof;
import io.qilin.security.Wycheproof.Vector;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What C2SP/wycheproof knows of broken primitives, for those that are offered. */
class WycheproofCryptoTest {
  @ParameterizedTest
  @CsvSource({"hmac_sha256, SHA-256", "hmac_sha384, SHA-384", "hmac_sha512, SHA-512"})
  void whenHmacIsJudged_thenNothingDeviates(String file, String hash) {
    Wycheproof.judge(
        file,
        vector -> Hmac.of(HashAlgorithm.named(hash), vector.hex("key"))
            .truncated(vector.groupNumber("tagSize") / 8)
            .verify(vector.hex("msg"), vector.hex("tag")));
  }

  @Test
  void whenAesGcmIsJudged_thenNothingDeviates() {
    Wycheproof.judge("aes_gcm", WycheproofCryptoTest::opens);
  }

  private static boolean opens(Vector vector) {
    byte[] text = vector.hex("ct");
    byte[] tag = vector.hex("tag");
    byte[] sealed = Arrays.copyOf(text, text.length + tag.length);
    System.arraycopy(tag, 0, sealed, text.length, tag.length);
    try {
      byte[] plain = AesGcm.open(
          vector.hex("key"), vector.hex("iv"), vector.hex("aad"), sealed, 0, sealed.length);
      return Arrays.equals(plain, vector.hex("msg"));
    } catch (QilinException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.DECRYPTION);
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({"hkdf_sha256, SHA-256", "hkdf_sha512, SHA-512"})
  void whenHkdfIsJudged_thenNothingDeviates(String file, String hash) {
    Wycheproof.judge(file, vector -> {
      try {
        byte[] key = Hkdf.derive(
            HashAlgorithm.named(hash),
            vector.hex("ikm"),
            vector.hex("salt"),
            vector.hex("info"),
            vector.number("size"));
        return Arrays.equals(key, vector.hex("okm"));
      } catch (QilinException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        return false;
      }
    });
  }

  @ParameterizedTest
  @CsvSource({"pbkdf2_hmacsha256, SHA-256", "pbkdf2_hmacsha512, SHA-512"})
  void whenPbkdf2IsJudged_thenNothingDeviates(String file, String hash) {
    Wycheproof.judge(
        file,
        vector -> Arrays.equals(
            Pbkdf2.derive(
                HashAlgorithm.named(hash),
                vector.hex("password"),
                vector.hex("salt"),
                vector.number("iterationCount"),
                vector.number("dkLen")),
            vector.hex("dk")));
  }

  @ParameterizedTest
  @CsvSource({
    "ecdsa_secp256r1_sha256_p1363, ECDSA_P256_SHA256",
    "ecdsa_secp384r1_sha384_p1363, ECDSA_P384_SHA384",
    "ed25519, ED25519",
    "rsa_signature_2048_sha256, RSA_PKCS1_SHA256",
    "rsa_pss_2048_sha256_mgf1_32, RSA_PSS_SHA256"
  })
  void whenSignaturesAreJudged_thenNothingDeviates(String file, SignatureAlgorithm algorithm) {
    Wycheproof.judge(
        file,
        vector -> VerifyingKey.fromX509(
                algorithm, HexFormat.of().parseHex((String) vector.group().get("publicKeyDer")))
            .verify(vector.hex("msg"), vector.hex("sig")));
  }

  @Test
  void whenTheAesKeyWrapIsJudged_thenNothingDeviates() {
    Wycheproof.judge("aes_wrap", vector -> {
      try {
        byte[] key = AesKeyWrap.unwrap(vector.hex("key"), vector.hex("ct"));
        return Arrays.equals(key, vector.hex("msg"))
            && Arrays.equals(
                AesKeyWrap.wrap(vector.hex("key"), vector.hex("msg")), vector.hex("ct"));
      } catch (QilinException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.DECRYPTION);
        return false;
      }
    });
  }

  @Test
  void whenAHashIsNotOffered_thenThatIsSaid() {
    List<Vector> apart = Wycheproof.vectors("hmac_sm3");

    System.out.println("wycheproof hmac_sm3 unsupported, counted apart: " + apart.size());
    assertThat(apart)
        .allSatisfy(vector -> assertThatThrownBy(() -> HashAlgorithm.named("SM3"))
            .isInstanceOfSatisfying(
                QilinException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.ALGORITHM_UNSUPPORTED)));
    System.out.println("wycheproof chacha20_poly1305 not offered, counted apart: "
        + Wycheproof.vectors("chacha20_poly1305").size());
  }
}
