package io.qilin.data.quality.table;

import io.qilin.api.error.QilinException;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TextColumn;
import java.util.List;
import java.util.function.Predicate;

/** Counts texts that are not as they should be; each different text of a batch is judged once. */
final class WordTally extends RowTally {
  private final String name;
  private final int column;
  private final Predicate<String> good;
  private final String should;
  private List<String> words = List.of();
  private boolean[] bads = new boolean[0];

  private WordTally(
      TableRule rule, String name, TableSchema schema, Predicate<String> good, String should) {
    super(rule);
    this.name = name;
    this.column = Columns.text(schema, name);
    this.good = good;
    this.should = should;
  }

  static WordTally of(TableRule rule, TableCheck.OneOf check, TableSchema schema) {
    return new WordTally(
        rule, check.column(), schema, check.texts()::contains, " is none of the allowed texts");
  }

  static WordTally of(TableRule rule, TableCheck.Matches check, TableSchema schema) {
    return new WordTally(
        rule,
        check.column(),
        schema,
        check.pattern()::matches,
        " does not match " + QilinException.quote(check.pattern().toString()));
  }

  @Override
  long count(Block block) {
    TextColumn texts = (TextColumn) block.column(column);
    learn(texts);
    int found = 0;
    int known = 0;
    for (int row = 0; row < block.size(); row++) {
      int code = texts.code(block.at(row));
      if (code != TextColumn.UNKNOWN) {
        known++;
        found += bads[code] ? 1 : 0;
      }
    }
    judged += known;
    return found;
  }

  private void learn(TextColumn texts) {
    if (texts.words() != words) {
      words = texts.words();
      bads = new boolean[words.size()];
      for (int i = 0; i < bads.length; i++) {
        bads[i] = !good.test(words.get(i));
      }
    }
  }

  @Override
  boolean isBad(Block block, int row) {
    int code = ((TextColumn) block.column(column)).code(block.at(row));
    return code != TextColumn.UNKNOWN && bads[code];
  }

  @Override
  void name(Block block, int row) {
    TextColumn texts = (TextColumn) block.column(column);
    String text = words.get(texts.code(block.at(row)));
    findings.add(block, row, name, Double.NaN, name + " " + QilinException.quote(text) + should);
  }
}
