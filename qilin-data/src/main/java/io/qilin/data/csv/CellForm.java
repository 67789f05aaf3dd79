package io.qilin.data.csv;

import io.qilin.data.internal.CellException;
import io.qilin.data.internal.DateCell;
import io.qilin.data.internal.bars.ColumnNames;
import io.qilin.data.table.ColumnType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a column of unknown type can still be, after the cells seen. */
final class CellForm {
  private static final long EXACT = 1L << 53;

  /** In the order in which they are preferred. */
  private static final List<ColumnType> ORDER = List.of(
      ColumnType.BOOLEAN,
      ColumnType.DATE,
      ColumnType.TIMESTAMP,
      ColumnType.TIME,
      ColumnType.INT64,
      ColumnType.FLOAT64);

  private final Set<ColumnType> possible = EnumSet.copyOf(ORDER);
  private final boolean named;
  private boolean any;
  private boolean beyond;
  private boolean words;

  /**
   * A column of which no cell was seen.
   *
   * @param header its name
   */
  CellForm(String header) {
    String key = ColumnNames.key(header);
    named = ColumnNames.DATE.contains(key);
    if (ColumnNames.INSTRUMENT.contains(key)) {
      possible.clear();
      any = true;
    }
  }

  /** Takes a cell into account. */
  void see(char[] text, int from, int to) {
    if (possible.isEmpty() || from == to) {
      return;
    }
    if (isMissingNumber(text, from, to)) {
      words = true;
      return;
    }
    possible.removeIf(type -> !fits(type, text, from, to));
    any = true;
  }

  private static boolean isMissingNumber(char[] text, int from, int to) {
    try {
      return Double.isNaN(NumberCell.parse(text, from, to, true));
    } catch (CellException e) {
      return false;
    }
  }

  private boolean fits(ColumnType type, char[] text, int from, int to) {
    try {
      switch (type) {
        case BOOLEAN -> {
          // 1 and 0 are numbers as long as nothing says otherwise.
          if (to - from < 4) {
            return false;
          }
          TypedCell.flag(text, from, to);
        }
        case DATE -> {
          boolean separated = to - from == 10;
          if (!separated && (!named || to - from != 8)) {
            return false;
          }
          DateCell.parse(text, from, to);
        }
        case TIMESTAMP -> MomentCell.moment(new String(text, from, to - from));
        case TIME -> MomentCell.time(new String(text, from, to - from));
        case INT64 -> {
          long value = TypedCell.whole(text, from, to);
          beyond |= value > EXACT || value < -EXACT;
        }
        case FLOAT64 -> TypedCell.number(text, from, to);
        default -> {
          return false;
        }
      }
      return true;
    } catch (CellException e) {
      return false;
    }
  }

  /** What it is taken for. */
  ColumnType decide() {
    if (!any) {
      return ColumnType.FLOAT64;
    }
    for (ColumnType type : ORDER) {
      if (possible.contains(type) && (type != ColumnType.INT64 || beyond)) {
        boolean number = type == ColumnType.INT64 || type == ColumnType.FLOAT64;
        return words && !number ? ColumnType.TEXT : type;
      }
    }
    return ColumnType.TEXT;
  }
}
