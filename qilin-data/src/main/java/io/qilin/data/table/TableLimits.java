package io.qilin.data.table;

import io.qilin.api.error.QilinException;

/**
 * What an untrusted file may ask for before it is refused with LIMIT_EXCEEDED.
 *
 * @param fileBytes size of the file
 * @param metadataBytes size of one piece of metadata: a schema, a footer, the head of a batch
 * @param columns columns of the table
 * @param batchRows rows of one batch or row group
 * @param batchBytes memory that one batch may take, uncompressed
 * @param compressionRatio how many times larger than in the file a compressed piece may be
 * @param textBytes length of one text
 */
public record TableLimits(
    long fileBytes,
    int metadataBytes,
    int columns,
    int batchRows,
    long batchBytes,
    int compressionRatio,
    int textBytes) {
  private static final int MIB = 1 << 20;

  /** 4 GiB, 16 MiB of metadata, 4096 columns, 16 million rows and 256 MiB a batch, ratio 100, texts of 1 MiB. */
  public static final TableLimits DEFAULT =
      new TableLimits(4096L * MIB, 16 * MIB, 4096, 16_000_000, 256L * MIB, 100, MIB);

  /**
   * Checks that there is room for something.
   *
   * @throws QilinException INVALID_ARGUMENT for a limit below 1
   */
  public TableLimits {
    long least = Math.min(
        Math.min(Math.min(fileBytes, metadataBytes), Math.min(columns, batchRows)),
        Math.min(Math.min(batchBytes, compressionRatio), textBytes));
    if (least < 1) {
      throw QilinException.invalid("limits of a table are at least 1, one was " + least);
    }
  }
}
