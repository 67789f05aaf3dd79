package io.qilin.data.csv;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import io.qilin.api.error.QilinException;
import io.qilin.data.internal.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small table of texts, such as a list of orders or holdings. What {@link CsvTableWriter#text}
 * wrote comes back as it was given.
 *
 * @param header the names of the columns
 * @param rows the cells, as many in each row as in the header
 */
public record CsvTextTable(List<String> header, List<List<String>> rows) {
  /** Copies the lists. */
  public CsvTextTable {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /**
   * Reads a file in UTF-8, plain or gzip, within {@link CsvLimits#DEFAULT} and 1,000,000 rows.
   *
   * @throws QilinException DATA_NOT_FOUND; DATA_FORMAT with line and column; LIMIT_EXCEEDED; IO
   */
  public static CsvTextTable read(Path file) {
    return read(file, CsvLimits.DEFAULT.withRows(1_000_000).withFileBytes(1 << 28));
  }

  /**
   * Reads a file in UTF-8, plain or gzip.
   *
   * @throws QilinException DATA_NOT_FOUND; DATA_FORMAT with line and column; LIMIT_EXCEEDED; IO
   */
  public static CsvTextTable read(Path file, CsvLimits limits) {
    Rows rows = new Rows(Place.of(file), limits);
    CsvText.parse(file, StandardCharsets.UTF_8, limits, rows, rows::place);
    if (rows.records.isEmpty()) {
      throw Place.of(file).malformed("the file is empty; a header is expected");
    }
    return new CsvTextTable(rows.records.get(0), rows.records.subList(1, rows.records.size()));
  }

  /** Collects the records. */
  private static final class Rows extends CsvCallbackHandler<Boolean> {
    private final Place file;
    private final CsvLimits limits;
    private final List<List<String>> records = new ArrayList<>();
    private List<String> cells = new ArrayList<>();
    private RecordType type = RecordType.DATA;
    private long line;

    Rows(Place file, CsvLimits limits) {
      this.file = file;
      this.limits = limits;
    }

    Place place() {
      boolean named = !records.isEmpty() && cells.size() < records.get(0).size();
      Place at = file.line(line);
      return named ? at.column(records.get(0).get(cells.size())) : at;
    }

    @Override
    protected RecordType getRecordType() {
      return type;
    }

    @Override
    protected int getFieldCount() {
      return cells.size();
    }

    @Override
    protected void beginRecord(long startingLine) {
      line = startingLine;
      type = RecordType.DATA;
      cells = new ArrayList<>();
    }

    @Override
    protected void addField(char[] buffer, int offset, int length, boolean quoted) {
      if (length > limits.fieldChars()) {
        throw place().tooLarge("the cell is longer than " + limits.fieldChars() + " characters");
      }
      if (cells.size() == limits.columns()) {
        throw place().tooLarge("there are more than " + limits.columns() + " columns");
      }
      cells.add(TextCell.decode(new String(buffer, offset, length)));
    }

    @Override
    protected void setComment(char[] buffer, int offset, int length) {
      type = RecordType.COMMENT;
    }

    @Override
    protected void setEmpty() {
      type = RecordType.EMPTY;
    }

    @Override
    protected @Nullable Boolean buildRecord() {
      if (type != RecordType.DATA) {
        return Boolean.TRUE;
      }
      if (!records.isEmpty() && cells.size() != records.get(0).size()) {
        throw file.line(line)
            .malformed("the row has "
                + cells.size()
                + " cells, but the header has "
                + records.get(0).size());
      }
      if (records.size() > limits.rows()) {
        throw file.line(line).tooLarge("there are more than " + limits.rows() + " rows");
      }
      records.add(cells);
      return Boolean.TRUE;
    }
  }
}
