package io.qilin.security.token;

import io.qilin.security.internal.StrictBase64Url;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A token in its compact form (RFC 7515, 7.1), taken apart and not yet believed. Its arrays are not to be changed. */
final class CompactJws {
  private final JwsHeaderFields header;
  private final byte[] signed;
  private final byte[] payload;
  private final byte[] signature;

  private CompactJws(JwsHeaderFields header, byte[] signed, byte[] payload, byte[] signature) {
    this.header = header;
    this.signed = signed;
    this.payload = payload;
    this.signature = signature;
  }

  /** Takes a token apart; it is ASCII text and its length was checked. */
  static CompactJws parse(byte[] token) {
    int first = dot(token, 0);
    int second = first < 0 ? -1 : dot(token, first + 1);
    if (second < 0 || dot(token, second + 1) >= 0) {
      throw malformed("it is not three parts");
    }
    byte[] header = part(token, 0, first, "header");
    byte[] payload = part(token, first + 1, second, "payload");
    byte[] signature = part(token, second + 1, token.length, "signature");
    return new CompactJws(
        JwsHeaderFields.read(header), Arrays.copyOf(token, second), payload, signature);
  }

  static CompactJws parse(String token) {
    return parse(ascii(token));
  }

  /** The characters as bytes; what is not ASCII becomes a byte that is in no token. Latin-1 is the fastest way. */
  static byte[] ascii(String token) {
    return token.getBytes(StandardCharsets.ISO_8859_1);
  }

  JwsHeaderFields header() {
    return header;
  }

  byte[] payload() {
    return payload;
  }

  /** Whether its signature is one of this key, with the algorithm of the key. */
  boolean signedBy(TokenKey key) {
    return key.verifies(signed, signature);
  }

  private static int dot(byte[] token, int from) {
    for (int i = from; i < token.length; i++) {
      if (token[i] == '.') {
        return i;
      }
    }
    return -1;
  }

  private static byte[] part(byte[] token, int from, int to, String name) {
    byte[] bytes = StrictBase64Url.decode(token, from, to);
    if (bytes == null) {
      throw malformed("its " + name + " is not canonical base64url");
    }
    return bytes;
  }

  private static TokenRefused malformed(String detail) {
    return new TokenRefused(TokenRefusal.MALFORMED, detail);
  }
}
