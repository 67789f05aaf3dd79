package io.qilin.data.quality.table;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/** What one rule has seen of a table. Merging and storing are independent of the order of rows. Used by one thread. */
abstract class Tally {
  final TableRule rule;

  Tally(TableRule rule) {
    this.rule = rule;
  }

  abstract void add(Block block);

  /** Takes over what another tally of the same rule has seen; the other is not to be used any more. */
  abstract void merge(Tally other);

  abstract void write(DataOutput out) throws IOException;

  /** Reads what {@link #write} wrote into a tally that has seen nothing. */
  abstract void read(DataInput in) throws IOException;

  abstract Verdict verdict(JudgeOptions options);

  /** Does what a verdict needs and a crew can share; what it finds is forgotten when more rows come. */
  void prepare(Crew crew) {}

  /** Gives back files. */
  void close() {}

  /** What came of the rule, and places. */
  record Verdict(RuleOutcome outcome, List<TableFinding> findings) {}

  TableFinding note(String key, String column, double value, String message) {
    return new TableFinding(
        rule.name(),
        rule.dimension(),
        rule.severity(),
        "",
        TableFinding.NO_ROW,
        key,
        column,
        value,
        message);
  }
}
