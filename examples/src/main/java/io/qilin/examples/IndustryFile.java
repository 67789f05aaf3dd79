package io.qilin.examples;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import io.qilin.core.factor.Grouping;
import io.qilin.data.csv.CsvTextTable;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which industry a share belongs to, from a CSV file with the columns {@code instrument} and {@code industry}, and {@code
 * from} where shares change: the first day on which the row holds, until the next row of the share. Without {@code from} a
 * row holds always. An empty industry means that it is not known.
 */
final class IndustryFile {
  private final Path file;
  private final Map<Symbol, NavigableMap<LocalDate, String>> industries = new HashMap<>();

  private IndustryFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws QilinException DATA_NOT_FOUND, LIMIT_EXCEEDED, IO; DATA_FORMAT with the row
   */
  static Grouping read(Path file) {
    IndustryFile reading = new IndustryFile(file);
    reading.read(CsvTextTable.read(file));
    return reading::group;
  }

  private void read(CsvTextTable table) {
    int instrument = column(table, "instrument");
    int industry = column(table, "industry");
    int from = table.header().indexOf("from");
    for (int i = 0; i < table.rows().size(); i++) {
      List<String> row = table.rows().get(i);
      LocalDate first = from < 0 ? LocalDate.MIN : day(row.get(from), i);
      String earlier = industries
          .computeIfAbsent(symbol(row.get(instrument), i), s -> new TreeMap<>())
          .putIfAbsent(first, row.get(industry));
      if (earlier != null) {
        throw wrong(
            i,
            QilinException.quote(row.get(instrument)) + " stands in an earlier row"
                + (from < 0 ? "; give a column from, if it changed" : " with the same day"));
      }
    }
  }

  private int column(CsvTextTable table, String name) {
    int at = table.header().indexOf(name);
    if (at < 0) {
      throw new QilinException(
          ErrorCode.DATA_FORMAT,
          name() + ": the header lacks the column '" + name
              + "'; it needs instrument and industry, and may have from");
    }
    return at;
  }

  private Symbol symbol(String text, int row) {
    try {
      return Symbol.parseAny(text);
    } catch (QilinException e) {
      throw wrong(
          row, QilinException.quote(text) + " is no instrument; write 600000.SH or SH600000");
    }
  }

  private LocalDate day(String text, int row) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw wrong(row, QilinException.quote(text) + " is no day like 2024-01-02");
    }
  }

  private QilinException wrong(int row, String what) {
    return new QilinException(
        ErrorCode.DATA_FORMAT, name() + ", row " + (row + 1) + " below the header: " + what);
  }

  private String name() {
    return QilinException.quote(String.valueOf(file.getFileName()));
  }

  private Optional<String> group(Symbol symbol, LocalDate day) {
    return Optional.ofNullable(industries.get(symbol))
        .map(known -> known.floorEntry(day))
        .map(Map.Entry::getValue)
        .filter(name -> !name.isEmpty());
  }
}
