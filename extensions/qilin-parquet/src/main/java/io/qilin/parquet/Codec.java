package io.qilin.parquet;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import io.qilin.api.error.QilinException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses pieces of pages, in Java alone: no native code sees what a file holds. For use by one thread: the tables of
 * ZSTD and room for a page are made once.
 */
final class Codec {
  /** Room behind the data, so that eight bytes can be read from each place. */
  static final int PADDING = 8;

  /** Decompressed bytes before the ratio counts: a short column may well be one number repeated. */
  private static final long FREE_BYTES = 1 << 22;

  private final Room pages = new Room();
  private final Decompressor snappy = new SnappyDecompressor();
  private final Decompressor lz4 = new Lz4Decompressor();
  private @Nullable Decompressor zstd;

  /**
   * Refuses a codec that is not read.
   *
   * @throws QilinException UNSUPPORTED
   */
  static void require(CompressionCodec codec, Place place) {
    switch (codec) {
      case UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW -> {}
      default ->
        throw place.unsupported("the compression " + codec + " is not read; write the file"
            + " with SNAPPY, ZSTD, LZ4_RAW, GZIP or none");
    }
  }

  /**
   * Decompresses a piece. It is there until the next one is decompressed.
   *
   * @param length bytes that it must become
   * @param ratio how many times larger it may become
   * @throws QilinException DATA_FORMAT, LIMIT_EXCEEDED
   */
  Bytes decompress(CompressionCodec codec, Bytes in, int length, int ratio, Budget budget) {
    if (codec == CompressionCodec.UNCOMPRESSED) {
      if (in.remaining() != length) {
        throw in.malformed("a page of " + in.remaining() + " bytes says it has " + length);
      }
      return in;
    }
    if (length > FREE_BYTES && length / ratio > in.remaining()) {
      throw in.place()
          .tooLarge("each compressed byte becomes more than " + ratio
              + " bytes; raise TableLimits.compressionRatio if the file can be trusted");
    }
    budget.take(length + (long) PADDING, in.place());
    byte[] out = pages.of(length);
    int made;
    try {
      made = codec == CompressionCodec.GZIP
          ? gunzip(in, out, length)
          : decompressor(codec).decompress(in.array(), in.at(), in.remaining(), out, 0, length);
    } catch (IOException | RuntimeException e) {
      throw in.place().malformed("a page cannot be decompressed with " + codec, e);
    }
    if (made != length) {
      throw in.malformed("a page becomes " + made + " bytes where it says " + length);
    }
    return new Bytes(out, 0, length, in.place());
  }

  private Decompressor decompressor(CompressionCodec codec) {
    if (codec == CompressionCodec.SNAPPY) {
      return snappy;
    }
    if (codec == CompressionCodec.LZ4_RAW) {
      return lz4;
    }
    Decompressor made = zstd == null ? new ZstdDecompressor() : zstd;
    zstd = made;
    return made;
  }

  private static int gunzip(Bytes in, byte[] out, int length) throws IOException {
    ByteArrayInputStream bytes = new ByteArrayInputStream(in.array(), in.at(), in.remaining());
    try (GZIPInputStream gzip = new GZIPInputStream(bytes)) {
      int made = gzip.readNBytes(out, 0, length);
      return gzip.read() < 0 ? made : made + 1;
    }
  }
}
