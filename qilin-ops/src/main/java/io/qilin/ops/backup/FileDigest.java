package io.qilin.ops.backup;

import io.qilin.api.error.QilinException;
import io.qilin.ops.internal.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What is in a file.
 *
 * @param size in bytes
 * @param sha256 64 hex digits
 */
record FileDigest(long size, String sha256) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  FileDigest {
    if (size < 0 || !HEX.matcher(sha256).matches()) {
      throw QilinException.invalid(
          "no size and SHA-256 of a file: " + size + ", " + QilinException.quote(sha256));
    }
  }

  static FileDigest of(byte[] content) {
    Running running = running();
    running.add(ByteBuffer.wrap(content));
    return running.end();
  }

  static Running running() {
    return new Running(Sha256.start());
  }

  /** A digest that is being made. */
  static final class Running {
    private final MessageDigest digest;
    private long size;

    private Running(MessageDigest digest) {
      this.digest = digest;
    }

    void add(ByteBuffer bytes) {
      size += bytes.remaining();
      digest.update(bytes);
    }

    long size() {
      return size;
    }

    FileDigest end() {
      return new FileDigest(size, HexFormat.of().formatHex(digest.digest()));
    }
  }
}
