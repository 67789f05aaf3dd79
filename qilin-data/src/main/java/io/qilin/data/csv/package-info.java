/** Daily bars and tables as CSV: start with {@link io.qilin.data.csv.CsvBarReader}. */
@NullMarked
package io.qilin.data.csv;

import org.jspecify.annotations.NullMarked;
