package io.qilin.security;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Key pairs for tests, one of each kind, made when first asked for. */
public final class TestPairs {
  private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();

  private TestPairs() {}

  /** The pair of a kind: {@code RSA} of 2,048 bits, {@code Ed25519}, or a curve such as {@code secp256r1}. */
  public static KeyPair of(String kind) {
    return PAIRS.computeIfAbsent(kind, TestPairs::generate);
  }

  private static KeyPair generate(String kind) {
    try {
      boolean curve = kind.startsWith("secp");
      KeyPairGenerator generator = KeyPairGenerator.getInstance(curve ? "EC" : kind);
      if (curve) {
        generator.initialize(new ECGenParameterSpec(kind));
      } else if (kind.equals("RSA")) {
        generator.initialize(2_048);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
