package io.qilin.restsource;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of texts under names of columns, as a service gave them; null is a cell without a value. Not thread-safe. */
final class RestTable {
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private final List<@Nullable String[]> rows = new ArrayList<>();

  /**
   * A table without rows.
   *
   * @throws QilinException DATA_FORMAT for two columns of one name
   */
  RestTable(List<String> names, String where) {
    for (String name : names) {
      if (columns.putIfAbsent(name, columns.size()) != null) {
        throw new QilinException(
            ErrorCode.DATA_FORMAT,
            where + ": two columns are called " + QilinException.quote(name));
      }
    }
  }

  List<String> names() {
    return List.copyOf(columns.keySet());
  }

  int width() {
    return columns.size();
  }

  int size() {
    return rows.size();
  }

  void add(@Nullable String[] cells) {
    rows.add(cells);
  }

  @Nullable
  String[] row(int at) {
    return rows.get(at);
  }

  List<@Nullable String[]> rows() {
    return rows;
  }

  /** The place of a column; -1 if there is none. */
  int find(String name) {
    return columns.getOrDefault(name, -1);
  }

  /** The places of columns. */
  int[] places(List<String> names, String where) {
    int[] places = new int[names.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = find(names.get(i));
      if (places[i] < 0) {
        throw new QilinException(
            ErrorCode.DATA_FORMAT,
            where + ": the answer has no column " + QilinException.quote(names.get(i)) + "; it has "
                + shown());
      }
    }
    return places;
  }

  /** Some names of columns for a message. */
  String shown() {
    return columns.keySet().stream().limit(20).map(QilinException::quote).toList()
        + (columns.size() > 20 ? " and more" : "");
  }

  /** What a row says: its cells that have a value, by their columns. */
  Map<String, String> said(int at) {
    Map<String, String> said = new HashMap<>();
    columns.forEach((name, place) -> {
      String cell = rows.get(at)[place];
      if (cell != null) {
        said.put(name, cell);
      }
    });
    return said;
  }

  /** The texts of some places as a key; null if one has no value. */
  static @Nullable List<String> key(@Nullable String[] row, int[] places) {
    String[] key = new String[places.length];
    for (int i = 0; i < key.length; i++) {
      String cell = row[places[i]];
      if (cell == null) {
        return null;
      }
      key[i] = cell;
    }
    return List.of(key);
  }
}
