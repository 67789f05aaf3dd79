package io.qilin.ops.alert;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what a {@link WebhookAlertSink} sends, and checks it where it arrives: HMAC-SHA256 over the parts {@code
 * qilin-alert-v1}, timestamp, id and body, each after its length in bytes as four bytes, so that no two messages have one form.
 */
public final class WebhookSignature {
  private static final byte[] SCHEME = "qilin-alert-v1".getBytes(StandardCharsets.UTF_8);
  private static final int FEWEST_BYTES = 32;

  private WebhookSignature() {}

  /**
   * The signature.
   *
   * @param timestamp of the header {@value WebhookAlertSink#TIMESTAMP}
   * @param id of the header {@value WebhookAlertSink#ID}
   * @param body as it is sent
   * @return {@code v1=} and 64 hexadecimal digits
   * @throws QilinException WEAK_KEY for a secret of fewer than 32 bytes
   */
  public static String of(Secret secret, String timestamp, String id, byte[] body) {
    byte[] key = secret.reveal().getBytes(StandardCharsets.UTF_8);
    if (key.length < FEWEST_BYTES) {
      throw new QilinException(
          ErrorCode.WEAK_KEY,
          "the secret of a webhook has at least " + FEWEST_BYTES + " bytes, was " + key.length);
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      update(mac, SCHEME);
      update(mac, timestamp.getBytes(StandardCharsets.UTF_8));
      update(mac, id.getBytes(StandardCharsets.UTF_8));
      update(mac, body);
      return "v1=" + HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new QilinException(ErrorCode.SYSTEM, "this JDK has no HmacSHA256", e);
    }
  }

  /**
   * Whether a signature is the right one, in constant time. Refuse a timestamp that is too old and an id that was seen, too.
   */
  public static boolean verifies(
      Secret secret, String timestamp, String id, byte[] body, String signature) {
    return MessageDigest.isEqual(
        of(secret, timestamp, id, body).getBytes(StandardCharsets.UTF_8),
        signature.getBytes(StandardCharsets.UTF_8));
  }

  private static void update(Mac mac, byte[] part) {
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
    mac.update(part);
  }
}
