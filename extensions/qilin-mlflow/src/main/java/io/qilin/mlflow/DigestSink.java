package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** Hands a body on to a stream and remembers its length and digest. */
final class DigestSink implements Sink {
  private final OutputStream to;
  private final long most;
  private final MessageDigest digest = Digests.sha256();
  private long count;

  DigestSink(OutputStream to, long most) {
    this.to = to;
    this.most = most;
  }

  @Override
  public synchronized void take(ByteBuffer buffer) throws IOException {
    if (buffer.remaining() > most - count) {
      throw new BoundedBytes.TooLong(most);
    }
    byte[] piece = new byte[buffer.remaining()];
    buffer.get(piece);
    count += piece.length;
    digest.update(piece);
    try {
      to.write(piece);
    } catch (IOException | RuntimeException e) {
      throw new QilinException(
          ErrorCode.IO,
          "the stream to which an artifact is copied took no more; throw away what was written, and"
              + " mend the stream",
          e);
    }
  }

  synchronized long count() {
    return count;
  }

  synchronized String sha256() {
    return Digests.hex(digest);
  }
}
