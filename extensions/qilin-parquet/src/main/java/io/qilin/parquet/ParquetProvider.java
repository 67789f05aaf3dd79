package io.qilin.parquet;

import io.qilin.data.table.TableBarsProvider;

/**
 * Opens Parquet files as a source of daily bars; its id is {@code parquet}. {@link TableBarsProvider} lists the settings.
 */
public final class ParquetProvider extends TableBarsProvider {
  /** For {@link java.util.ServiceLoader}. */
  public ParquetProvider() {
    super(new ParquetFormat());
  }
}
