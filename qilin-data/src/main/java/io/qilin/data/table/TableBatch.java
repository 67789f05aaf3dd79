package io.qilin.data.table;

import io.qilin.api.error.QilinException;
import java.util.List;

/**
 * Some rows of a table.
 *
 * @param schema the table's columns
 * @param columns their cells, equally many in each
 */
public record TableBatch(TableSchema schema, List<Column> columns) {
  /**
   * Copies the list.
   *
   * @throws QilinException INVALID_ARGUMENT if the columns do not fit the schema or each other
   */
  public TableBatch {
    columns = List.copyOf(columns);
    if (columns.size() != schema.fields().size()) {
      throw QilinException.invalid(
          columns.size() + " columns do not fit " + schema.fields().size() + " fields");
    }
    int rows = columns.get(0).rows();
    for (int i = 0; i < columns.size(); i++) {
      TableField field = schema.fields().get(i);
      Column column = columns.get(i);
      if (column.type() != field.type() || column.rows() != rows) {
        throw QilinException.invalid("column " + QilinException.quote(field.name()) + " has "
            + column.rows() + " rows of " + column.type() + ", it should have " + rows + " of "
            + field.type());
      }
    }
  }

  /** How many rows there are. */
  public int rows() {
    return columns.get(0).rows();
  }

  /**
   * The column of that name.
   *
   * @throws QilinException DATA_NOT_FOUND if there is none
   */
  public Column column(String name) {
    return columns.get(schema.indexOf(name));
  }

  /** Some rows, in the order given. */
  public TableBatch select(int[] rows) {
    return new TableBatch(
        schema, columns.stream().map(column -> column.select(rows)).toList());
  }
}
