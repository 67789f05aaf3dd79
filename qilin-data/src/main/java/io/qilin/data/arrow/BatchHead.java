package io.qilin.data.arrow;

import io.qilin.data.table.TableLimits;
import java.util.List;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;
import org.jspecify.annotations.Nullable;

/** Where the buffers of a batch stand in its body; all of them lie within it, and no two share a byte's room. */
final class BatchHead {
  private final int rows;
  private final Packing packing;
  private final int[] nulls;
  private final long[] offsets;
  private final long[] lengths;
  private final int[] firstBuffers;

  private BatchHead(
      int rows, Packing packing, int[] nulls, long[] offsets, long[] lengths, int[] firstBuffers) {
    this.rows = rows;
    this.packing = packing;
    this.nulls = nulls;
    this.offsets = offsets;
    this.lengths = lengths;
    this.firstBuffers = firstBuffers;
  }

  /**
   * Reads and checks a head. Called within {@link FlatBuffer#read}.
   *
   * @param fields the columns of the batch, in order
   * @param body length of the body in bytes
   */
  static BatchHead read(
      @Nullable RecordBatch given,
      List<StoredField> fields,
      long body,
      TableLimits limits,
      Where where) {
    RecordBatch batch = FlatBuffer.present(where, "batch", given);
    long rows = batch.length();
    if (rows < 0) {
      throw where.broken("the number of rows is " + rows);
    }
    if (rows > limits.batchRows()) {
      throw where.tooLarge(rows + " rows are more than " + limits.batchRows()
          + " in one batch; write smaller batches, or raise TableLimits.batchRows");
    }
    int[] firstBuffers = places(batch, fields, where);
    int count = batch.buffersLength();
    long[] offsets = new long[count];
    long[] lengths = new long[count];
    long sum = 0;
    for (int i = 0; i < count; i++) {
      offsets[i] = batch.buffers(i).offset();
      lengths[i] = batch.buffers(i).length();
      requireInside(offsets[i], lengths[i], body, i, where);
      sum += lengths[i];
    }
    if (sum > body) {
      throw where.broken("the buffers take " + sum + " bytes together, the body has only " + body);
    }
    return new BatchHead(
        (int) rows,
        packing(batch.compression(), where),
        nulls(batch, fields, rows, where),
        offsets,
        lengths,
        firstBuffers);
  }

  private static void requireInside(long offset, long length, long body, int i, Where where) {
    if (offset < 0 || length < 0 || offset > body || length > body - offset) {
      throw where.broken("buffer " + i + " of " + length + " bytes at " + offset
          + " does not lie within the body of " + body);
    }
  }

  /** The place of each column's first buffer, and the end; the number of buffers is what the columns need. */
  private static int[] places(RecordBatch batch, List<StoredField> fields, Where where) {
    int[] first = new int[fields.size() + 1];
    int count = batch.buffersLength();
    long next = 0;
    int views = 0;
    for (int i = 0; i < fields.size(); i++) {
      first[i] = (int) next;
      StoredField field = fields.get(i);
      next += field.buffers();
      for (int v = 0; v < field.views(); v++) {
        long more = batch.variadicBufferCounts(views++);
        if (more < 0 || more > count) {
          throw where.broken("a view with " + more + " buffers, but the batch has " + count);
        }
        next += more;
      }
      if (next > count) {
        throw where.broken("the columns need more than the " + count + " buffers of the batch");
      }
    }
    if (next != count) {
      throw where.broken("the columns need " + next + " buffers, the batch has " + count);
    }
    first[fields.size()] = count;
    return first;
  }

  private static int[] nulls(RecordBatch batch, List<StoredField> fields, long rows, Where where) {
    int[] nulls = new int[fields.size()];
    int node = 0;
    int needed = fields.stream().mapToInt(StoredField::nodes).sum();
    if (batch.nodesLength() != needed) {
      throw where.broken(
          "the columns need " + needed + " nodes, the batch has " + batch.nodesLength());
    }
    for (int i = 0; i < nulls.length; i++) {
      FieldNode own = batch.nodes(node);
      if (own.length() != rows || own.nullCount() < 0 || own.nullCount() > rows) {
        throw where.broken("column " + i + " has " + own.length() + " cells of which "
            + own.nullCount() + " are null, in a batch of " + rows + " rows");
      }
      nulls[i] = (int) own.nullCount();
      node += fields.get(i).nodes();
    }
    return nulls;
  }

  private static Packing packing(@Nullable BodyCompression compression, Where where) {
    if (compression == null) {
      return Packing.NONE;
    }
    if (compression.method() != BodyCompressionMethod.BUFFER) {
      throw where.unsupported("the compression method " + compression.method() + " is not read");
    }
    return switch (compression.codec()) {
      case CompressionType.LZ4_FRAME -> Packing.LZ4;
      case CompressionType.ZSTD -> Packing.ZSTD;
      default ->
        throw where.unsupported("its buffers are compressed with codec " + compression.codec()
            + ", which is not read; write the file with LZ4 or uncompressed");
    };
  }

  /** How buffers are compressed. */
  enum Packing {
    NONE,
    LZ4,
    ZSTD
  }

  int rows() {
    return rows;
  }

  Packing packing() {
    return packing;
  }

  int nulls(int column) {
    return nulls[column];
  }

  /** The place of a column's first buffer; of the column behind the last the number of all. */
  int firstBuffer(int column) {
    return firstBuffers[column];
  }

  long offset(int buffer) {
    return offsets[buffer];
  }

  long length(int buffer) {
    return lengths[buffer];
  }
}
