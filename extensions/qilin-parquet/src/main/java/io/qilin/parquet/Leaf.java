package io.qilin.parquet;

import io.qilin.data.table.ColumnType;
import java.util.Optional;
import org.apache.parquet.format.Type;

/**
 * A column as the file's schema has it.
 *
 * @param index its place among the column chunks of a row group
 * @param name its name; of one inside a group the name of the outermost group
 * @param type how its cells are stored
 * @param width bytes of a cell of FIXED_LEN_BYTE_ARRAY, otherwise 0
 * @param optional whether a cell may be missing
 * @param meaning what it is read into; empty if it is not read
 * @param described its type in words, for an error
 */
record Leaf(
    int index,
    String name,
    Type type,
    int width,
    boolean optional,
    Optional<Meaning> meaning,
    String described) {
  /** Bytes of memory that a cell takes while it is read, beside its text. */
  int memory() {
    return switch (type) {
      case BOOLEAN -> 1;
      case INT32 ->
        meaning.orElseThrow().type() == ColumnType.TEXT
                || meaning.orElseThrow().type() == ColumnType.INT32
                || meaning.orElseThrow().type() == ColumnType.DATE
            ? 4
            : 12;
      case INT64 -> meaning.orElseThrow().isDecimal() ? 16 : 8;
      case INT96, FLOAT, DOUBLE -> 8;
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY ->
        meaning.orElseThrow().type() == ColumnType.FLOAT64 ? 8 : 4;
    };
  }
}
