package io.qilin.security.token;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes public keys as a JWK set (RFC 7517). */
final class JwkWriter {
  private static final int ED25519_BYTES = 32;

  private JwkWriter() {}

  /** The public keys; secrets are left out. */
  static String write(Iterable<TokenKey> keys) {
    List<JWK> open = new ArrayList<>();
    for (TokenKey key : keys) {
      key.publicKey().map(known -> json(key, known.publicKey())).ifPresent(open::add);
    }
    return new JWKSet(open).toString(true);
  }

  private static JWK json(TokenKey key, PublicKey known) {
    if (known instanceof RSAPublicKey rsa) {
      return new RSAKey.Builder(rsa)
          .keyID(key.id())
          .algorithm(key.algorithm().nimbus())
          .keyUse(KeyUse.SIGNATURE)
          .build();
    }
    if (known instanceof ECPublicKey ec) {
      return new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec)
          .keyID(key.id())
          .algorithm(key.algorithm().nimbus())
          .keyUse(KeyUse.SIGNATURE)
          .build();
    }
    // The last bytes of the X.509 form are the key (RFC 8410, 4).
    byte[] der = known.getEncoded();
    byte[] point = Arrays.copyOfRange(der, der.length - ED25519_BYTES, der.length);
    return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point))
        .keyID(key.id())
        .algorithm(key.algorithm().nimbus())
        .keyUse(KeyUse.SIGNATURE)
        .build();
  }
}
