package io.qilin.data.quality.table;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Counts the rows that break a rule which looks at one row at a time; looks for places only in blocks that have any. */
abstract class RowTally extends Tally {
  final FindingLog findings;
  long judged;
  long bad;

  RowTally(TableRule rule) {
    super(rule);
    this.findings = new FindingLog(rule);
  }

  @Override
  final void add(Block block) {
    long found = count(block);
    bad += found;
    if (found > 0 && findings.keeps(block.part(), block.row(0))) {
      for (int row = 0; row < block.size(); row++) {
        if (isBad(block, row)) {
          name(block, row);
        }
      }
    }
  }

  /** Adds to {@link #judged} and returns the number of bad rows. */
  abstract long count(Block block);

  abstract boolean isBad(Block block, int row);

  /** Adds a finding. */
  abstract void name(Block block, int row);

  @Override
  void merge(Tally other) {
    RowTally rows = (RowTally) other;
    judged += rows.judged;
    bad += rows.bad;
    findings.merge(rows.findings);
  }

  @Override
  void write(DataOutput out) throws IOException {
    out.writeLong(judged);
    out.writeLong(bad);
    findings.write(out);
  }

  @Override
  void read(DataInput in) throws IOException {
    judged = Stored.notNegative(in);
    bad = Stored.notNegative(in);
    if (bad > judged) {
      throw Stored.broken(bad + " bad rows of " + judged);
    }
    findings.read(in);
  }

  @Override
  Verdict verdict(JudgeOptions options) {
    return new Verdict(RuleOutcome.counted(rule, judged, bad, ""), findings.list());
  }
}
