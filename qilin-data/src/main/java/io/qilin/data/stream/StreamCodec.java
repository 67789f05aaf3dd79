package io.qilin.data.stream;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Writes and reads what a message carries, for {@link FileStreamSink}. Stateless.
 *
 * @param <T> what a message carries
 */
public interface StreamCodec<T> {
  /** Writes a value. */
  void write(T value, DataOutput out) throws IOException;

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it ends too early
   * @throws io.qilin.api.error.QilinException DATA_FORMAT or INVALID_ARGUMENT if it is something else
   */
  T read(DataInput in) throws IOException;
}
