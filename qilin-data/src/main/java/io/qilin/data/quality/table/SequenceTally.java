package io.qilin.data.quality.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.data.table.Column;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableSchema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares each row with the row before of the same key. What lies between two stretches of rows is compared when both
 * are known: of each stretch the first and the last row of each key are kept.
 */
abstract class SequenceTally extends Tally {
  private static final long MOST_KEPT = 3_000_000;

  private final Groups groups;
  private final int[] numbers = new int[Block.ROWS];
  private final int width;
  private final long[] now;
  private final FindingLog findings;
  private final List<Stretch> stretches = new ArrayList<>();
  private long kept;
  private long judged;
  private long bad;

  private SequenceTally(TableRule rule, TableSchema schema, Optional<String> by, int width) {
    super(rule);
    this.groups = new Groups(schema, by);
    this.width = width;
    this.now = new long[width];
    this.findings = new FindingLog(rule);
  }

  static SequenceTally of(TableRule rule, TableCheck.Increasing check, TableSchema schema) {
    return new Rises(rule, check, schema);
  }

  static SequenceTally of(TableRule rule, TableCheck.PreviousClose check, TableSchema schema) {
    return new Follows(rule, check, schema);
  }

  /** The first and the last row of a key in a stretch. */
  private static final class Ends {
    long firstRow;
    String firstKey = "";
    long[] first = new long[0];
    long[] last = new long[0];
  }

  /** Rows that follow each other. */
  private static final class Stretch {
    final String part;
    final long start;
    long end;

    @Nullable
    Ends[] ends = new Ends[0];

    Stretch(String part, long start) {
      this.part = part;
      this.start = start;
      this.end = start;
    }

    @Nullable
    Ends at(int group) {
      return group < ends.length ? ends[group] : null;
    }

    void put(int group, Ends value) {
      if (group >= ends.length) {
        ends = Arrays.copyOf(ends, Math.max(group + 1, 2 * ends.length));
      }
      ends[group] = value;
    }
  }

  /** Reads what is compared of a row; false if the row is passed over. */
  abstract boolean read(Block block, int row, long[] into);

  /** Whether two rows can be compared. */
  abstract boolean comparable(long[] before, long[] after);

  /** What is wrong with a row after another, or null. */
  abstract @Nullable String wrong(long[] before, long[] after);

  @Override
  final void add(Block block) {
    if (block.endRow() == block.firstRow()) {
      return;
    }
    groups.read(block, numbers);
    Stretch stretch = stretch(block);
    for (int row = 0; row < block.size(); row++) {
      int group = numbers[row];
      if (group != Groups.NONE && read(block, row, now)) {
        Ends ends = stretch.at(group);
        if (ends == null) {
          ends = new Ends();
          ends.firstRow = block.row(row);
          ends.firstKey = block.key(row);
          ends.first = now.clone();
          ends.last = now.clone();
          stretch.put(group, ends);
          requireRoom();
        } else {
          if (compare(ends.last, now) && findings.keeps(block.part(), block.row(row))) {
            name(block.part(), block.row(row), block.key(row), ends.last, now);
          }
          System.arraycopy(now, 0, ends.last, 0, width);
        }
      }
    }
    stretch.end = block.endRow();
  }

  private void requireRoom() {
    if (++kept > MOST_KEPT) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "the rows between which " + rule.name() + " compares are more than " + MOST_KEPT
              + "; judge fewer keys at once, or by one thread");
    }
  }

  private Stretch stretch(Block block) {
    Stretch last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
    if (last != null && last.part.equals(block.part()) && last.end == block.firstRow()) {
      return last;
    }
    Stretch next = new Stretch(block.part(), block.firstRow());
    stretches.add(next);
    return next;
  }

  /** Counts a pair and returns whether it is bad. */
  private boolean compare(long[] before, long[] after) {
    if (!comparable(before, after)) {
      return false;
    }
    judged++;
    boolean broken = wrong(before, after) != null;
    bad += broken ? 1 : 0;
    return broken;
  }

  private void name(String part, long row, String key, long[] before, long[] after) {
    String message = wrong(before, after);
    if (message != null) {
      findings.add(part, row, key, "", Double.NaN, message);
    }
  }

  /** Joins stretches that follow each other; all of them if asked for. */
  private void join(boolean all) {
    stretches.sort(
        Comparator.comparing((Stretch stretch) -> stretch.part).thenComparing(s -> s.start));
    List<Stretch> joined = new ArrayList<>();
    for (Stretch stretch : stretches) {
      Stretch last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      boolean follows = last != null && last.part.equals(stretch.part) && last.end == stretch.start;
      if (last == null || !(all || follows)) {
        joined.add(stretch);
      } else {
        join(last, stretch);
      }
    }
    stretches.clear();
    stretches.addAll(joined);
  }

  private void join(Stretch last, Stretch next) {
    for (int group = 0; group < next.ends.length; group++) {
      Ends after = next.at(group);
      Ends before = last.at(group);
      if (after == null) {
        continue;
      }
      if (before == null) {
        last.put(group, after);
      } else {
        if (compare(before.last, after.first) && findings.keeps(next.part, after.firstRow)) {
          name(next.part, after.firstRow, after.firstKey, before.last, after.first);
        }
        before.last = after.last;
      }
    }
    last.end = next.end;
  }

  @Override
  final void merge(Tally other) {
    SequenceTally that = (SequenceTally) other;
    int[] map = groups.adopt(that.groups);
    for (Stretch stretch : that.stretches) {
      Stretch copy = new Stretch(stretch.part, stretch.start);
      copy.end = stretch.end;
      for (int group = 0; group < stretch.ends.length; group++) {
        Ends ends = stretch.at(group);
        if (ends != null) {
          copy.put(map[group], ends);
        }
      }
      stretches.add(copy);
    }
    judged += that.judged;
    bad += that.bad;
    findings.merge(that.findings);
    join(false);
    kept = stretches.stream()
        .mapToLong(s -> Arrays.stream(s.ends).filter(java.util.Objects::nonNull).count())
        .sum();
  }

  @Override
  final void write(DataOutput out) throws IOException {
    join(false);
    out.writeLong(judged);
    out.writeLong(bad);
    findings.write(out);
    int[] sorted = groups.sorted();
    Stored.number(out, stretches.size());
    for (Stretch stretch : stretches) {
      Stored.text(out, stretch.part);
      out.writeLong(stretch.start);
      out.writeLong(stretch.end);
      Stored.number(
          out, Arrays.stream(stretch.ends).filter(java.util.Objects::nonNull).count());
      for (int group : sorted) {
        Ends ends = stretch.at(group);
        if (ends != null) {
          Groups.writeName(out, groups, group);
          out.writeLong(ends.firstRow);
          Stored.text(out, ends.firstKey);
          for (int i = 0; i < width; i++) {
            out.writeLong(ends.first[i]);
            out.writeLong(ends.last[i]);
          }
        }
      }
    }
  }

  @Override
  final void read(DataInput in) throws IOException {
    judged = Stored.notNegative(in);
    bad = Stored.notNegative(in);
    if (bad > judged) {
      throw Stored.broken(bad + " bad rows of " + judged);
    }
    findings.read(in);
    long count = Stored.number(in);
    for (long i = 0; i < count; i++) {
      Stretch stretch = new Stretch(Stored.text(in), in.readLong());
      stretch.end = in.readLong();
      long members = Stored.number(in);
      for (long m = 0; m < members; m++) {
        Ends ends = new Ends();
        int group = Groups.readName(in, groups);
        ends.firstRow = in.readLong();
        ends.firstKey = Stored.text(in);
        ends.first = new long[width];
        ends.last = new long[width];
        for (int v = 0; v < width; v++) {
          ends.first[v] = in.readLong();
          ends.last[v] = in.readLong();
        }
        stretch.put(group, ends);
      }
      stretches.add(stretch);
    }
  }

  /** Joins all stretches in the order of parts for the verdict, and takes it back afterwards. */
  @Override
  final Verdict verdict(JudgeOptions options) {
    join(false);
    SequenceTally copy = empty();
    copy.judged = judged;
    copy.bad = bad;
    copy.findings.merge(findings);
    int[] map = copy.groups.adopt(groups);
    for (Stretch stretch : stretches) {
      Stretch same = new Stretch(stretch.part, stretch.start);
      same.end = stretch.end;
      for (int group = 0; group < stretch.ends.length; group++) {
        Ends ends = stretch.at(group);
        if (ends != null) {
          Ends again = new Ends();
          again.firstRow = ends.firstRow;
          again.firstKey = ends.firstKey;
          again.first = ends.first;
          again.last = ends.last;
          same.put(map[group], again);
        }
      }
      copy.stretches.add(same);
    }
    copy.join(true);
    return new Verdict(RuleOutcome.counted(rule, copy.judged, copy.bad, ""), copy.findings.list());
  }

  /** A tally of the same rule that has seen nothing. */
  abstract SequenceTally empty();

  private static final class Rises extends SequenceTally {
    private final TableCheck.Increasing check;
    private final TableSchema schema;
    private final int column;

    Rises(TableRule rule, TableCheck.Increasing check, TableSchema schema) {
      super(rule, schema, check.by(), 1);
      this.check = check;
      this.schema = schema;
      this.column = Columns.ordered(schema, check.column());
    }

    @Override
    SequenceTally empty() {
      return new Rises(rule, check, schema);
    }

    @Override
    boolean read(Block block, int row, long[] into) {
      Column cells = block.column(column);
      int at = block.at(row);
      if (!cells.isKnown(at)) {
        return false;
      }
      if (cells instanceof DoubleColumn doubles) {
        double value = doubles.value(at);
        long bits = Double.doubleToLongBits(value == 0 ? 0 : value);
        into[0] = bits ^ ((bits >> 63) & Long.MAX_VALUE);
      } else {
        into[0] = cells instanceof IntColumn ints ? ints.value(at) : ((LongColumn) cells).value(at);
      }
      return true;
    }

    @Override
    boolean comparable(long[] before, long[] after) {
      return true;
    }

    @Override
    @Nullable
    String wrong(long[] before, long[] after) {
      boolean good = check.strictly() ? before[0] < after[0] : before[0] <= after[0];
      return good
          ? null
          : check.column() + " " + text(after[0]) + " follows " + text(before[0])
              + (check.strictly() ? ", it should rise" : ", it should not fall");
    }

    private String text(long value) {
      var type = schema.fields().get(column).type();
      return type == io.qilin.data.table.ColumnType.FLOAT64
          ? Double.toString(Double.longBitsToDouble(value ^ ((value >> 63) & Long.MAX_VALUE)))
          : Block.whole(type, value);
    }
  }

  private static final class Follows extends SequenceTally {
    private static final double TICK = 0.01;
    private static final double SLACK = 0.005;
    private static final double RATIO_TOLERANCE = 0.005;
    private static final double SAME = 1e-7;

    private final TableCheck.PreviousClose check;
    private final TableSchema schema;
    private final int close;
    private final int reference;
    private final int factor;

    Follows(TableRule rule, TableCheck.PreviousClose check, TableSchema schema) {
      super(rule, schema, Optional.of(check.instrument()), 3);
      this.check = check;
      this.schema = schema;
      this.close = Columns.number(schema, check.close());
      this.reference = Columns.number(schema, check.reference());
      this.factor = check.factor().map(name -> Columns.number(schema, name)).orElse(-1);
    }

    @Override
    SequenceTally empty() {
      return new Follows(rule, check, schema);
    }

    @Override
    boolean read(Block block, int row, long[] into) {
      double last = block.numbers(close)[row];
      double price = block.numbers(reference)[row];
      double scale = factor < 0 ? 1 : block.numbers(factor)[row];
      into[0] = Double.doubleToLongBits(last);
      into[1] = Double.doubleToLongBits(price);
      into[2] = Double.doubleToLongBits(scale);
      return last > 0 && price > 0 && scale > 0;
    }

    @Override
    boolean comparable(long[] before, long[] after) {
      return true;
    }

    @Override
    @Nullable
    String wrong(long[] before, long[] after) {
      double last = Double.longBitsToDouble(before[0]);
      double price = Double.longBitsToDouble(after[1]);
      double payout = Double.longBitsToDouble(after[2]) / Double.longBitsToDouble(before[2]);
      String told = check.reference() + " " + price + " is not the close before, " + last;
      if (factor < 0) {
        return price > last + SLACK ? told + "; no payout raises it" : null;
      }
      if (Math.abs(payout - 1) < SAME) {
        return Math.abs(price - last) > SLACK ? told + ", and the factor does not change" : null;
      }
      boolean near = Math.abs(price - last / payout) <= 2 * TICK + RATIO_TOLERANCE * last;
      return near ? null : told + ", but the factor changes by " + payout;
    }
  }
}
