package io.qilin.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Signatures of checkpoints by the JDK's Ed25519. */
class Ed25519CheckpointsTest {
  private final KeyPair keys = keys("Ed25519");
  private final CheckpointSigner signer = Ed25519Checkpoints.signer("k1", keys.getPrivate());
  private final CheckpointVerifier verifier =
      Ed25519Checkpoints.verifier(Map.of("k1", keys.getPublic()));

  private static KeyPair keys(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** RFC 8032, section 7.1, test 3. */
  @Test
  void whenTheKeyIsThatOfTheRfc_thenTheSignatureIsToo() throws GeneralSecurityException {
    HexFormat hex = HexFormat.of();
    byte[] secret =
        hex.parseHex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
    byte[] point = hex.parseHex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
    KeyFactory factory = KeyFactory.getInstance("Ed25519");
    PrivateKey key =
        factory.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, secret));
    byte[] signature = Ed25519Checkpoints.signer("rfc", key).sign(hex.parseHex("af82"));
    assertThat(hex.formatHex(signature))
        .isEqualTo("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    for (int i = 0; i < 16; i++) {
      byte swap = point[i];
      point[i] = point[31 - i];
      point[31 - i] = swap;
    }
    PublicKey known = factory.generatePublic(new EdECPublicKeySpec(
        NamedParameterSpec.ED25519, new EdECPoint(false, new BigInteger(1, point))));
    assertThat(Ed25519Checkpoints.verifier(Map.of("rfc", known))
            .verify("rfc", hex.parseHex("af82"), signature))
        .isTrue();
  }

  @Test
  void whenTheSignatureIsGood_thenItVerifies() {
    byte[] message = {1, 2, 3};
    byte[] signature = signer.sign(message);
    assertThat(signer.keyId()).isEqualTo("k1");
    assertThat(verifier.verify("k1", message, signature)).isTrue();
    assertThat(verifier.verify("k2", message, signature)).isFalse();
    assertThat(verifier.verify("k1", new byte[] {1, 2, 4}, signature)).isFalse();
    signature[63] ^= 1;
    assertThat(verifier.verify("k1", message, signature)).isFalse();
  }

  @Test
  void whenTheSignatureHasAnotherLength_thenItIsRefused() {
    byte[] message = {1, 2, 3};
    byte[] signature = signer.sign(message);
    assertThat(verifier.verify("k1", message, Arrays.copyOf(signature, 65))).isFalse();
    assertThat(verifier.verify("k1", message, Arrays.copyOf(signature, 63))).isFalse();
    assertThat(verifier.verify("k1", message, new byte[0])).isFalse();
    assertThat(verifier.verify("k1", message, new byte[64])).isFalse();
  }

  @Test
  void whenTheKeyIsOfSomethingElse_thenItIsRefused() {
    for (String algorithm : new String[] {"Ed448", "X25519"}) {
      KeyPair other = keys(algorithm);
      assertThatThrownBy(() -> Ed25519Checkpoints.signer("k", other.getPrivate()))
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.ALGORITHM_UNSUPPORTED));
      assertThatThrownBy(() -> Ed25519Checkpoints.verifier(Map.of("k", other.getPublic())))
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.ALGORITHM_UNSUPPORTED));
    }
  }

  @Test
  void whenALogIsSigned_thenItsCheckpointsVerifyAndNotWithAnotherKey() {
    var disk = io.qilin.testkit.fault.FaultDisk.empty();
    AuditFixture fixture = new AuditFixture();
    try (AuditLog log = AuditLog.builder(
            disk.path("/audit"),
            signer,
            fixture.checkpoints::add,
            fixture.clock,
            fixture.ticker::get,
            fixture.random)
        .open()) {
      log.record(AuditFixture.entry(1));
    }
    AuditVerifier ours = AuditVerifier.of(verifier).withCheckpoints(fixture.checkpoints);
    assertThat(ours.verify(disk.path("/audit")).clean()).isTrue();
    assertThat(ours.verify(disk.path("/audit")).checkpoints()).isEqualTo(1);
    assertThat(ours.verify(disk.path("/audit")).agreed()).isEqualTo(1);
    CheckpointVerifier another =
        Ed25519Checkpoints.verifier(Map.of("k1", keys("Ed25519").getPublic()));
    assertThat(AuditVerifier.of(another)
            .verify(disk.path("/audit"))
            .finding()
            .orElseThrow()
            .problem())
        .isEqualTo(AuditFinding.Problem.BAD_CHECKPOINT);
    assertThatThrownBy(() -> AuditVerifier.of(another)
            .withCheckpoints(fixture.checkpoints)
            .verify(disk.path("/audit")))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUTHENTICATION));
  }
}
