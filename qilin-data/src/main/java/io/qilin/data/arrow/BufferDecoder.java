package io.qilin.data.arrow;

import java.io.IOException;

/**
 * Unpacks compressed buffers of Arrow files of a codec that {@code qilin-data} does not have itself; found by {@link
 * java.util.ServiceLoader}. The artifact {@code qilin-parquet} brings one for ZSTD. Lengths are checked against
 * {@link io.qilin.data.table.TableLimits} before it is called. Each reader makes an instance of its own, so that it is used
 * by one thread at a time.
 */
public interface BufferDecoder {
  /** The codec in Arrow's word, {@code "ZSTD"}. */
  String codec();

  /**
   * Unpacks a buffer. Whatever the bytes are, it reads and writes nowhere else, and ends.
   *
   * @param packed holds the compressed bytes
   * @param from the first of them
   * @param count how many there are
   * @param out takes what comes of them, from its first byte on
   * @param most how many bytes it may take, not more than its length
   * @return how many bytes were unpacked
   * @throws IOException if the compressed bytes are damaged or become more than {@code most}
   */
  int unpack(byte[] packed, int from, int count, byte[] out, int most) throws IOException;
}
