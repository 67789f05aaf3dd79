package io.qilin.parquet;

import io.qilin.data.table.TableLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * What the end of a file says about its rest, checked: every piece lies in the file, and together they are not longer
 * than it.
 *
 * @param leaves the columns
 * @param groups the row groups
 * @param begin where the footer begins, and so the data ends
 */
record Footer(List<Leaf> leaves, List<RowGroup> groups, long begin) {
  private static final int STEP = 1 << 18;
  private static final int MAGIC = 4;
  private static final int TAIL = 8;
  private static final String PLAIN = "PAR1";
  private static final String ENCRYPTED = "PARE";

  /**
   * Reads it.
   *
   * @throws io.qilin.api.error.QilinException DATA_FORMAT, LIMIT_EXCEEDED, UNSUPPORTED
   */
  static Footer read(FileChannel channel, TableLimits limits, Place place) throws IOException {
    long size = channel.size();
    if (size > limits.fileBytes()) {
      throw place.tooLarge("the file has " + size + " bytes, more than " + limits.fileBytes()
          + "; raise TableLimits.fileBytes");
    }
    if (size < MAGIC + TAIL) {
      throw place.malformed("a file of " + size + " bytes is no Parquet file");
    }
    requireMagic(magic(bytes(channel, 0, MAGIC), 0), place);
    byte[] tail = bytes(channel, size - TAIL, TAIL);
    requireMagic(magic(tail, TAIL - MAGIC), place);
    int length = new Bytes(tail, 0, MAGIC, place).int32();
    if (length < 0 || length > size - MAGIC - TAIL) {
      throw place.malformed(
          "a footer of " + Integer.toUnsignedString(length) + " bytes does not fit into the file");
    }
    if (length > limits.metadataBytes()) {
      throw place.tooLarge("its footer has " + length + " bytes, more than "
          + limits.metadataBytes() + "; raise TableLimits.metadataBytes");
    }
    long begin = size - TAIL - length;
    FileMetaData metadata =
        parse(bytes(channel, begin, length), length, limits.batchBytes(), place);
    List<Leaf> leaves = SchemaTree.leaves(metadata.getSchema(), limits.columns(), place);
    check(metadata, leaves, begin, place);
    return new Footer(leaves, metadata.getRow_groups(), begin);
  }

  private static FileMetaData parse(byte[] footer, int length, long memory, Place place) {
    ThriftGuard.pass(new Bytes(footer, 0, length, place), memory);
    try {
      FileMetaData metadata = Util.readFileMetaData(new ByteArrayInputStream(footer, 0, length));
      if (metadata.isSetEncryption_algorithm()) {
        throw place.unsupported("the file is encrypted; decrypt it first");
      }
      return metadata;
    } catch (IOException e) {
      throw place.malformed("its footer cannot be read", e);
    }
  }

  /** Reads a piece, with room behind it. */
  static byte[] bytes(FileChannel channel, long from, int length) throws IOException {
    byte[] array = new byte[length + Codec.PADDING];
    read(channel, from, array, length);
    return array;
  }

  /** Reads a piece into the beginning of an array, in steps that stay in the cache while the channel copies them. */
  static void read(FileChannel channel, long from, byte[] array, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(array, 0, length);
    while (buffer.position() < length) {
      buffer.limit((int) Math.min(length, (long) buffer.position() + STEP));
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
  }

  private static String magic(byte[] bytes, int from) {
    return new String(bytes, from, MAGIC, StandardCharsets.ISO_8859_1);
  }

  private static void requireMagic(String magic, Place place) {
    if (magic.equals(ENCRYPTED)) {
      throw place.unsupported("the file is encrypted; decrypt it first");
    }
    if (!magic.equals(PLAIN)) {
      throw place.malformed("a Parquet file begins and ends with PAR1");
    }
  }

  private static void check(FileMetaData metadata, List<Leaf> leaves, long end, Place place) {
    long rows = 0;
    long[] bytes = new long[leaves.size()];
    int number = 1;
    for (RowGroup group : metadata.getRow_groups()) {
      Place at = place.group(number++);
      if (group.getNum_rows() < 0) {
        throw at.malformed("it has " + group.getNum_rows() + " rows");
      }
      if (group.getColumnsSize() != leaves.size()) {
        throw at.malformed(
            "it has " + group.getColumnsSize() + " columns where the schema has " + leaves.size());
      }
      rows = saturated(rows, group.getNum_rows());
      for (Leaf leaf : leaves) {
        ColumnChunk chunk = group.getColumns().get(leaf.index());
        check(chunk, leaf, end, at.column(leaf.name()));
        bytes[leaf.index()] =
            saturated(bytes[leaf.index()], chunk.getMeta_data().getTotal_compressed_size());
      }
    }
    if (rows != metadata.getNum_rows()) {
      throw place.malformed(
          "its row groups have " + rows + " rows, but it says " + metadata.getNum_rows());
    }
    if (Arrays.stream(bytes).reduce(0, Footer::saturated) > end) {
      throw place.malformed("its pieces overlap");
    }
  }

  private static long saturated(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  private static void check(ColumnChunk chunk, Leaf leaf, long end, Place place) {
    if (chunk.isSetFile_path()) {
      throw place.unsupported("its data lies in another file, which is not opened");
    }
    if (chunk.isSetCrypto_metadata() || !chunk.isSetMeta_data()) {
      throw place.unsupported("the column is encrypted; decrypt the file first");
    }
    ColumnMetaData data = chunk.getMeta_data();
    Type type = data.getType();
    if (type != leaf.type()) {
      throw place.malformed("its cells are " + type + ", but the schema says " + leaf.type());
    }
    long from = begin(data);
    long length = data.getTotal_compressed_size();
    if (from < MAGIC || length < 0 || from > end - length) {
      throw place.malformed("its " + length + " bytes from " + from
          + " on do not lie between the head and the footer");
    }
  }

  /** Where the data of a column of a row group begin. */
  static long begin(ColumnMetaData data) {
    boolean dictionary = data.isSetDictionary_page_offset() && data.getDictionary_page_offset() > 0;
    return dictionary
        ? Math.min(data.getDictionary_page_offset(), data.getData_page_offset())
        : data.getData_page_offset();
  }
}
