package io.qilin.data.table;

import io.qilin.api.error.QilinException;
import java.nio.file.Path;
import java.util.Set;

/**
 * A file format for flat tables. Found through {@link java.util.ServiceLoader}; implementations have a public constructor
 * without arguments. Safe for use by several threads.
 */
public interface TableFormat {
  /** Short lower-case name, for example {@code parquet}. */
  String id();

  /** How names of its files end, with the dot, for example {@code .parquet}. */
  Set<String> suffixes();

  /**
   * Opens a file; its metadata is checked before this returns.
   *
   * @throws QilinException DATA_NOT_FOUND if there is no such file, or no column of the scan; DATA_FORMAT; LIMIT_EXCEEDED;
   *     UNSUPPORTED for a column type or a compression that is not read; INVALID_ARGUMENT for a filter that does not fit
   *     its column; IO
   */
  TableReader open(Path file, TableScan scan);

  /**
   * Begins a file.
   *
   * @throws QilinException IO; UNSUPPORTED if the format cannot hold the schema
   */
  TableWriter create(Path file, TableSchema schema);
}
