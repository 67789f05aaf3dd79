package io.qilin.data.arrow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.internal.AtomicFile;
import io.qilin.data.table.TableFormat;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TableWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Tables in the Arrow IPC format, version 1.5 of its columnar format, without Arrow's own library and the JVM flags that
 * it needs. Files ({@code .arrow}, {@code .ipc}, {@code .feather}, which is Feather 2) and streams ({@code .arrows}) are
 * told apart by their first bytes when they are read, and by their names when they are written.
 *
 * <p>Read are integers of all widths, floating-point numbers, decimals as the nearest {@code double} ({@link
 * io.qilin.data.table.NearestDouble}), truth values, texts with offsets or as views, dates, times, moments, and
 * dictionaries of texts; in either order of bytes; uncompressed, with LZ4, or with ZSTD if a {@link BufferDecoder} is
 * installed. Bytes are read as texts where the scan names the column. A moment without a zone is what a clock in Shanghai
 * showed. An integer without sign above 2^63 - 1, a moment outside 1677 to 2262 and bytes that are no UTF-8 are
 * UNSUPPORTED, with their row. Everything in a file is checked before a cell of it is given.
 *
 * <p>Written are little-endian, uncompressed batches; the same table gives the same bytes. A text column becomes a
 * dictionary with 32-bit references if its first batch is smaller so, and Utf8 otherwise; new words of later batches are
 * added to it. {@code NaN} is written as null; moments are nanoseconds in UTC. The time 24:00 is read, since others write it,
 * but not written, since the format does not have it.
 *
 * <p>Safe for use by several threads.
 */
public final class ArrowFormat implements TableFormat {
  private static final String STREAM = ".arrows";
  private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FEATHER_1 = "FEA1".getBytes(StandardCharsets.US_ASCII);

  /** The format; it has no settings. */
  public ArrowFormat() {}

  @Override
  public String id() {
    return "arrow";
  }

  @Override
  public Set<String> suffixes() {
    return Set.of(".arrow", ".feather", ".ipc", STREAM);
  }

  @Override
  public TableReader open(Path file, TableScan scan) {
    Where where = Where.file(AtomicFile.name(file));
    if (!Files.isRegularFile(file)) {
      throw new QilinException(
          ErrorCode.DATA_NOT_FOUND,
          where + ": " + (Files.exists(file) ? "this is no file" : "there is no such file"));
    }
    FileBytes source = bytes(file, scan, where);
    boolean well = false;
    try {
      TableReader reader = isFile(source, where)
          ? ArrowReader.ofFile(source, scan, where)
          : ArrowReader.ofStream(source, scan, where);
      well = true;
      return reader;
    } finally {
      if (!well) {
        source.close();
      }
    }
  }

  @SuppressWarnings("resource") // The reader closes the channel.
  private static FileBytes bytes(Path file, TableScan scan, Where where) {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      long size = channel.size();
      if (size > scan.limits().fileBytes()) {
        channel.close();
        throw where.tooLarge("a file of " + size + " bytes is larger than "
            + scan.limits().fileBytes() + "; raise TableLimits.fileBytes if it is trusted");
      }
      return new FileBytes(channel, size, where);
    } catch (IOException e) {
      throw where.failed(e);
    }
  }

  private static boolean isFile(FileBytes source, Where where) {
    byte[] start =
        source.bytes(0, (int) Math.min(ArrowFooter.MAGIC.length, source.available(0)), where);
    byte[] four = Arrays.copyOf(start, 4);
    if (start.length == 0) {
      throw where.broken("the file is empty");
    }
    if (Arrays.equals(four, PARQUET)) {
      throw where.broken("this is a Parquet file; name it .parquet");
    }
    if (Arrays.equals(four, FEATHER_1)) {
      throw where.unsupported(
          "this is a Feather file of version 1; write it again with version 2, the default since"
              + " pyarrow 0.17");
    }
    return Arrays.equals(start, ArrowFooter.MAGIC);
  }

  @Override
  public TableWriter create(Path file, TableSchema schema) {
    boolean stream = AtomicFile.name(file).toLowerCase(Locale.ROOT).endsWith(STREAM);
    return new ArrowWriter(ArrowSink.to(file), schema, !stream);
  }
}
