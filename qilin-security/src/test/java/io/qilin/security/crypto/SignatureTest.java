package io.qilin.security.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.security.Refused;
import io.qilin.security.TestPairs;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] MESSAGE = {1, 2, 3};

  private static KeyPair pair(SignatureAlgorithm algorithm) {
    return TestPairs.of(
        algorithm.isRsa() ? "RSA" : algorithm.curve().isEmpty() ? "Ed25519" : algorithm.curve());
  }

  @ParameterizedTest
  @EnumSource(SignatureAlgorithm.class)
  void whenAMessageIsSigned_thenItVerifiesAndNothingElseDoes(SignatureAlgorithm algorithm) {
    KeyPair pair = pair(algorithm);
    SigningKey signing = SigningKey.fromPkcs8(algorithm, pair.getPrivate().getEncoded(), RANDOM);
    VerifyingKey verifying = VerifyingKey.fromX509(algorithm, pair.getPublic().getEncoded());
    byte[] signature = signing.sign(MESSAGE);

    assertThat(signature).hasSize(verifying.signatureBytes());
    assertThat(verifying.verify(MESSAGE, signature)).isTrue();
    assertThat(verifying.verify(new byte[] {1, 2, 4}, signature)).isFalse();
    signature[signature.length / 2] ^= 1;
    assertThat(verifying.verify(MESSAGE, signature)).isFalse();
    assertThat(verifying.verify(MESSAGE, Arrays.copyOf(signature, signature.length + 1)))
        .isFalse();
    assertThat(verifying.verify(MESSAGE, Arrays.copyOf(signature, signature.length - 1)))
        .isFalse();
    assertThat(verifying.verify(MESSAGE, new byte[signature.length])).isFalse();
    assertThat(verifying.algorithm()).isEqualTo(algorithm);
    assertThat(signing.algorithm()).isEqualTo(algorithm);
    assertThat(signing).hasToString("SigningKey[" + algorithm + "]");
    assertThat(verifying.publicKey()).isEqualTo(pair.getPublic());
    assertThat(verifying.x509()).isEqualTo(pair.getPublic().getEncoded());
  }

  @ParameterizedTest
  @CsvSource({
    "ED25519, 64",
    "ECDSA_P256_SHA256, 64",
    "ECDSA_P384_SHA384, 96",
    "ECDSA_P521_SHA512, 132",
    "RSA_PKCS1_SHA256, 256",
    "RSA_PSS_SHA512, 256"
  })
  void whenAKeyIsLoaded_thenTheLengthOfItsSignaturesIsKnown(
      SignatureAlgorithm algorithm, int bytes) {
    assertThat(VerifyingKey.of(algorithm, pair(algorithm).getPublic()).signatureBytes())
        .isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "ED25519, ECDSA_P256_SHA256",
    "ED25519, RSA_PSS_SHA256",
    "ECDSA_P256_SHA256, ECDSA_P384_SHA384",
    "ECDSA_P384_SHA384, ED25519",
    "ECDSA_P521_SHA512, RSA_PKCS1_SHA256",
    "RSA_PKCS1_SHA256, ED25519",
    "RSA_PSS_SHA384, ECDSA_P384_SHA384"
  })
  void whenAKeyIsOfAnotherKind_thenItIsRefused(
      SignatureAlgorithm algorithm, SignatureAlgorithm other) {
    KeyPair pair = pair(other);

    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        algorithm + " needs",
        () -> VerifyingKey.of(algorithm, pair.getPublic()));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        algorithm + " needs",
        () -> SigningKey.of(algorithm, pair.getPrivate(), RANDOM));
  }

  @Test
  void whenBytesAreNoKey_thenTheyAreRefused() {
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "X.509",
        () -> VerifyingKey.fromX509(SignatureAlgorithm.ECDSA_P256_SHA256, new byte[9]));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT,
        "PKCS #8",
        () -> SigningKey.fromPkcs8(SignatureAlgorithm.RSA_PKCS1_SHA256, new byte[9], RANDOM));
    Refused.with(
        ErrorCode.INVALID_ARGUMENT, "32 bytes, not 31", () -> VerifyingKey.ed25519(new byte[31]));
  }

  /** RFC 8032, 7.1, test 2. */
  @Test
  void whenAnEd25519KeyIsGivenByItsBytes_thenItVerifies() {
    HexFormat hex = HexFormat.of();
    VerifyingKey key = VerifyingKey.ed25519(
        hex.parseHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));

    assertThat(key.verify(
            new byte[] {0x72},
            hex.parseHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")))
        .isTrue();
  }

  @Test
  void whenAnEd25519KeyIsNotOnTheCurve_thenItIsRefused() {
    byte[] off = new byte[32];
    off[0] = 2;

    Refused.with(ErrorCode.WEAK_KEY, "not on its curve", () -> VerifyingKey.ed25519(off));
  }

  /** All points of order 1, 2, 4 and 8, with both signs, and two that are written with y beyond p. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void whenAnEd25519KeyIsOfSmallOrder_thenItIsRefused(String point) {
    Refused.with(
        ErrorCode.WEAK_KEY,
        "small order",
        () -> VerifyingKey.ed25519(HexFormat.of().parseHex(point)));
  }

  @Test
  void whenAnEcPointIsNotOnTheCurve_thenItIsRefused() throws GeneralSecurityException {
    ECPublicKey key = (ECPublicKey) pair(SignatureAlgorithm.ECDSA_P256_SHA256).getPublic();
    BigInteger x = key.getW().getAffineX();
    BigInteger y = key.getW().getAffineY();
    BigInteger p =
        new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

    KeyChecks.onCurve(key.getW(), key.getParams());
    KeyChecks.onCurve(new ECPoint(x, p.subtract(y)), key.getParams());
    for (ECPoint off : new ECPoint[] {
      new ECPoint(x, y.add(BigInteger.ONE)),
      new ECPoint(x.add(p), y),
      new ECPoint(x, y.add(p)),
      new ECPoint(x.subtract(p), y),
      new ECPoint(p, y),
      ECPoint.POINT_INFINITY
    }) {
      Refused.with(
          ErrorCode.WEAK_KEY, "not on its curve", () -> KeyChecks.onCurve(off, key.getParams()));
    }
    PublicKey moved = KeyFactory.getInstance("EC")
        .generatePublic(
            new ECPublicKeySpec(new ECPoint(x, y.add(BigInteger.ONE)), key.getParams()));
    Refused.with(
        ErrorCode.WEAK_KEY,
        "not on its curve",
        () -> VerifyingKey.of(SignatureAlgorithm.ECDSA_P256_SHA256, moved));
  }

  @Test
  void whenAnRsaKeyIsWeak_thenItIsRefused() throws GeneralSecurityException {
    BigInteger exponent = BigInteger.valueOf(65_537);
    BigInteger modulus =
        ((RSAPublicKey) pair(SignatureAlgorithm.RSA_PSS_SHA256).getPublic()).getModulus();

    Refused.with(
        ErrorCode.WEAK_KEY,
        "2047 bits",
        () -> rsa(BigInteger.TWO.pow(2_046).add(BigInteger.ONE), exponent));
    Refused.with(
        ErrorCode.WEAK_KEY,
        "8193 bits",
        () -> rsa(BigInteger.TWO.pow(8_192).add(BigInteger.ONE), exponent));
    assertThat(rsa(BigInteger.TWO.pow(8_191).add(BigInteger.ONE), exponent).signatureBytes())
        .isEqualTo(1_024);
    assertThat(rsa(BigInteger.TWO.pow(2_048).add(BigInteger.ONE), exponent).signatureBytes())
        .isEqualTo(257);
    Refused.with(
        ErrorCode.WEAK_KEY,
        "even modulus",
        () -> KeyChecks.exponent(modulus.subtract(BigInteger.ONE), exponent));
    Refused.with(
        ErrorCode.WEAK_KEY, "even", () -> KeyChecks.exponent(modulus, BigInteger.valueOf(4)));
    Refused.with(ErrorCode.WEAK_KEY, "below 3", () -> KeyChecks.exponent(modulus, BigInteger.ONE));
    KeyChecks.exponent(modulus, BigInteger.valueOf(3));
    Refused.with(ErrorCode.WEAK_KEY, "even", () -> rsa(modulus, BigInteger.valueOf(4)));
  }

  private static VerifyingKey rsa(BigInteger modulus, BigInteger exponent)
      throws GeneralSecurityException {
    return VerifyingKey.of(
        SignatureAlgorithm.RSA_PSS_SHA256,
        KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)));
  }
}
