package io.qilin.data.record;

import io.qilin.api.error.QilinException;

/**
 * How much record files may ask for before they are refused with LIMIT_EXCEEDED. Files are streamed line by line: what a
 * refused file costs is one line, never its size. Files whose records together would take more memory than {@code
 * keptBytes} are not kept but read again by each query, so that a raised size asks for time, not for memory.
 *
 * @param rows rows of one file; 1,000,000 by default
 * @param fileBytes bytes of one file, after decompression; 256 MiB by default
 * @param lineBytes bytes of one line of JSON; 8 MiB by default
 * @param keptBytes memory that the records kept of all files, and those of one answer, may take, as estimated from the
 *     length of their lines; 128 MiB by default
 */
public record RecordLimits(int rows, long fileBytes, int lineBytes, long keptBytes) {
  /** The defaults stated above. */
  public static final RecordLimits DEFAULT =
      new RecordLimits(1_000_000, 1L << 28, 1 << 23, 1L << 27);

  /**
   * Checks the limits.
   *
   * @throws QilinException INVALID_ARGUMENT unless all are positive
   */
  public RecordLimits {
    if (rows < 1 || fileBytes < 1 || lineBytes < 1 || keptBytes < 1) {
      throw QilinException.invalid("limits of record files are positive, were " + rows + " rows, "
          + fileBytes + ", " + lineBytes + " and " + keptBytes + " bytes");
    }
  }

  /** The same limits with another number of rows. */
  public RecordLimits withRows(int most) {
    return new RecordLimits(most, fileBytes, lineBytes, keptBytes);
  }

  /** The same limits with another size of a file in bytes. */
  public RecordLimits withFileBytes(long most) {
    return new RecordLimits(rows, most, lineBytes, keptBytes);
  }

  /** The same limits with another amount of memory in bytes. */
  public RecordLimits withKeptBytes(long most) {
    return new RecordLimits(rows, fileBytes, lineBytes, most);
  }
}
