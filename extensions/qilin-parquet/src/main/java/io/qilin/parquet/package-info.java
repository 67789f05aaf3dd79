/** Tables as Apache Parquet files: {@link io.qilin.parquet.ParquetFormat}, found by the ends of files' names. */
@NullMarked
package io.qilin.parquet;

import org.jspecify.annotations.NullMarked;
