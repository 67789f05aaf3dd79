package io.qilin.security.token;

import io.qilin.security.internal.Sha256;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The SHA-256 of a token, which stands for it where the token itself must not be kept. */
record TokenDigest(long first, long second, long third, long fourth) {
  static TokenDigest of(byte[] token) {
    ByteBuffer hash = ByteBuffer.wrap(Sha256.of(token));
    return new TokenDigest(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
  }

  /** 64 hexadecimal digits. */
  String hex() {
    HexFormat format = HexFormat.of();
    return format.toHexDigits(first)
        + format.toHexDigits(second)
        + format.toHexDigits(third)
        + format.toHexDigits(fourth);
  }
}
