package io.qilin.parquet;

import io.airlift.compress.zstd.ZstdDecompressor;
import io.qilin.data.arrow.BufferDecoder;
import java.io.IOException;

/** Unpacks the ZSTD buffers of Arrow files, in Java alone. For use by one thread: its tables are made once. */
public final class ZstdBufferDecoder implements BufferDecoder {
  private final ZstdDecompressor decompressor = new ZstdDecompressor();

  /** For {@link java.util.ServiceLoader}. */
  public ZstdBufferDecoder() {}

  @Override
  public String codec() {
    return "ZSTD";
  }

  @Override
  public int unpack(byte[] packed, int from, int count, byte[] out, int most) throws IOException {
    try {
      return decompressor.decompress(packed, from, count, out, 0, most);
    } catch (RuntimeException e) {
      // MalformedInputException, and what checks of arguments and arrays throw.
      throw new IOException("the frame is damaged", e);
    }
  }
}
