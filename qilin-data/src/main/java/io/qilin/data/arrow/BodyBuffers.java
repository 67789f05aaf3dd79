package io.qilin.data.arrow;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The buffers of one batch, unpacked where they are compressed. What a compressed batch unpacks to stays within the
 * limits: every buffer within the memory of a batch, and together within the ratio to what is read, with a mebibyte free
 * because small buffers of equal cells shrink further than any ratio.
 */
final class BodyBuffers {
  private static final long FREE = 1 << 20;
  private static final int PREFIX = Long.BYTES;

  private final ByteSource.Body body;
  private final BatchHead head;
  private final ByteOrder order;
  private final MemoryBudget budget;
  private final int ratio;
  private final InstalledZstd zstd;
  private long packed;
  private long unpacked;
  private byte[] scratch = new byte[0];
  private long scratchTaken;

  BodyBuffers(
      ByteSource.Body body,
      BatchHead head,
      ByteOrder order,
      MemoryBudget budget,
      int ratio,
      InstalledZstd zstd) {
    this.body = body;
    this.head = head;
    this.order = order;
    this.budget = budget;
    this.ratio = ratio;
    this.zstd = zstd;
  }

  /** A buffer in the order of the file, from its first byte; its content stays until the next is asked for. */
  ByteBuffer get(int buffer, Where where) {
    long length = head.length(buffer);
    reserve(length, where);
    ByteBuffer read = body.part(head.offset(buffer), (int) length, where);
    if (head.packing() == BatchHead.Packing.NONE || length == 0) {
      return read.order(order);
    }
    return unpacked(read, where).order(order);
  }

  /** Takes memory for the largest of the buffers, as they follow each other in the same place. */
  private void reserve(long length, Where where) {
    if (length > Integer.MAX_VALUE - PREFIX) {
      throw where.tooLarge("a buffer of " + length + " bytes is too large for one batch");
    }
    if (length > scratchTaken) {
      budget.take(length - scratchTaken, where);
      scratchTaken = length;
    }
  }

  private ByteBuffer unpacked(ByteBuffer read, Where where) {
    if (read.remaining() < PREFIX) {
      throw where.broken("a compressed buffer has only " + read.remaining() + " bytes");
    }
    long length = read.order(ByteOrder.LITTLE_ENDIAN).getLong();
    ByteBuffer rest = read.slice();
    if (length == -1) {
      return rest;
    }
    packed += rest.remaining();
    unpacked += Math.max(length, 0);
    if (length < 0) {
      throw where.broken("a compressed buffer says that it has " + length + " bytes");
    }
    if (unpacked < 0 || unpacked - FREE > packed * ratio) {
      throw where.tooLarge("it unpacks to more than " + ratio + " times its size;"
          + " raise TableLimits.compressionRatio if the file is trusted");
    }
    if (length > scratch.length) {
      reserve(length, where);
      scratch = new byte[(int) length];
    }
    if (head.packing() == BatchHead.Packing.LZ4) {
      Lz4Frame.unpack(rest, scratch, (int) length, where);
    } else {
      zstd.unpack(rest, scratch, (int) length, where);
    }
    return ByteBuffer.wrap(scratch, 0, (int) length).slice();
  }
}
