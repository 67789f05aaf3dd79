package io.qilin.data.arrow;

import io.qilin.api.error.QilinException;
import io.qilin.data.internal.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes a table as an Arrow IPC file (also called Feather 2), batch by batch, uncompressed,
 * little-endian: what pandas, Polars, DuckDB and Arrow itself read. Only one batch at a time is in
 * memory. The same table gives the same bytes.
 *
 * <p>The layout is that of the section "IPC File Format" of Arrow's columnar format, version 1.5.
 *
 * <p>A file appears whole, at {@link #commit}, or not at all. Not thread-safe.
 *
 * <pre>{@code
 * List<ArrowField> fields = List.of(new ArrowField("close", ArrowType.FLOAT64));
 * try (ArrowFileWriter out = ArrowFileWriter.open(target, fields)) {
 *   out.batch(List.of(ArrowColumn.doubles(closes)));
 *   out.commit();
 * }
 * }</pre>
 */
public final class ArrowFileWriter implements AutoCloseable {
  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ZEROS = new byte[ArrowMessages.ALIGNMENT];
  /** Continuation and a length of zero: no more messages. */
  private static final byte[] END = {-1, -1, -1, -1, 0, 0, 0, 0};

  private static final int BUFFER = 1 << 16;

  private final Path target;
  private final AtomicFile file;
  private final OutputStream out;
  private final List<ArrowField> fields;
  private final List<ArrowMessages.Place> batches = new ArrayList<>();
  private long position;
  private boolean ended;

  private ArrowFileWriter(Path target, AtomicFile file, List<ArrowField> fields) {
    this.target = target;
    this.file = file;
    this.fields = fields;
    this.out = new BufferedOutputStream(file.stream(), BUFFER);
  }

  /**
   * Starts a file.
   *
   * @param target where the file is to be; it is replaced at {@link #commit}
   * @param fields the columns, at least one
   * @throws QilinException IO; INVALID_ARGUMENT without columns, or if two have one name
   */
  public static ArrowFileWriter open(Path target, List<ArrowField> fields) {
    List<ArrowField> copy = List.copyOf(fields);
    Set<String> names = new HashSet<>();
    for (ArrowField field : copy) {
      if (!names.add(field.name())) {
        throw QilinException.invalid(
            "two columns have the name " + QilinException.quote(field.name()));
      }
    }
    if (copy.isEmpty()) {
      throw QilinException.invalid("a table needs at least one column");
    }
    ArrowFileWriter writer = new ArrowFileWriter(target, AtomicFile.create(target), copy);
    try {
      writer.begin();
      return writer;
    } catch (IOException e) {
      QilinException failure = AtomicFile.failure(target, e);
      writer.discard(failure);
      throw failure;
    }
  }

  private void begin() throws IOException {
    write(MAGIC);
    pad();
    write(ArrowMessages.schema(fields));
  }

  private void discard(QilinException because) {
    try {
      file.close();
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  /**
   * Writes a batch of rows; a batch without rows is allowed.
   *
   * @param columns one for each field, in their order, of their types, all of one length
   * @throws QilinException IO; INVALID_ARGUMENT if the columns do not fit the fields, or after
   *     {@link #commit}
   */
  public void batch(List<ArrowColumn> columns) {
    requireOpen();
    List<ArrowColumn> copy = List.copyOf(columns);
    check(copy);
    byte[] message = ArrowMessages.batch(copy, copy.get(0).rows());
    try {
      batches.add(new ArrowMessages.Place(position, message.length, ArrowMessages.body(copy)));
      write(message);
      for (ArrowColumn column : copy) {
        for (byte[] buffer : column.buffers()) {
          write(buffer);
          pad();
        }
      }
    } catch (IOException e) {
      throw AtomicFile.failure(target, e);
    }
  }

  private void check(List<ArrowColumn> columns) {
    if (columns.size() != fields.size()) {
      throw QilinException.invalid(
          "a batch of " + columns.size() + " columns does not fit " + fields.size() + " fields");
    }
    int rows = columns.get(0).rows();
    for (int i = 0; i < fields.size(); i++) {
      ArrowField field = fields.get(i);
      ArrowColumn column = columns.get(i);
      if (column.type() != field.type() || column.rows() != rows) {
        throw QilinException.invalid("column " + QilinException.quote(field.name()) + " has "
            + column.rows() + " rows of " + column.type() + ", it should have " + rows + " of "
            + field.type());
      }
    }
  }

  /**
   * Ends the table: the file is in its place now, and on the disk.
   *
   * @throws QilinException IO; INVALID_ARGUMENT if called twice
   */
  public void commit() {
    requireOpen();
    ended = true;
    try {
      write(END);
      byte[] footer = ArrowMessages.footer(fields, batches);
      write(footer);
      write(ByteBuffer.allocate(Integer.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(footer.length)
          .array());
      write(MAGIC);
      out.flush();
      file.publish();
    } catch (IOException e) {
      throw AtomicFile.failure(target, e);
    }
  }

  /**
   * Ends the work; without {@link #commit} no file is left.
   *
   * @throws QilinException IO
   */
  @Override
  public void close() {
    ended = true;
    try {
      file.close();
    } catch (IOException e) {
      throw AtomicFile.failure(target, e);
    }
  }

  private void requireOpen() {
    if (ended) {
      throw QilinException.invalid("the table is ended; nothing more can be written");
    }
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
  }

  private void pad() throws IOException {
    int missing = ArrowMessages.padding(position);
    out.write(ZEROS, 0, missing);
    position += missing;
  }
}
