package io.qilin.data.stream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** State as bytes in memory, in the form of a checkpoint: for engines that keep it themselves. */
final class StateBytes {
  private static final int BUFFER = 1024;

  private StateBytes() {}

  static byte[] of(String called, Consumer<CheckpointWriter> saver) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER);
    CheckpointWriter out = new CheckpointWriter(called, bytes, BUFFER);
    saver.accept(out);
    out.end();
    return bytes.toByteArray();
  }

  /**
   * Reads them.
   *
   * @throws io.qilin.api.error.QilinException DATA_FORMAT if they are damaged; what the loader throws
   */
  static void read(String called, byte[] state, Consumer<CheckpointReader> loader) {
    CheckpointReader in = new CheckpointReader(called, state.length, (to, position) -> {
      int now = (int) Math.min(to.remaining(), state.length - position);
      if (now <= 0) {
        return -1;
      }
      to.put(ByteBuffer.wrap(state, (int) position, now));
      return now;
    });
    loader.accept(in);
    in.end();
  }
}
