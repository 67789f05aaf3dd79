package io.qilin.data.arrow;

import io.qilin.data.table.TableLimits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.flatbuf.Footer;
import org.jspecify.annotations.Nullable;

/**
 * The directory at the end of a file: {@code File.fbs} of Apache Arrow.
 *
 * @param schema the table
 * @param blocks where its messages stand: dictionaries, then batches
 */
record ArrowFooter(StoredSchema schema, List<Block> blocks) {
  /** What files begin and end with. */
  static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

  private static final int TRAILER = Integer.BYTES + MAGIC.length;

  ArrowFooter {
    blocks = List.copyOf(blocks);
  }

  /** Where a message stands. */
  record Block(long offset, int metadata, long body) {
    StoredMessage message(ByteSource source, TableLimits limits, Where where) {
      Where place = where.part("at byte " + offset);
      StoredMessage message = StoredMessage.at(source, offset, limits, place)
          .orElseThrow(() -> place.broken("the footer names a message where there is none"));
      if (message.body() - offset > metadata || message.bodyLength() != body) {
        throw place.broken("the message has a body of " + message.bodyLength()
            + " bytes, the footer says " + body);
      }
      long start = offset + metadata;
      return new StoredMessage(message.metadata(), message.version(), message.kind(), start, body);
    }
  }

  /** Reads and checks the footer of a file. */
  static ArrowFooter read(ByteSource source, TableLimits limits, Where where) {
    long size = source.available(0);
    if (size < 2L * TRAILER) {
      throw where.broken("a file of " + size + " bytes is too short for an Arrow file");
    }
    ByteBuffer end = ByteBuffer.wrap(source.bytes(size - TRAILER, TRAILER, where))
        .order(ByteOrder.LITTLE_ENDIAN);
    int length = end.getInt();
    if (!Arrays.equals(end.array(), Integer.BYTES, TRAILER, MAGIC, 0, MAGIC.length)) {
      throw where.broken(
          "the file does not end as an Arrow file; it may not have been written or copied whole");
    }
    if (length > limits.metadataBytes()) {
      throw where.tooLarge(
          "a footer of " + length + " bytes is larger than " + limits.metadataBytes());
    }
    if (length <= 0 || length > size - 2L * TRAILER + Integer.BYTES) {
      throw where.broken("a footer of " + length + " bytes does not fit the file");
    }
    byte[] bytes = source.bytes(size - TRAILER - length, length, where);
    return FlatBuffer.read(
        where, () -> parse(Footer.getRootAsFooter(ByteBuffer.wrap(bytes)), size, limits, where));
  }

  private static ArrowFooter parse(Footer footer, long size, TableLimits limits, Where where) {
    StoredSchema schema = SchemaReader.read(footer.schema(), footer.version(), limits, where);
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < footer.dictionariesLength(); i++) {
      blocks.add(block(footer.dictionaries(i), where));
    }
    for (int i = 0; i < footer.recordBatchesLength(); i++) {
      blocks.add(block(footer.recordBatches(i), where));
    }
    long room = size;
    for (Block block : blocks) {
      requireInside(block, size, where);
      room -= block.metadata() + block.body();
      if (room < 0) {
        throw where.broken("the messages that the footer names are longer than the file");
      }
    }
    return new ArrowFooter(schema, blocks);
  }

  private static Block block(org.apache.arrow.flatbuf.@Nullable Block given, Where where) {
    org.apache.arrow.flatbuf.Block block = FlatBuffer.present(where, "block", given);
    return new Block(block.offset(), block.metaDataLength(), block.bodyLength());
  }

  private static void requireInside(Block block, long size, Where where) {
    boolean inside = block.offset() >= 0
        && block.metadata() > 0
        && block.body() >= 0
        && block.offset() <= size
        && block.body() <= size
        && block.offset() + block.metadata() + block.body() <= size;
    if (!inside) {
      throw where.broken("the footer names a message at byte " + block.offset()
          + " that does not lie within the file");
    }
  }
}
