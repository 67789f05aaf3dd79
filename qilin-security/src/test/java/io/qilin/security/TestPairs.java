package io.qilin.security;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Key pairs for tests, one of each kind, made when first asked for. */
public final class TestPairs {
  private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();

  /** An RSA key of 2,048 bits made for these tests, which would otherwise wait a second for one; it protects nothing. */
  private static final String RSA_PUBLIC =
      "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsrC9nJJigLQlWNbU+rpxv//JuR+ZCL9CdagyNd1Kb+IG2y"
          + "RZ8iM0GEwcBBsM0SCyIXzcAoPvg3472vxdim7wrOnL7y5UgV7TfyfADQHyQAHMauR7Hq8N0L1gJq50nw2+8Vnemlvl"
          + "wrpxeJUZfttWd8ACgNtclgGmHjdunMFWFEP7TNIZ5S3SiMPAzQMDGXdb20eQVWb+nOy+TWY2O/JfUvdxCb9EYxdenU"
          + "fnbujZLJEHskt/Oslf4GIi7pbtfebBEXFXGCFKmSTKsMV1/Q1zDgmxu0BV2n1KI/HmryPN7ANynWxRFfwf0fBhrsvB"
          + "lJnYBrMufaHd2c6iThJq86zFhQIDAQAB";

  private static final String RSA_PRIVATE =
      "MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQCysL2ckmKAtCVY1tT6unG//8m5H5kIv0J1qDI13U"
          + "pv4gbbJFnyIzQYTBwEGwzRILIhfNwCg++Dfjva/F2KbvCs6cvvLlSBXtN/J8ANAfJAAcxq5Hserw3QvWAmrnSfDb7x"
          + "Wd6aW+XCunF4lRl+21Z3wAKA21yWAaYeN26cwVYUQ/tM0hnlLdKIw8DNAwMZd1vbR5BVZv6c7L5NZjY78l9S93EJv0"
          + "RjF16dR+du6NkskQeyS386yV/gYiLulu195sERcVcYIUqZJMqwxXX9DXMOCbG7QFXafUoj8eavI83sA3KdbFEV/B/R"
          + "8GGuy8GUmdgGsy59od3ZzqJOEmrzrMWFAgMBAAECggEAFyT2Qjfho0ryBWo6BsmsXxJ55cz2bOAc8xFYg4qIkCpF+g"
          + "9gyRCPOFBvVobMZ6/k8ppyAq9lD/KDPS9vzDTnXnYf0Hh/QIxwN2mGIgks/+ZbvEKgwc4pq25D7G6vM0S8BRW/U93w"
          + "SgMNHHGvbjNppTQM/vSqrtFC22oRnSMbi5804AtQPudc+85Cho+rebOnRpVlWAM30U4eGcSdVVTS5FyP2VC3SlcKhD"
          + "DaAVnC/qR2MFMvpCPnZQXaK2wVOdE+GKGYrTe4YzLsF6UrU5iCHb/nOMZCHVDF2P+nK3YBRRhFtvFafDdUKqkmX4K1"
          + "+DjrZQ+SAl9ubp/QxfQDiG975wKBgQDrCTyuaj7mJr6i+UFb775NTfLXqKfFvHYYYSMKL81bwRcw7ASvXtUlx0MpBy"
          + "MYJiK/mCVhSleMrLdsCQrGOP6D38mLR3N/Kf/y2Vg8g2i43iwp4jYKn/tAH4WIXoRm3+K+hr/LtaZ979ydONe7uvG/"
          + "o898d78vVGpgLhqEJQh4PwKBgQDCoOsbONZ34C42ZYlYlsl6ko7qD+A8WCY0DEybzRvS7wls65LI6upjzgfQY4b0JY"
          + "aE4LshgM/QEUs6G5lQJuaFygZ0SS4ZwhIAGdua9FFkon89umJ+32cWbzMEXSnOyhg0XG2oaxdy/K64c+4Y6ZGMXHd8"
          + "GfUsu4TB0p5NHwsxOwKBgQCBiojIdMSQI0ClII42ds/DWbgDxvAZWwMX8snWPnyIGseGbj8yzSjbdpT8kvNzxukWAm"
          + "xv0AKrBTLfN6iZkiYtVvWFb28n4mUwWzx3tdHNOp7KwuQYPQ7Ey9rUS4vcC3+0lR42z7qg5MgKW58D2EiP4GBmcLWO"
          + "B4/NzPtOY/7kDwKBgF43Ibiayg9boWNJwbP1wnCoc7BQoR71GQFHFuqw3pA8kJZ+bx79wRsxSE0TcOfNJpI6a7vrLC"
          + "4vwPfPFmdbfWo0gu1V45AqhyYvXkRjkuchVnEeQcHjCXctu0eYhb2JzS/Dsn294asTMM0vqYm7v25v8JNNyYau+7QL"
          + "7f+tUHCzAoGBAJBCVUQ4eSSCu3bU2l0roKyjczr8+CLGi4CWBS/7+n+MA6MCLBYpNyGTCd9MqSU7Ml9LlW8CJWbzmz"
          + "4VlqDCiqxlqyUVU56aSOULCRv/2XfsGD6Y65t/uGmZfXoTdCWMg/JyAmW9zrAdiTWuCohTAKxNK6DXTXWx054Ag7he"
          + "eJ4/";

  private TestPairs() {}

  /** The pair of a kind: {@code RSA} of 2,048 bits, {@code Ed25519}, or a curve such as {@code secp256r1}. */
  public static KeyPair of(String kind) {
    return PAIRS.computeIfAbsent(kind, TestPairs::generate);
  }

  private static KeyPair generate(String kind) {
    try {
      if (kind.equals("RSA")) {
        KeyFactory factory = KeyFactory.getInstance("RSA");
        Base64.Decoder base64 = Base64.getDecoder();
        return new KeyPair(
            factory.generatePublic(new X509EncodedKeySpec(base64.decode(RSA_PUBLIC))),
            factory.generatePrivate(new PKCS8EncodedKeySpec(base64.decode(RSA_PRIVATE))));
      }
      boolean curve = kind.startsWith("secp");
      KeyPairGenerator generator = KeyPairGenerator.getInstance(curve ? "EC" : kind);
      if (curve) {
        generator.initialize(new ECGenParameterSpec(kind));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
