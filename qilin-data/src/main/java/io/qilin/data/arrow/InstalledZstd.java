package io.qilin.data.arrow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The decoder of ZSTD that is on the class path, looked for when the first such buffer comes. For use by one thread. */
final class InstalledZstd {
  private static final String CODEC = "ZSTD";

  private @Nullable BufferDecoder decoder;

  /** Unpacks a buffer that fills {@code out} up to {@code length}; {@code packed} has an array. */
  void unpack(ByteBuffer packed, byte[] out, int length, Where where) {
    BufferDecoder known = decoder == null ? find(where) : decoder;
    decoder = known;
    int from = packed.arrayOffset() + packed.position();
    int made;
    try {
      made = known.unpack(packed.array(), from, packed.remaining(), out, length);
    } catch (IOException e) {
      throw where.broken("a buffer is no frame of " + CODEC, e);
    }
    if (made != length) {
      throw where.broken("a buffer unpacks to " + made + " bytes where it says " + length);
    }
  }

  private static BufferDecoder find(Where where) {
    for (BufferDecoder found : ServiceLoader.load(BufferDecoder.class)) {
      if (found.codec().equals(CODEC)) {
        return found;
      }
    }
    throw where.unsupported("its buffers are compressed with " + CODEC + ", for which no decoder is"
        + " installed; add the artifact qilin-parquet, which has one, or write the file with LZ4 or"
        + " uncompressed, in pandas to_feather(path, compression='lz4')");
  }
}
