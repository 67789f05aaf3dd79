package io.qilin.data.arrow;

import io.qilin.api.error.QilinException;
import io.qilin.data.table.TableReader;
import io.qilin.data.table.TableScan;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TableWriter;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Arrow IPC streams that do not lie in a file, from a socket or a process say. Streams in files are opened by
 * {@link ArrowFormat}. Without state, so safe for use by several threads.
 */
public final class ArrowStreams {
  private ArrowStreams() {}

  /**
   * Begins to read a stream, up to and with its schema. A body is taken into memory whole, so that it counts to
   * {@code batchBytes} of the limits; {@code fileBytes} limits the whole stream.
   *
   * @param in stays open when the reader is closed
   * @param name of the stream, for messages
   * @throws QilinException DATA_FORMAT; DATA_NOT_FOUND for a column that is not there; LIMIT_EXCEEDED; UNSUPPORTED;
   *     INVALID_ARGUMENT for a filter that does not fit its column; IO
   */
  public static TableReader open(InputStream in, String name, TableScan scan) {
    String quoted = QilinException.quote(name);
    return ArrowReader.ofStream(
        new StreamBytes(Objects.requireNonNull(in, "in"), scan.limits().fileBytes()),
        scan,
        Where.file("stream " + quoted));
  }

  /**
   * Begins to write a stream. What is written can be read at once after each batch; {@code commit} writes the mark of
   * the end. A stream that was begun cannot be taken back, so without {@code commit} it just ends.
   *
   * @param out is flushed after each batch, and stays open
   * @throws QilinException IO
   */
  public static TableWriter create(OutputStream out, TableSchema schema) {
    return new ArrowWriter(ArrowSink.to(out), schema, false);
  }
}
