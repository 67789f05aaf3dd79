package io.qilin.parquet;

import io.qilin.data.table.TableFormat;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TableWriter;
import java.nio.file.Path;
import java.util.Set;

/**
 * Apache Parquet files, read and written column by column without Hadoop and without native code.
 *
 * <p><b>Read</b>, a row group a batch: flat columns, required or optional, of
 *
 * <ul>
 *   <li>INT32 and INT64, plain or as INTEGER of any width; unsigned 32 bits become INT64; unsigned 64 bits too, where a
 *       number beyond 2^63 - 1 is refused;
 *   <li>DATE; TIME in any unit, whatever its flag says about UTC, which writers set without meaning it;
 *   <li>TIMESTAMP in any unit. One that is adjusted to UTC is a moment; one that is not is a reading of a clock in
 *       Shanghai, since that is what files of Chinese markets mean by it. INT96, the moments of Hive, Spark and old
 *       pandas, is taken as UTC;
 *   <li>FLOAT and DOUBLE, where a missing cell becomes {@code NaN}; BOOLEAN;
 *   <li>DECIMAL stored as INT32, INT64, BYTE_ARRAY or FIXED_LEN_BYTE_ARRAY, as the nearest {@code double} ({@link
 *       io.qilin.data.table.NearestDouble}); FLOAT16;
 *   <li>BYTE_ARRAY and FIXED_LEN_BYTE_ARRAY as STRING, ENUM or JSON, in UTF-8;
 * </ul>
 *
 * in pages of both versions, with all encodings of the format but the deprecated BIT_PACKED, uncompressed or compressed
 * with SNAPPY, ZSTD, LZ4_RAW or GZIP. Other columns (groups, lists, UUID, bytes) are refused with UNSUPPORTED only if
 * the scan wants them. Only the columns wanted are read, and no row group whose statistics show that no filter accepts
 * a row of it. Checksums of pages are checked.
 *
 * <p><b>Bad files.</b> Every length that a file declares is checked against the file and the {@link
 * io.qilin.data.table.TableLimits} before memory is taken for it; a row group may take batchBytes while it is read.
 *
 * <p><b>Written</b>: row groups of at most 131,072 rows, pages of at most 16,384, compressed with ZSTD and with
 * checksums; texts and days through a dictionary while that pays. A cell that is not known, and so each {@code NaN}, is a
 * null; moments are nanoseconds adjusted to UTC. The same batches give the same bytes.
 */
public final class ParquetFormat implements TableFormat {
  /** The format; it holds no state. */
  public ParquetFormat() {}

  @Override
  public String id() {
    return "parquet";
  }

  @Override
  public Set<String> suffixes() {
    return Set.of(".parquet", ".pq");
  }

  @Override
  public TableReader open(Path file, TableScan scan) {
    return ParquetTableReader.open(file, scan);
  }

  @Override
  public TableWriter create(Path file, TableSchema schema) {
    return ParquetTableWriter.create(file, schema);
  }
}
