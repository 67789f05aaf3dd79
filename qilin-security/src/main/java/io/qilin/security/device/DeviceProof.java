package io.qilin.security.device;

import io.qilin.api.error.QilinException;
import io.qilin.security.crypto.Hmac;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A device's answer to a challenge, for one call: HMAC-SHA256 under the device's key over scheme, subject, device, action,
 * resource and challenge, each with its length before it. It stands in the call's attribute {@value #ATTRIBUTE} and can be used
 * once.
 */
public final class DeviceProof {
  /** The attribute of a {@link io.qilin.security.pipeline.SecuredCall} that carries the proof. */
  public static final String ATTRIBUTE = "device.proof";

  private static final String SCHEME = "qilin-device-v1";

  private DeviceProof() {}

  /**
   * Answers a challenge; runs on the device.
   *
   * @param key of the device, with tags of 32 bytes
   * @param challenge as {@link RegisteredDevices#challenge} gave it
   * @return the challenge, a dot and 64 hexadecimal digits
   * @throws QilinException INVALID_ARGUMENT if the tags of the key have another length
   */
  public static String answer(
      Hmac key, String subject, String deviceId, String action, String resource, String challenge) {
    if (key.tagBytes() != RegisteredDevices.TAG_BYTES) {
      throw QilinException.invalid("a proof has 32 bytes, the tags of this key " + key.tagBytes());
    }
    byte[] tag = key.sign(message(subject, deviceId, action, resource, challenge));
    return challenge + "." + HexFormat.of().formatHex(tag);
  }

  static byte[] message(
      String subject, String deviceId, String action, String resource, String challenge) {
    String[] parts = {SCHEME, subject, deviceId, action, resource, challenge};
    byte[][] encoded = new byte[parts.length][];
    int length = 0;
    for (int i = 0; i < parts.length; i++) {
      encoded[i] = Objects.requireNonNull(parts[i]).getBytes(StandardCharsets.UTF_8);
      length += Integer.BYTES + encoded[i].length;
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    for (byte[] part : encoded) {
      out.putInt(part.length).put(part);
    }
    return out.array();
  }
}
