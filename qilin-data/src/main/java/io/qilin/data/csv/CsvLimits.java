package io.qilin.data.csv;

import io.qilin.api.error.QilinException;

/**
 * How much a CSV file may ask for before it is refused with LIMIT_EXCEEDED. Files are streamed:
 * what a refused file costs is one buffer, never its size.
 *
 * @param fileBytes bytes of one file after decompression; 2 GiB by default
 * @param lineChars characters between two line ends; 65,536 by default
 * @param fieldChars characters of one cell; 4,096 by default
 * @param columns cells of the header; 512 by default
 * @param rows data rows of all files of one read; 50 million by default
 * @param files files of one folder; 50,000 by default
 * @param gzipRatio decompressed bytes for each compressed byte, looked at beyond the first 4 MiB;
 *     200 by default
 * @param panelCells instruments × days × fields of the result; 536,870,912 (4 GiB) by default
 */
public record CsvLimits(
    long fileBytes,
    int lineChars,
    int fieldChars,
    int columns,
    int rows,
    int files,
    int gzipRatio,
    long panelCells) {
  /** The defaults stated above. */
  public static final CsvLimits DEFAULT =
      new CsvLimits(1L << 31, 1 << 16, 1 << 12, 512, 50_000_000, 50_000, 200, 1L << 29);

  private static final int MAX_LINE_CHARS = 1 << 28;

  /**
   * Checks the limits.
   *
   * @throws QilinException INVALID_ARGUMENT unless all are positive and a line has at most 2^28
   *     characters
   */
  public CsvLimits {
    long least = Math.min(Math.min(fileBytes, panelCells), Math.min(lineChars, fieldChars));
    least = Math.min(least, Math.min(Math.min(columns, rows), Math.min(files, gzipRatio)));
    if (least < 1 || lineChars > MAX_LINE_CHARS) {
      throw QilinException.invalid("limits are positive, a line at most 2^28 characters");
    }
  }

  /** The same limits with another size of a file in bytes after decompression. */
  public CsvLimits withFileBytes(long bytes) {
    return new CsvLimits(bytes, lineChars, fieldChars, columns, rows, files, gzipRatio, panelCells);
  }

  /** The same limits with another length of a line in characters. */
  public CsvLimits withLineChars(int chars) {
    return new CsvLimits(fileBytes, chars, fieldChars, columns, rows, files, gzipRatio, panelCells);
  }

  /** The same limits with another length of a cell in characters. */
  public CsvLimits withFieldChars(int chars) {
    return new CsvLimits(fileBytes, lineChars, chars, columns, rows, files, gzipRatio, panelCells);
  }

  /** The same limits with another number of columns. */
  public CsvLimits withColumns(int most) {
    return new CsvLimits(
        fileBytes, lineChars, fieldChars, most, rows, files, gzipRatio, panelCells);
  }

  /** The same limits with another number of rows. */
  public CsvLimits withRows(int most) {
    return new CsvLimits(
        fileBytes, lineChars, fieldChars, columns, most, files, gzipRatio, panelCells);
  }

  /** The same limits with another number of files in a folder. */
  public CsvLimits withFiles(int most) {
    return new CsvLimits(
        fileBytes, lineChars, fieldChars, columns, rows, most, gzipRatio, panelCells);
  }

  /** The same limits with another ratio of decompression. */
  public CsvLimits withGzipRatio(int most) {
    return new CsvLimits(fileBytes, lineChars, fieldChars, columns, rows, files, most, panelCells);
  }

  /** The same limits with another number of cells of the result. */
  public CsvLimits withPanelCells(long most) {
    return new CsvLimits(fileBytes, lineChars, fieldChars, columns, rows, files, gzipRatio, most);
  }
}
