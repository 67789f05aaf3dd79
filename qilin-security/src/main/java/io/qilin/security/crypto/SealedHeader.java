package io.qilin.security.crypto;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The beginning of every sealed value: the version, the length of the key id, the key id. */
final class SealedHeader {
  private SealedHeader() {}

  static byte[] of(byte version, String id) {
    byte[] name = id.getBytes(StandardCharsets.US_ASCII);
    byte[] header = new byte[2 + name.length];
    header[0] = version;
    header[1] = (byte) name.length;
    System.arraycopy(name, 0, header, 2, name.length);
    return header;
  }

  /** The key id; null unless the version is this, the id has its length, and at least {@code after} bytes follow. */
  static @Nullable String keyId(byte[] sealed, byte version, int after) {
    if (sealed.length < 2 || sealed[0] != version || sealed[1] < 1) {
      return null;
    }
    return sealed.length - 2 - sealed[1] < after
        ? null
        : new String(sealed, 2, sealed[1], StandardCharsets.US_ASCII);
  }
}
