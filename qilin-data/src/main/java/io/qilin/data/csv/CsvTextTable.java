package io.qilin.data.csv;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import io.qilin.api.error.QilinException;
import io.qilin.data.internal.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
    List<List<String>> records = new ArrayList<>();
    List<String> names = scan(file, limits, header -> (cells, line) -> records.add(cells));
    return new CsvTextTable(names, records);
  }

  /** Takes the rows of a table one by one. */
  public interface RowTaker {
    /**
     * Takes a row.
     *
     * @param cells as many as in the header
     * @param line where it begins, counted from 1
     */
    void row(List<String> cells, long line);
  }

  /**
   * Hands on the rows of a file in UTF-8, plain or gzip, without keeping them.
   *
   * @param start given the header, makes what takes the rows; what both throw comes through
   * @return the header
   * @throws QilinException DATA_NOT_FOUND; DATA_FORMAT with line and column; LIMIT_EXCEEDED; IO
   */
  public static List<String> scan(
      Path file, CsvLimits limits, Function<List<String>, RowTaker> start) {
    Rows rows = new Rows(Place.of(file), limits, start);
    CsvText.parse(file, StandardCharsets.UTF_8, limits, rows, rows::place);
    if (rows.header.isEmpty()) {
      throw Place.of(file).malformed("the file is empty; a header is expected");
    }
    return rows.header;
  }

  /** Collects the records. */
  private static final class Rows extends CsvCallbackHandler<Boolean> {
    private final Place file;
    private final CsvLimits limits;
    private final Function<List<String>, RowTaker> start;
    private List<String> header = List.of();
    private @Nullable RowTaker taker;
    private int taken;
    private List<String> cells = new ArrayList<>();
    private RecordType type = RecordType.DATA;
    private long line;

    Rows(Place file, CsvLimits limits, Function<List<String>, RowTaker> start) {
      this.file = file;
      this.limits = limits;
      this.start = start;
    }

    Place place() {
      Place at = file.line(line);
      return cells.size() < header.size() ? at.column(header.get(cells.size())) : at;
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
      RowTaker known = taker;
      if (known == null) {
        header = List.copyOf(cells);
        taker = start.apply(header);
        return Boolean.TRUE;
      }
      if (cells.size() != header.size()) {
        throw file.line(line)
            .malformed(
                "the row has " + cells.size() + " cells, but the header has " + header.size());
      }
      if (taken++ == limits.rows()) {
        throw file.line(line).tooLarge("there are more than " + limits.rows() + " rows");
      }
      known.row(List.copyOf(cells), line);
      return Boolean.TRUE;
    }
  }
}
