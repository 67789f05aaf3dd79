package io.qilin.parquet;

import io.airlift.compress.zstd.ZstdCompressor;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.PendingFile;
import io.qilin.data.table.ShanghaiClock;
import io.qilin.data.table.TableBatch;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TableWriter;
import io.qilin.data.table.TimesOfDay;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;

/** Writes a file, row group by row group, of each only one column at a time in memory. */
final class ParquetTableWriter implements TableWriter {
  private static final int GROUP_ROWS = 1 << 17;
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final PendingFile file;
  private final OutputStream out;
  private final TableSchema schema;
  private final ChunkWriter chunks = new ChunkWriter(CompressionCodec.ZSTD, new ZstdCompressor());
  private final GroupRows pending = new GroupRows();
  private final List<RowGroup> groups = new ArrayList<>();
  private long written;
  private long rows;
  private boolean ended;

  private ParquetTableWriter(PendingFile file, TableSchema schema) {
    this.file = file;
    this.out = file.stream();
    this.schema = schema;
  }

  static ParquetTableWriter create(Path path, TableSchema schema) {
    PendingFile file = PendingFile.create(path);
    ParquetTableWriter writer = new ParquetTableWriter(file, schema);
    try {
      writer.append(MAGIC, MAGIC.length);
      return writer;
    } catch (IOException e) {
      QilinException failure = file.failure(e);
      try {
        file.close();
      } catch (QilinException also) {
        failure.addSuppressed(also);
      }
      throw failure;
    }
  }

  private void append(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    written += length;
  }

  @Override
  public void write(TableBatch batch) {
    if (ended) {
      throw QilinException.invalid("the table is ended; nothing more can be written");
    }
    if (!batch.schema().equals(schema)) {
      throw QilinException.invalid("a batch of " + batch.schema().fields()
          + " does not fit the table of " + schema.fields());
    }
    for (int i = 0; i < schema.fields().size(); i++) {
      String name = schema.fields().get(i).name();
      TimesOfDay.require(name, batch.columns().get(i), ShanghaiClock.DAY);
    }
    int from = 0;
    while (from < batch.rows()) {
      int to = Math.min(batch.rows(), from + GROUP_ROWS - pending.rows());
      pending.add(batch, from, to);
      if (pending.rows() == GROUP_ROWS) {
        group();
      }
      from = to;
    }
  }

  private void group() {
    List<ColumnChunk> columns = new ArrayList<>();
    long uncompressed = 0;
    long begin = written;
    try {
      for (int i = 0; i < schema.fields().size(); i++) {
        ColumnMetaData data = chunks.write(pending, i, schema.fields().get(i), written);
        append(chunks.bytes().array(), chunks.bytes().size());
        ColumnChunk chunk = new ColumnChunk(0);
        chunk.setMeta_data(data);
        columns.add(chunk);
        uncompressed += data.getTotal_uncompressed_size();
      }
    } catch (IOException e) {
      ended = true;
      throw file.failure(e);
    }
    RowGroup group = new RowGroup(columns, uncompressed, pending.rows());
    group.setFile_offset(begin);
    group.setTotal_compressed_size(written - begin);
    groups.add(group);
    rows += pending.rows();
    pending.clear();
  }

  @Override
  public void commit() {
    if (ended) {
      throw QilinException.invalid("a table is ended once, and not after an error");
    }
    if (pending.rows() > 0) {
      group();
    }
    ended = true;
    FileMetaData metadata = new FileMetaData(1, StoredColumns.schema(schema), rows, groups);
    metadata.setCreated_by("qilin");
    metadata.setColumn_orders(Collections.nCopies(
        schema.fields().size(), ColumnOrder.TYPE_ORDER(new TypeDefinedOrder())));
    ByteOutput footer = new ByteOutput();
    try {
      Util.writeFileMetaData(metadata, footer);
      int length = footer.size();
      footer.int32(length);
      footer.write(MAGIC, 0, MAGIC.length);
      append(footer.array(), footer.size());
    } catch (IOException e) {
      throw file.failure(e);
    }
    file.commit();
  }

  @Override
  public void close() {
    ended = true;
    file.close();
  }
}
