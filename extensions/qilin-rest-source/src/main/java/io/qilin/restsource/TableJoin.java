package io.qilin.restsource;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the columns of one table beside the rows of another, as {@link RestJoin} says. Stateless. */
final class TableJoin {
  private TableJoin() {}

  /** The joined table; of several rows of the second table with one key the last counts. */
  static RestTable join(RestTable first, RestTable second, RestJoin join, String where) {
    if (second.size() == 0) {
      return widened(first, join.columns(), where);
    }
    if (first.size() == 0 && join.kind() == RestJoin.Kind.LEFT) {
      return first;
    }
    Map<List<String>, @Nullable String[]> partners = new LinkedHashMap<>();
    int[] foreign = second.places(join.foreignKeys(), where);
    for (@Nullable String[] row : second.rows()) {
      List<String> key = RestTable.key(row, foreign);
      if (key != null) {
        partners.put(key, row);
      }
    }
    int[] taken = second.places(join.columns(), where);
    RestTable base = first.size() == 0 ? widened(first, join.keys(), where) : first;
    RestTable wide = widened(base, join.columns(), where);
    int[] keys = wide.places(join.keys(), where);
    int[] into = wide.places(join.columns(), where);
    for (@Nullable String[] row : wide.rows()) {
      List<String> key = RestTable.key(row, keys);
      @Nullable String[] partner = key == null ? null : partners.get(key);
      if (partner != null) {
        copy(partner, taken, row, into);
      }
    }
    return join.kind() == RestJoin.Kind.LEFT
        ? wide
        : carried(wide, partners, keys, taken, into, where);
  }

  private static void copy(
      @Nullable String[] from, int[] taken, @Nullable String[] row, int[] into) {
    for (int c = 0; c < taken.length; c++) {
      row[into[c]] = from[taken[c]];
    }
  }

  private static RestTable widened(RestTable table, List<String> more, String where) {
    List<String> names = new ArrayList<>(table.names());
    more.stream().filter(name -> !names.contains(name)).forEach(names::add);
    RestTable wide = new RestTable(names, where);
    for (@Nullable String[] row : table.rows()) {
      @Nullable String[] cells = new @Nullable String[names.size()];
      System.arraycopy(row, 0, cells, 0, row.length);
      wide.add(cells);
    }
    return wide;
  }

  /** Adds the rows of the second table that have no partner, and fills what a row lacks from those before it. */
  private static RestTable carried(
      RestTable wide,
      Map<List<String>, @Nullable String[]> partners,
      int[] keys,
      int[] taken,
      int[] into,
      String where) {
    Map<List<String>, @Nullable String[]> left = new LinkedHashMap<>(partners);
    for (@Nullable String[] row : wide.rows()) {
      List<String> key = RestTable.key(row, keys);
      if (key != null) {
        left.remove(key);
      }
    }
    left.forEach((key, partner) -> {
      @Nullable String[] cells = new @Nullable String[wide.width()];
      for (int k = 0; k < keys.length; k++) {
        cells[keys[k]] = key.get(k);
      }
      copy(partner, taken, cells, into);
      wide.add(cells);
    });
    int day = keys[keys.length - 1];
    wide.rows().sort(Comparator.comparing(row -> day(row[day], where)));
    Map<List<String>, @Nullable String[]> before = new HashMap<>();
    int[] others = Arrays.copyOf(keys, keys.length - 1);
    for (@Nullable String[] row : wide.rows()) {
      List<String> key = RestTable.key(row, others);
      if (key == null || row[day] == null) {
        // Nobody knows when such a row was public, so that it may not speak for others.
        continue;
      }
      @Nullable String[] last = before.put(key, row);
      for (int c = 0; last != null && c < row.length; c++) {
        row[c] = row[c] == null ? last[c] : row[c];
      }
    }
    return wide;
  }

  private static LocalDate day(@Nullable String text, String where) {
    try {
      return text == null ? LocalDate.MIN : CellReader.day(text);
    } catch (DateTimeException e) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT,
          where + ": the last key of a join that carries is a day like 20240102 or 2024-01-02, was "
              + QilinException.quote(text),
          e);
    }
  }
}
