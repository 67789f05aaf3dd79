package io.qilin.data.quality.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.TableSchema;
import java.util.EnumSet;
import java.util.Set;

/** Finds the columns that rules name, of the types that they need. */
final class Columns {
  private static final Set<ColumnType> NUMBERS = EnumSet.complementOf(EnumSet.of(ColumnType.TEXT));
  private static final Set<ColumnType> TIMES = EnumSet.of(ColumnType.DATE, ColumnType.TIMESTAMP);
  private static final Set<ColumnType> ORDERED = EnumSet.of(
      ColumnType.FLOAT64,
      ColumnType.INT32,
      ColumnType.INT64,
      ColumnType.DATE,
      ColumnType.TIMESTAMP,
      ColumnType.TIME);

  private Columns() {}

  static int number(TableSchema schema, String name) {
    return typed(schema, name, NUMBERS, "numbers");
  }

  static int text(TableSchema schema, String name) {
    return typed(schema, name, EnumSet.of(ColumnType.TEXT), "texts");
  }

  static int time(TableSchema schema, String name) {
    return typed(schema, name, TIMES, "days or moments");
  }

  static int ordered(TableSchema schema, String name) {
    return typed(schema, name, ORDERED, "numbers, days or moments");
  }

  private static int typed(TableSchema schema, String name, Set<ColumnType> types, String what) {
    int at = schema.indexOf(name);
    ColumnType type = schema.fields().get(at).type();
    if (!types.contains(type)) {
      throw new QilinException(
          ErrorCode.INVALID_ARGUMENT,
          "a rule needs " + what + " in column " + QilinException.quote(name) + ", which holds "
              + type);
    }
    return at;
  }
}
