package io.qilin.data.quality.table;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;

/** The first places, in the order of parts and rows, at which one rule is broken; so the same ones however rows are cut. */
final class FindingLog {
  /** How many places of one rule are kept. */
  static final int MOST = 100;

  private final TableRule rule;
  private final TreeSet<TableFinding> kept = new TreeSet<>(TableFinding.BY_PLACE);

  FindingLog(TableRule rule) {
    this.rule = rule;
  }

  /** Whether a place would be kept. */
  boolean keeps(String part, long row) {
    if (kept.size() < MOST) {
      return true;
    }
    int order = part.compareTo(kept.last().part());
    return order < 0 || (order == 0 && row <= kept.last().row());
  }

  void add(String part, long row, String key, String column, double value, String message) {
    kept.add(new TableFinding(
        rule.name(), rule.dimension(), rule.severity(), part, row, key, column, value, message));
    if (kept.size() > MOST) {
      kept.pollLast();
    }
  }

  /** Names a row of a block. */
  void add(Block block, int row, String column, double value, String message) {
    if (keeps(block.part(), block.row(row))) {
      add(block.part(), block.row(row), block.key(row), column, value, message);
    }
  }

  void merge(FindingLog other) {
    kept.addAll(other.kept);
    while (kept.size() > MOST) {
      kept.pollLast();
    }
  }

  List<TableFinding> list() {
    return List.copyOf(kept);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(kept.size());
    for (TableFinding finding : kept) {
      Stored.text(out, finding.part());
      out.writeLong(finding.row());
      Stored.text(out, finding.key());
      Stored.text(out, finding.column());
      out.writeDouble(finding.value());
      Stored.text(out, finding.message());
    }
  }

  void read(DataInput in) throws IOException {
    int count = Stored.count(in, MOST);
    for (int i = 0; i < count; i++) {
      add(
          Stored.text(in),
          in.readLong(),
          Stored.text(in),
          Stored.text(in),
          in.readDouble(),
          Stored.text(in));
    }
  }
}
