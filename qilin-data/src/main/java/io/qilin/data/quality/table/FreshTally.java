package io.qilin.data.quality.table;

import io.qilin.data.table.Column;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableSchema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;

/** Keeps the newest time of each key and compares it with the moment of judging. */
final class FreshTally extends Tally {
  private static final long NEVER = Long.MIN_VALUE;

  private final TableCheck.Fresh check;
  private final int column;
  private final ColumnType type;
  private final Groups groups;
  private final int[] numbers = new int[Block.ROWS];
  private long[] newest = new long[0];

  FreshTally(TableRule rule, TableCheck.Fresh check, TableSchema schema) {
    super(rule);
    this.check = check;
    this.column = Columns.time(schema, check.column());
    this.type = schema.fields().get(column).type();
    this.groups = new Groups(schema, check.by());
  }

  @Override
  void add(Block block) {
    groups.read(block, numbers);
    grow();
    Column times = block.column(column);
    if (times instanceof IntColumn && times.missing() == 0) {
      addDays(block.ints(column), block.size());
    } else {
      addTimes(times, block);
    }
  }

  private void addDays(int[] days, int size) {
    long[] known = newest;
    int group = Groups.NONE;
    long last = NEVER;
    for (int row = 0; row < size; row++) {
      int next = numbers[row];
      if (next != group) {
        put(known, group, last);
        group = next;
        last = group == Groups.NONE ? NEVER : known[group];
      }
      last = Math.max(last, days[row]);
    }
    put(known, group, last);
  }

  /** Writes only what is newer, which is rare where rows are in no order. */
  private static void put(long[] known, int group, long time) {
    if (group != Groups.NONE && time > known[group]) {
      known[group] = time;
    }
  }

  private void addTimes(Column times, Block block) {
    for (int row = 0; row < block.size(); row++) {
      int group = numbers[row];
      if (group != Groups.NONE && block.isKnown(column, row)) {
        newest[group] = Math.max(newest[group], time(times, block.at(row)));
      }
    }
  }

  private static long time(Column times, int at) {
    return times instanceof IntColumn days ? days.value(at) : ((LongColumn) times).value(at);
  }

  private void grow() {
    if (groups.size() > newest.length) {
      int old = newest.length;
      newest = Arrays.copyOf(newest, Math.max(2 * old, groups.size()));
      Arrays.fill(newest, old, newest.length, NEVER);
    }
  }

  @Override
  void merge(Tally other) {
    FreshTally that = (FreshTally) other;
    int[] numbersOfThat = groups.adopt(that.groups);
    grow();
    for (int i = 0; i < numbersOfThat.length; i++) {
      long time = i < that.newest.length ? that.newest[i] : NEVER;
      newest[numbersOfThat[i]] = Math.max(newest[numbersOfThat[i]], time);
    }
  }

  @Override
  void write(DataOutput out) throws IOException {
    grow();
    Stored.number(out, groups.size());
    for (int group : groups.sorted()) {
      Groups.writeName(out, groups, group);
      out.writeLong(newest[group]);
    }
  }

  @Override
  void read(DataInput in) throws IOException {
    long count = Stored.number(in);
    for (long i = 0; i < count; i++) {
      int group = Groups.readName(in, groups);
      grow();
      newest[group] = in.readLong();
      if (type == ColumnType.DATE
          && newest[group] != NEVER
          && newest[group] != (int) newest[group]) {
        throw Stored.broken("a day " + newest[group]);
      }
    }
  }

  @Override
  Verdict verdict(JudgeOptions options) {
    if (options.now().isEmpty()) {
      return new Verdict(
          RuleOutcome.counted(rule, 0, 0, "no moment of judging was given"), java.util.List.of());
    }
    grow();
    Instant now = options.now().get();
    Delay delay = new Delay(type, now, options.calendar());
    FindingLog findings = new FindingLog(rule);
    long judged = 0;
    long late = 0;
    long tenths = 0;
    long overall = NEVER;
    for (int group : groups.sorted()) {
      if (newest[group] == NEVER) {
        continue;
      }
      judged++;
      overall = Math.max(overall, newest[group]);
      double seconds = Math.max(0, delay.seconds(newest[group]) - check.graceSeconds());
      int score = Delay.tenths(seconds);
      tenths += score;
      if (score < 10) {
        late++;
        findings.add(
            "",
            TableFinding.NO_ROW,
            groups.name(group),
            check.column(),
            seconds,
            "the newest row is of " + Block.whole(type, newest[group]) + ", late by "
                + Delay.text(seconds));
      }
    }
    if (judged == 0) {
      return new Verdict(RuleOutcome.counted(rule, 0, 0, "no time is known"), java.util.List.of());
    }
    double whole = delay.seconds(overall);
    String note = "newest of all " + Block.whole(type, overall) + ", late by " + Delay.text(whole)
        + ", score " + Delay.tenths(whole) / 10.0;
    double score = tenths / (10.0 * judged);
    return new Verdict(
        new RuleOutcome(rule, judged, late, score, score, late == 0, note), findings.list());
  }
}
