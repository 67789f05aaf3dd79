package io.qilin.security.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Unpadded base64url (RFC 4648, 5) with one text for each value: no padding, no blank, no character of another alphabet, no
 * bits left over in the last character. The JDK's decoder passes over the last two.
 */
public final class StrictBase64Url {
  private static final byte[] VALUES = values();

  private StrictBase64Url() {}

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    return values;
  }

  /** The bytes of a text; null if it is not the one way to write them. */
  public static byte @Nullable [] decode(String text) {
    return decode(text.getBytes(StandardCharsets.ISO_8859_1), 0, text.length());
  }

  /** The bytes of a part of a text in ASCII; null if it is not the one way to write them. */
  public static byte @Nullable [] decode(byte[] text, int from, int to) {
    int last = 0;
    for (int i = from; i < to; i++) {
      last = text[i] < 0 ? -1 : VALUES[text[i]];
      if (last < 0) {
        return null;
      }
    }
    int over = switch ((to - from) % 4) {
      case 0 -> 0;
      case 2 -> last & 0xf;
      case 3 -> last & 0x3;
      default -> 1;
    };
    return over == 0 ? Base64.getUrlDecoder().decode(Arrays.copyOfRange(text, from, to)) : null;
  }

  /** The text of some bytes. */
  public static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
