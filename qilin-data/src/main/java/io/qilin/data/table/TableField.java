package io.qilin.data.table;

import io.qilin.api.error.QilinException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Name and type of a column.
 *
 * @param name any text that is not empty
 * @param type what its cells are
 */
public record TableField(String name, ColumnType type) {
  /**
   * Checks the name.
   *
   * @throws QilinException INVALID_ARGUMENT if it is empty or has half a surrogate pair
   */
  public TableField {
    Objects.requireNonNull(type, "type");
    if (name.isEmpty() || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      throw QilinException.invalid(
          "a column's name is a text that is not empty, without half a surrogate pair, was "
              + QilinException.quote(name));
    }
  }
}
