package io.qilin.data.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The columns of a table, in order.
 *
 * @param fields at least one, of different names
 */
public record TableSchema(List<TableField> fields) {
  /**
   * Copies the list.
   *
   * @throws QilinException INVALID_ARGUMENT without a column or with two of one name
   */
  public TableSchema {
    fields = List.copyOf(fields);
    if (fields.isEmpty()) {
      throw QilinException.invalid("a table needs at least one column");
    }
    Set<String> names = new HashSet<>();
    for (TableField field : fields) {
      if (!names.add(field.name())) {
        throw QilinException.invalid(
            "two columns have the name " + QilinException.quote(field.name()));
      }
    }
  }

  /** The names, in order. */
  public List<String> names() {
    return fields.stream().map(TableField::name).toList();
  }

  /** The place of a column, or empty. */
  public Optional<Integer> find(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /**
   * The place of a column.
   *
   * @throws QilinException DATA_NOT_FOUND with the nearest name
   */
  public int indexOf(String name) {
    return find(name)
        .orElseThrow(() -> new QilinException(
            ErrorCode.DATA_NOT_FOUND,
            "the table has no column " + QilinException.quote(name)
                + NearestName.of(name, names())
                    .map(n -> ", but " + QilinException.quote(n))
                    .orElse("")
                + "; it has " + names()));
  }
}
