package io.qilin.data.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.NearestName;
import io.qilin.api.error.QilinException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The columns of a table, in order.
 *
 * @param fields at least one, of different names
 */
public record TableSchema(List<TableField> fields) {
  private static final int SHOWN = 20;

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
    return find(name).orElseThrow(() -> absent(name, names()));
  }

  /** Refuses a name that is not among those of a table. */
  static void requireName(String name, List<String> names) {
    if (!names.contains(name)) {
      throw absent(name, names);
    }
  }

  private static QilinException absent(String name, List<String> names) {
    return new QilinException(
        ErrorCode.DATA_NOT_FOUND,
        "the table has no column " + QilinException.quote(name)
            + NearestName.of(name, names)
                .map(n -> ", but " + QilinException.quote(n))
                .orElse("")
            + "; it has " + shown(names));
  }

  /** The first names, fit for a message: a file may have thousands, of any length. */
  private static String shown(List<String> names) {
    String first =
        names.stream().limit(SHOWN).map(QilinException::quote).collect(Collectors.joining(", "));
    return names.size() <= SHOWN ? first : first + " and " + (names.size() - SHOWN) + " more";
  }
}
