package io.qilin.mlflow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Gathers a body in memory, up to a limit. */
final class BoundedBytes implements Sink {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final long most;

  BoundedBytes(long most) {
    this.most = most;
  }

  /** A body was longer than the limit. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;

    TooLong(long most) {
      super("more than " + most + " bytes came");
    }
  }

  @Override
  public synchronized void take(ByteBuffer buffer) throws IOException {
    if (bytes.size() + (long) buffer.remaining() > most) {
      throw new TooLong(most);
    }
    byte[] piece = new byte[buffer.remaining()];
    buffer.get(piece);
    bytes.write(piece, 0, piece.length);
  }

  synchronized byte[] toBytes() {
    return bytes.toByteArray();
  }
}
