package io.qilin.core.rules;

import com.google.common.collect.ImmutableRangeMap;
import com.google.common.collect.Range;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One table of the rule book, read from a resource beside this class; README.md there states the
 * form. A fault in a table is an INVALID_CONFIGURATION error that names the table and the line.
 */
final class RuleTable {
  private final String name;
  private final List<Row> rows;

  private RuleTable(String name, List<Row> rows) {
    this.name = name;
    this.rows = rows;
  }

  /** One line; a column that the line lacks is a fault. */
  record Row(String table, int line, Map<String, String> cells) {
    String text(String column) {
      String cell = cells.get(column);
      if (cell == null) {
        throw fault(table, line, "no column " + column);
      }
      return cell;
    }

    int number(String column) {
      return read(column, Integer::valueOf);
    }

    BigDecimal percent(String column) {
      return read(column, BigDecimal::new).movePointLeft(2);
    }

    LocalDate date(String column) {
      return read(column, LocalDate::parse);
    }

    LocalTime time(String column) {
      return read(column, LocalTime::parse);
    }

    <E extends Enum<E>> E word(Class<E> type, String column) {
      return read(column, text -> Enum.valueOf(type, text));
    }

    boolean yes(String column) {
      return read(column, text -> {
        if (!text.equals("yes") && !text.equals("no")) {
          throw QilinException.invalid("neither yes nor no");
        }
        return text.equals("yes");
      });
    }

    Board board() {
      return word(Board.class, "board");
    }

    Optional<LocalDate> to() {
      boolean open = !cells.containsKey("to") || text("to").isEmpty();
      return open ? Optional.empty() : Optional.of(date("to"));
    }

    Range<LocalDate> period() {
      LocalDate from = date("from");
      return to().map(to -> Range.closed(from, to)).orElseGet(() -> Range.atLeast(from));
    }

    private <T> T read(String column, Function<String, T> parse) {
      try {
        return parse.apply(text(column));
      } catch (IllegalArgumentException | DateTimeException | QilinException e) {
        throw fault(table, line, column + " cannot be read: " + QilinException.quote(text(column)));
      }
    }

    RuleEntry entry(String fromColumn) {
      String rule = cells.entrySet().stream()
          .filter(cell -> !List.of("from", "to", "source", "confirmed").contains(cell.getKey()))
          .map(cell -> cell.getKey() + "=" + cell.getValue())
          .collect(Collectors.joining(" "));
      return new RuleEntry(
          table,
          date(fromColumn),
          to(),
          rule,
          text("source"),
          read("confirmed", Confirmation::parse));
    }
  }

  static RuleTable read(String name) {
    try (InputStream in = RuleTable.class.getResourceAsStream(name + ".csv")) {
      if (in == null) {
        throw fault(name, 0, "the table is not in the jar");
      }
      return parse(name, new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new QilinException(ErrorCode.IO, "the rule table " + name + " cannot be read", e);
    }
  }

  static RuleTable parse(String name, BufferedReader in) throws IOException {
    List<Row> rows = new ArrayList<>();
    String @Nullable [] columns = null;
    int number = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] cells = line.split(",", -1);
      if (columns == null) {
        columns = cells;
        continue;
      }
      if (cells.length != columns.length) {
        throw fault(name, number, cells.length + " cells for " + columns.length + " columns");
      }
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < cells.length; i++) {
        row.put(columns[i], cells[i]);
      }
      rows.add(new Row(name, number, row));
    }
    return new RuleTable(name, List.copyOf(rows));
  }

  List<Row> rows() {
    return rows;
  }

  /**
   * The table with its rows for several boards (column {@code boards}) split into one row a board.
   */
  RuleTable perBoard() {
    List<Row> split = new ArrayList<>();
    for (Row row : rows) {
      for (String board : row.text("boards").split(" ", -1)) {
        Map<String, String> cells = new LinkedHashMap<>(row.cells());
        cells.put("board", board);
        split.add(new Row(row.table(), row.line(), cells));
      }
    }
    return new RuleTable(name, split);
  }

  /**
   * The table by key and date. A fault: two rows of one key that share a day, and a row that ends
   * before it begins.
   *
   * @param key the key of a row
   * @param value what a row says
   */
  <K, V> Map<K, ImmutableRangeMap<LocalDate, V>> dated(
      Function<Row, K> key, Function<Row, V> value) {
    Map<K, ImmutableRangeMap.Builder<LocalDate, V>> builders = new LinkedHashMap<>();
    Map<K, ImmutableRangeMap<LocalDate, V>> out = new LinkedHashMap<>();
    try {
      for (Row row : rows) {
        builders
            .computeIfAbsent(key.apply(row), k -> ImmutableRangeMap.builder())
            .put(row.period(), value.apply(row));
      }
      builders.forEach((k, builder) -> out.put(k, builder.build()));
    } catch (IllegalArgumentException e) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION, "rule table " + name + ": " + e.getMessage(), e);
    }
    return Map.copyOf(out);
  }

  private static QilinException fault(String table, int line, String what) {
    return new QilinException(
        ErrorCode.INVALID_CONFIGURATION, "rule table " + table + ", line " + line + ": " + what);
  }

  @Override
  public String toString() {
    return name + " (" + rows.size() + " rows)";
  }
}
