package io.qilin.data.stream;

import java.nio.ByteBuffer;

/** One buffer that is laid over each payload in turn, so that none is made for every message. */
final class PayloadView {
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  void over(byte[] array, int from, int length) {
    if (bytes.array() != array) {
      bytes = ByteBuffer.wrap(array);
    }
    bytes.limit(from + length).position(from);
  }

  ByteBuffer bytes() {
    return bytes;
  }
}
