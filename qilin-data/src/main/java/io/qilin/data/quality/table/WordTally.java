package io.qilin.data.quality.table;

import io.qilin.api.error.QilinException;
import io.qilin.data.table.TableSchema;
import io.qilin.data.table.TextColumn;
import java.util.List;
import java.util.function.Predicate;

/** Counts texts that are not as they should be; each different text of a batch is judged once. */
final class WordTally extends RowTally {
  /** After so many texts it is asked whether to go on. */
  private static final int STEP = 1 << 8;

  private final String name;
  private final int column;
  private final Predicate<String> good;
  private final String should;
  private final JudgeOptions options;
  private List<String> words = List.of();
  private boolean[] bads = new boolean[0];

  private WordTally(
      TableRule rule,
      String name,
      TableSchema schema,
      Predicate<String> good,
      String should,
      JudgeOptions options) {
    super(rule);
    this.name = name;
    this.column = Columns.text(schema, name);
    this.good = good;
    this.should = should;
    this.options = options;
  }

  static WordTally of(
      TableRule rule, TableCheck.OneOf check, TableSchema schema, JudgeOptions options) {
    return new WordTally(
        rule,
        check.column(),
        schema,
        check.texts()::contains,
        " is none of the allowed texts",
        options);
  }

  static WordTally of(
      TableRule rule, TableCheck.Matches check, TableSchema schema, JudgeOptions options) {
    return new WordTally(
        rule,
        check.column(),
        schema,
        check.pattern()::matches,
        " does not match " + QilinException.quote(check.pattern().toString()),
        options);
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
      List<String> next = texts.words();
      bads = new boolean[next.size()];
      for (int i = 0; i < bads.length; i++) {
        if (i % STEP == 0) {
          options.requireGoingOn();
        }
        bads[i] = !good.test(next.get(i));
      }
      words = next;
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
