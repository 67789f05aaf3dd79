package io.qilin.data.csv;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import io.qilin.api.error.QilinException;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.data.internal.CellException;
import io.qilin.data.internal.DateCell;
import io.qilin.data.internal.Place;
import io.qilin.data.internal.bars.BarSettings;
import io.qilin.data.internal.bars.BarTable;
import io.qilin.data.internal.bars.ColumnNames;
import io.qilin.data.internal.bars.ColumnPlan;
import io.qilin.data.internal.bars.DoubleCells;
import io.qilin.data.internal.bars.FileName;
import io.qilin.data.internal.bars.FindingLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes the cells of one file straight from the parser's buffer into a {@link BarTable}. The first
 * record is the header.
 */
final class BarRows extends CsvCallbackHandler<Boolean> {
  private final BarSettings settings;
  private final CsvLimits limits;
  private final BarTable table;
  private final TextColumns textColumns;
  private final Place file;
  private final FileName name;

  private final List<String> header = new ArrayList<>();
  private @Nullable ColumnPlan plan;
  private ColumnPlan.Role[] roles = {};
  private @Nullable DoubleCells[] columns = {};

  private long line;
  private int cells;
  private RecordType type = RecordType.DATA;
  private int symbol;
  private int day;

  BarRows(
      BarSettings settings,
      CsvLimits limits,
      BarTable table,
      TextColumns textColumns,
      Place file,
      FileName name) {
    this.settings = settings;
    this.limits = limits;
    this.table = table;
    this.textColumns = textColumns;
    this.file = file;
    this.name = name;
  }

  /** Whether a header was read. */
  boolean hasHeader() {
    return plan != null;
  }

  /** Where the parser is: the line of the record and the column of the next cell. */
  Place place() {
    Place at = file.line(line);
    return plan != null && cells < header.size() ? at.column(header.get(cells)) : at;
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
    line = startingLine;
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
    int from = offset;
    int to = offset + length;
    while (from < to && buffer[from] == ' ') {
      from++;
    }
    while (to > from && buffer[to - 1] == ' ') {
      to--;
    }
    if (plan == null) {
      headerCell(new String(buffer, from, to - from));
    } else if (cells < roles.length) {
      try {
        cell(buffer, from, to);
      } catch (CellException e) {
        throw place()
            .malformed(
                QilinException.quote(new String(buffer, from, to - from)) + " is " + e.reason());
      }
    }
    cells++;
  }

  private void headerCell(String name) {
    if (header.size() == limits.columns()) {
      throw file.line(line).tooLarge("the header has more than " + limits.columns() + " columns");
    }
    header.add(name);
  }

  private void cell(char[] buffer, int from, int to) throws CellException {
    switch (roles[cells]) {
      case INSTRUMENT -> symbol = instrument(buffer, from, to);
      case DATE -> day = DateCell.parse(buffer, from, to);
      case NUMBER -> number(buffer, from, to);
      case UNDECIDED -> decide(buffer, from, to);
      case IGNORED -> {}
    }
  }

  private int instrument(char[] buffer, int from, int to) throws CellException {
    int number = table.symbolIndex().number(buffer, from, to);
    if (name.certain() && !name.symbol().equals(Optional.of(table.symbols().get(number)))) {
      throw new CellException("not the instrument that the file's name tells");
    }
    return number;
  }

  private void number(char[] buffer, int from, int to) throws CellException {
    double value = NumberCell.parse(buffer, from, to, settings.profile().infinities());
    DoubleCells column = columns[cells];
    if (column != null && !Double.isNaN(value)) {
      column.set(table.rows(), value);
    }
  }

  /** The first value of a column that no name explains tells whether it holds numbers or text. */
  private void decide(char[] buffer, int from, int to) throws CellException {
    try {
      if (Double.isNaN(NumberCell.parse(buffer, from, to, true))) {
        return;
      }
    } catch (CellException e) {
      if (!Character.isLetter(buffer[from])) {
        throw e;
      }
      roles[cells] = ColumnPlan.Role.IGNORED;
      String value = QilinException.quote(new String(buffer, from, to - from));
      textColumns.add(ColumnNames.key(header.get(cells)), place() + " holds text, " + value);
      return;
    }
    columns[cells] = table.addColumn(Objects.requireNonNull(plan).fields().get(cells));
    roles[cells] = ColumnPlan.Role.NUMBER;
    number(buffer, from, to);
  }

  @Override
  protected @Nullable Boolean buildRecord() {
    if (type != RecordType.DATA) {
      return Boolean.TRUE;
    }
    if (plan == null) {
      plan = begin();
      return Boolean.TRUE;
    }
    if (cells != roles.length) {
      throw file.line(line)
          .malformed("the row has " + cells + " cells, but the header has " + roles.length);
    }
    if (table.rows() == limits.rows()) {
      throw file.line(line).tooLarge("there are more than " + table.rows() + " rows");
    }
    table.endRow(symbol, day, line);
    return Boolean.TRUE;
  }

  private ColumnPlan begin() {
    Place at = file.line(line);
    ColumnPlan made = ColumnPlan.of(header, settings, at, name.symbol().isEmpty());
    roles = made.roles().toArray(ColumnPlan.Role[]::new);
    columns = new DoubleCells[roles.length];
    for (int i = 0; i < roles.length; i++) {
      String key = ColumnNames.key(header.get(i));
      if (roles[i] == ColumnPlan.Role.UNDECIDED && textColumns.holds(key)) {
        roles[i] = ColumnPlan.Role.IGNORED;
      }
      if (roles[i] == ColumnPlan.Role.NUMBER) {
        columns[i] = table.addColumn(made.fields().get(i));
      } else if (made.roles().get(i) == ColumnPlan.Role.IGNORED
          && !settings.ignored().contains(key)) {
        textColumns.add(key, at.column(header.get(i)) + " has no name that a field can have");
      }
    }
    if (made.instrument() < 0) {
      symbol = table.symbolIndex().number(name.symbol().orElseThrow());
    }
    return made;
  }

  /** Ends the file: a column without any value is a field of which nothing is known. */
  void end() {
    for (int i = 0; plan != null && i < roles.length; i++) {
      if (roles[i] == ColumnPlan.Role.UNDECIDED) {
        table.addColumn(plan.fields().get(i));
      }
    }
  }

  /** The columns left out because they hold text, remembered over all files of a read. */
  static final class TextColumns {
    private final TreeMap<String, String> reasons = new TreeMap<>();

    private void add(String key, String reason) {
      reasons.putIfAbsent(key, reason);
    }

    private boolean holds(String key) {
      return reasons.containsKey(key);
    }

    /** Tells each column once. */
    void report(FindingLog log) {
      reasons.forEach((key, reason) -> log.note(
          "column-left-out",
          QualityDimension.VALIDITY,
          QualitySeverity.INFO,
          reason + "; the column was left out"));
    }
  }
}
