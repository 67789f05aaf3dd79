package io.qilin.data.csv;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import io.qilin.api.error.QilinException;
import io.qilin.data.internal.CellException;
import io.qilin.data.internal.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the cells of one file from the parser's buffer and hands them to a {@link Sink}. The first record is the header. */
final class TableRows extends CsvCallbackHandler<Boolean> {
  private final Place file;
  private final CsvLimits limits;
  private final Sink sink;
  private final List<String> header = new ArrayList<>();
  private boolean hasHeader;
  private RecordType type = RecordType.DATA;
  private long line;
  private int cells;
  private int rows;
  private int passed;

  /** What becomes of the cells. */
  interface Sink {
    /**
     * A cell; spaces around are not cut off.
     *
     * @param column its place in the header
     * @param quoted whether it stood in quotation marks
     * @throws CellException if it is not what it should be
     */
    void cell(int column, char[] text, int from, int to, boolean quoted) throws CellException;
  }

  TableRows(Place file, CsvLimits limits, Sink sink) {
    this.file = file;
    this.limits = limits;
    this.sink = sink;
  }

  /** The names, empty if the file is. */
  List<String> header() {
    return header;
  }

  /** How many rows there were. */
  int rows() {
    return rows;
  }

  /** Whether the header was read. */
  boolean hasHeader() {
    return hasHeader;
  }

  /** Counts a row of one line that the parser did not see. */
  void pass() {
    passed++;
    rows++;
  }

  /** Where the parser is: the line of the record and the column of the next cell. */
  Place place() {
    Place at = file.line(line);
    return hasHeader && cells < header.size() ? at.column(header.get(cells)) : at;
  }

  @Override
  protected RecordType getRecordType() {
    return type;
  }

  @Override
  protected int getFieldCount() {
    return cells;
  }

  @Override
  protected void beginRecord(long startingLine) {
    line = startingLine + passed;
    cells = 0;
    type = RecordType.DATA;
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
  protected void addField(char[] buffer, int offset, int length, boolean quoted) {
    if (length > limits.fieldChars()) {
      throw place().tooLarge("the cell is longer than " + limits.fieldChars() + " characters");
    }
    if (!hasHeader) {
      if (header.size() == limits.columns()) {
        throw file.line(line).tooLarge("the header has more than " + limits.columns() + " columns");
      }
      String name = new String(buffer, offset, length);
      header.add(TextCell.decode(quoted ? name : name.strip()));
    } else if (cells < header.size()) {
      try {
        sink.cell(cells, buffer, offset, offset + length, quoted);
      } catch (CellException e) {
        throw place()
            .malformed(
                QilinException.quote(new String(buffer, offset, length)) + " is " + e.reason());
      }
    }
    cells++;
  }

  @Override
  protected @Nullable Boolean buildRecord() {
    if (type != RecordType.DATA) {
      return Boolean.TRUE;
    }
    if (!hasHeader) {
      hasHeader = true;
      return Boolean.TRUE;
    }
    if (cells != header.size()) {
      throw file.line(line)
          .malformed("the row has " + cells + " cells, but the header has " + header.size());
    }
    rows++;
    return Boolean.TRUE;
  }
}
