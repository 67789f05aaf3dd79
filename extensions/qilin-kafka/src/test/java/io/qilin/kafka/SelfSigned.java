package io.qilin.kafka;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;

/**
 * A new key with a certificate for 127.0.0.1 that it signed itself, in key stores. The JDK reads and checks certificates, but
 * has no public API that makes one; so its few fields are written here as DER (RFC 5280).
 */
final class SelfSigned {
  static final String PASSWORD = "changeit-1234";

  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final byte[] ECDSA_WITH_SHA256 = sequence(
      tlv(0x06, new byte[] {0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02}));

  private SelfSigned() {}

  /** Writes a PKCS12 store with the key to one file, and one with the certificate alone to the other. */
  static void write(Path keys, Path trusted) throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    Certificate certificate = certificate(pair);
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(
        "key", pair.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {certificate});
    store(own, keys);
    KeyStore others = KeyStore.getInstance("PKCS12");
    others.load(null, null);
    others.setCertificateEntry("broker", certificate);
    store(others, trusted);
  }

  private static void store(KeyStore store, Path file)
      throws GeneralSecurityException, IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
  }

  private static Certificate certificate(KeyPair pair) throws GeneralSecurityException {
    byte[] commonName = tlv(0x06, new byte[] {0x55, 0x04, 0x03});
    byte[] name = sequence(tlv(SET, sequence(commonName, tlv(0x0c, ascii("127.0.0.1")))));
    byte[] address = sequence(tlv(0x87, new byte[] {127, 0, 0, 1}));
    byte[] alternativeName = sequence(tlv(0x06, new byte[] {0x55, 0x1d, 0x11}), tlv(0x04, address));
    byte[] body = sequence(
        tlv(0xa0, tlv(0x02, new byte[] {2})),
        tlv(0x02, new byte[] {1}),
        ECDSA_WITH_SHA256,
        name,
        sequence(tlv(0x17, ascii("200101000000Z")), tlv(0x17, ascii("491231235959Z"))),
        name,
        pair.getPublic().getEncoded(),
        tlv(0xa3, sequence(alternativeName)));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(pair.getPrivate());
    signature.update(body);
    byte[] whole = sequence(body, ECDSA_WITH_SHA256, tlv(0x03, new byte[] {0}, signature.sign()));
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(whole));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] sequence(byte[]... parts) {
    return tlv(SEQUENCE, parts);
  }

  /** Tag, length and value. */
  private static byte[] tlv(int tag, byte[]... parts) {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      value.writeBytes(part);
    }
    int length = value.size();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    if (length >= 256) {
      whole.write(0x82);
      whole.write(length >> 8);
    } else if (length >= 128) {
      whole.write(0x81);
    }
    whole.write(length);
    whole.writeBytes(value.toByteArray());
    return whole.toByteArray();
  }
}
