package io.qilin.restsource;

import io.qilin.api.error.QilinException;
import java.util.List;
import java.util.Objects;

/**
 * A second table whose columns are put beside the rows of the first one.
 *
 * @param kind which rows there are then
 * @param fetch how the table is asked for
 * @param keys the columns of the first table by which rows belong together
 * @param foreignKeys the columns of the second table, in the same order
 * @param columns the columns that are taken from it; they replace none
 */
public record RestJoin(
    Kind kind, RestFetch fetch, List<String> keys, List<String> foreignKeys, List<String> columns) {
  /** Which rows there are after a join. */
  public enum Kind {
    /** Those of the first table; a row without a partner lacks the columns. */
    LEFT,
    /**
     * Those of both. The last key is a day ({@code 20240102} or {@code 2024-01-02}): a row that lacks columns has those of the last row before it with the same
     * other keys, so that a report that is restated in part stays whole, and nothing comes from a later day. A row without that day gives nothing to others.
     */
    CARRY
  }

  /**
   * Copies the lists.
   *
   * @throws QilinException INVALID_ARGUMENT without keys, or for keys that are not as many on both sides
   */
  public RestJoin {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(fetch, "fetch");
    keys = List.copyOf(keys);
    foreignKeys = List.copyOf(foreignKeys);
    columns = List.copyOf(columns);
    if (keys.isEmpty() || keys.size() != foreignKeys.size() || columns.isEmpty()) {
      throw QilinException.invalid("a join has columns, and keys that are as many on both sides; '"
          + fetch.name() + "' has " + columns + ", " + keys + " and " + foreignKeys);
    }
  }
}
