package io.qilin.data.table;

import io.qilin.api.error.QilinException;
import java.util.Map;
import java.util.Optional;

/**
 * A table that is being read, batch by batch, so that no more than a batch need be in memory. For use by one thread.
 * Closing twice is allowed.
 */
public interface TableReader extends AutoCloseable {
  /** The columns that the batches hold: those of the scan, in the order of the file. */
  TableSchema schema();

  /** The columns that {@link TableScan#readable} left out, by name, with their types in words; none for most readers. */
  default Map<String, String> leftOut() {
    return Map.of();
  }

  /**
   * The next rows that the scan accepts; empty at the end. A batch may have no row.
   *
   * @throws QilinException DATA_FORMAT with file and place; LIMIT_EXCEEDED; UNSUPPORTED; IO. After an error the reader
   *     gives no more rows.
   */
  Optional<TableBatch> next();

  @Override
  void close();
}
