package io.qilin.security.password;

import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Records as another program would have made them. */
final class PasswordRecords {
  private PasswordRecords() {}

  static String pbkdf2(String algorithm, String name, String password, int iterations) {
    byte[] salt = "sixteen bytes...".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    try {
      byte[] hash = SecretKeyFactory.getInstance(algorithm)
          .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, 256))
          .getEncoded();
      Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
      return "$" + name + "$i=" + iterations + "$" + base64.encodeToString(salt) + "$"
          + base64.encodeToString(hash);
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
