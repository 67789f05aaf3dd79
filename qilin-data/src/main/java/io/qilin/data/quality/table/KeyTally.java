package io.qilin.data.quality.table;

import io.qilin.data.table.TableSchema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Counts different keys: exactly, or by a sketch where the host asks for it. */
final class KeyTally extends Tally {
  private final KeyReader reader;
  private final KeyLog log;
  private final HyperLogLog sketch = new HyperLogLog();
  private final boolean sketched;
  private final FindingLog stored;
  private long keys;
  private Optional<KeyCount> counted = Optional.empty();

  KeyTally(
      TableRule rule, List<String> columns, TableSchema schema, TextIds ids, JudgeOptions options) {
    super(rule);
    this.sketched = options.sketchKeys();
    KeyShape shape = new KeyShape(
        schema, sketched, columns.stream().mapToInt(schema::indexOf).toArray());
    this.reader = new KeyReader(shape, ids);
    this.log = new KeyLog(shape, ids, options);
    this.stored = new FindingLog(rule);
  }

  @Override
  void add(Block block) {
    counted = Optional.empty();
    int count = reader.read(block);
    keys += count;
    if (sketched) {
      for (int i = 0; i < count; i++) {
        sketch.add(reader.low[i]);
      }
    } else {
      log.add(reader, count, block);
    }
  }

  @Override
  void merge(Tally other) {
    KeyTally that = (KeyTally) other;
    counted = Optional.empty();
    keys += that.keys;
    sketch.merge(that.sketch);
    stored.merge(that.stored);
    log.merge(that.log);
  }

  @Override
  void write(DataOutput out) throws IOException {
    out.writeLong(keys);
    out.writeBoolean(sketched);
    if (sketched) {
      sketch.write(out);
    } else {
      repeats(count()).write(out);
      log.write(out);
    }
  }

  @Override
  void read(DataInput in) throws IOException {
    keys = Stored.notNegative(in);
    if (in.readBoolean() != sketched) {
      throw Stored.broken(
          "keys that were counted in another way than JudgeOptions.sketchKeys asks");
    }
    if (sketched) {
      sketch.read(in);
    } else {
      stored.read(in);
      log.read(in);
      if (log.size() != keys) {
        throw Stored.broken(log.size() + " keys instead of " + keys);
      }
    }
  }

  @Override
  void prepare(Crew crew) {
    if (!sketched && counted.isEmpty()) {
      counted = Optional.of(log.count(crew));
    }
  }

  private KeyCount count() {
    if (counted.isEmpty()) {
      throw new AssertionError("keys are counted before they are told");
    }
    return counted.get();
  }

  @Override
  void close() {
    log.close();
  }

  /**
   * The rows at which a key comes again, those that a stored state had found, and keys of which only a stored state knew
   * the rows.
   */
  private FindingLog repeats(KeyCount count) {
    FindingLog findings = new FindingLog(rule);
    Set<String> known = new HashSet<>();
    for (TableFinding finding : stored.list()) {
      if (finding.row() != TableFinding.NO_ROW) {
        known.add(finding.key());
        name(findings, finding.part(), finding.row(), finding.key());
      }
    }
    Set<String> unknown = new TreeSet<>();
    for (KeyCount.Repeat repeat : count.repeats()) {
      if (repeat.row() != TableFinding.NO_ROW && findings.keeps(repeat.part(), repeat.row())) {
        String key = log.shape().text(repeat.high(), repeat.low(), log.ids());
        known.add(key);
        name(findings, repeat.part(), repeat.row(), key);
      } else if (repeat.row() == TableFinding.NO_ROW && unknown.size() < FindingLog.MOST) {
        unknown.add(log.shape().text(repeat.high(), repeat.low(), log.ids()));
      }
    }
    unknown.removeAll(known);
    int room = FindingLog.MOST - findings.list().size();
    unknown.stream().limit(room).forEach(key -> name(findings, "", TableFinding.NO_ROW, key));
    return findings;
  }

  private static void name(FindingLog findings, String part, long row, String key) {
    findings.add(part, row, key, "", Double.NaN, "the key " + key + " comes again");
  }

  @Override
  Verdict verdict(JudgeOptions options) {
    if (sketched) {
      double distinct = keys == 0 ? 0 : Math.min((double) keys, Math.rint(sketch.estimate()));
      return verdict((long) distinct, List.of(), "estimated by HyperLogLog, standard error 0.8 %");
    }
    KeyCount count = count();
    String how = log.shape().kind() == KeyShape.Kind.HASHED
        ? count.method() + ", of hashes of 128 bits"
        : count.method();
    boolean unique = rule.check() instanceof TableCheck.Unique;
    return verdict(count.distinct(), unique ? repeats(count).list() : List.of(), how);
  }

  private Verdict verdict(long distinct, List<TableFinding> findings, String how) {
    if (rule.check() instanceof TableCheck.DistinctCount wanted) {
      RuleOutcome outcome =
          RuleOutcome.figure(rule, (double) distinct, wanted.low(), wanted.high(), how);
      List<TableFinding> notes = new ArrayList<>();
      if (!outcome.passed()) {
        notes.add(note(
            "",
            wanted.column(),
            (double) distinct,
            wanted.column() + " has " + distinct + " different values, not between " + wanted.low()
                + " and " + wanted.high()));
      }
      return new Verdict(outcome, notes);
    }
    return new Verdict(RuleOutcome.counted(rule, keys, keys - distinct, how), findings);
  }
}
