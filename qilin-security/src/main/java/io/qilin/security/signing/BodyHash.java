package io.qilin.security.signing;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.security.internal.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256 of a request's body as it was sent, before anything is decoded. Immutable. */
public final class BodyHash {
  /** Of a request without a body. */
  public static final BodyHash EMPTY = of(new byte[0]);

  private static final int PIECE = 8192;

  private final byte[] digest;

  private BodyHash(byte[] digest) {
    this.digest = digest;
  }

  /** Of a body in memory. */
  public static BodyHash of(byte[] body) {
    return new BodyHash(Sha256.start().digest(body));
  }

  /**
   * Of a body that is read piece by piece; 8 KiB are held at a time. The stream is read to its end and not closed.
   *
   * @param maxBytes the longest body that is read
   * @throws QilinException INPUT_REJECTED if the body is longer; IO if it cannot be read
   */
  public static BodyHash of(InputStream body, long maxBytes) {
    MessageDigest digest = Sha256.start();
    byte[] piece = new byte[PIECE];
    long length = 0;
    try {
      for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
        length += read;
        if (length > maxBytes) {
          throw new QilinException(
              ErrorCode.INPUT_REJECTED, "the body is longer than " + maxBytes + " bytes");
        }
        digest.update(piece, 0, read);
      }
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, "the body of the request cannot be read", e);
    }
    return new BodyHash(digest.digest());
  }

  /** 64 hex digits. */
  public String hex() {
    return HexFormat.of().formatHex(digest);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BodyHash that && MessageDigest.isEqual(digest, that.digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }

  /** As {@link #hex}. */
  @Override
  public String toString() {
    return hex();
  }
}
