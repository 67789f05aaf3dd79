package io.qilin.data.quality.table;

import io.qilin.data.table.Column;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TextColumn;
import java.util.List;

/** A condition bound to the columns of a table. Used by one thread. */
final class ConditionTest {
  private final int column;
  private final RowCondition condition;
  private List<String> words = List.of();
  private boolean[] chosen = new boolean[0];

  ConditionTest(RowCondition condition, TableSchema schema) {
    this.condition = condition;
    if (condition instanceof RowCondition.Numbers) {
      this.column = Columns.number(schema, condition.column());
    } else if (condition instanceof RowCondition.Texts) {
      this.column = Columns.text(schema, condition.column());
    } else {
      this.column = schema.indexOf(condition.column());
    }
  }

  boolean holds(Block block, int row) {
    if (condition instanceof RowCondition.Numbers number) {
      return number.comparison().holds(block.numbers(column)[row], number.number(), 0);
    }
    if (condition instanceof RowCondition.Texts texts) {
      return holds(block.column(column), block.at(row), texts);
    }
    return block.isKnown(column, row) == ((RowCondition.Known) condition).known();
  }

  private boolean holds(Column cells, int at, RowCondition.Texts texts) {
    TextColumn column = (TextColumn) cells;
    if (column.words() != words) {
      words = column.words();
      chosen = new boolean[words.size()];
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = texts.texts().contains(words.get(i)) == texts.in();
      }
    }
    int code = column.code(at);
    return code != TextColumn.UNKNOWN && chosen[code];
  }
}
