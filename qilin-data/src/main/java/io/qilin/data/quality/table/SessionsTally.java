package io.qilin.data.quality.table;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.TradingCalendar;
import io.qilin.data.table.ColumnType;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.LongColumn;
import io.qilin.data.table.TableSchema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Keeps the days of each key and looks for sessions on which it has no row. */
final class SessionsTally extends Tally {
  /** Bits are days from 1990-01-01 to 2262; others are not judged. */
  private static final long FIRST = LocalDate.of(1990, 1, 1).toEpochDay();

  private static final int DAYS = 100_000;
  private static final int WORDS = DAYS / 64 + 1;
  private static final long MOST_WORDS = 1L << 24;

  private final int column;
  private final ColumnType type;
  private final Groups groups;
  private final int[] numbers = new int[Block.ROWS];
  private final List<BitSet> days = new ArrayList<>();
  private long words;

  SessionsTally(TableRule rule, TableCheck.EverySession check, TableSchema schema) {
    super(rule);
    this.column = Columns.time(schema, check.day());
    this.type = schema.fields().get(column).type();
    this.groups = new Groups(schema, java.util.Optional.of(check.by()));
  }

  @Override
  void add(Block block) {
    groups.read(block, numbers);
    grow();
    for (int row = 0; row < block.size(); row++) {
      if (numbers[row] != Groups.NONE && block.isKnown(column, row)) {
        int at = block.at(row);
        long cell = block.column(column) instanceof IntColumn ints
            ? ints.value(at)
            : ((LongColumn) block.column(column)).value(at);
        long bit = Moments.day(type, cell) - FIRST;
        if (bit >= 0 && bit < DAYS) {
          set(days.get(numbers[row]), (int) bit);
        }
      }
    }
  }

  private void set(BitSet present, int bit) {
    int before = present.length();
    present.set(bit);
    words += (present.length() >> 6) - (before >> 6);
    requireRoom();
  }

  private void requireRoom() {
    if (words > MOST_WORDS) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "the days of all keys take more than " + 8 * MOST_WORDS
              + " bytes; judge fewer instruments at once");
    }
  }

  private void grow() {
    while (days.size() < groups.size()) {
      days.add(new BitSet());
    }
  }

  @Override
  void merge(Tally other) {
    SessionsTally that = (SessionsTally) other;
    that.grow();
    int[] map = groups.adopt(that.groups);
    grow();
    for (int i = 0; i < map.length; i++) {
      days.get(map[i]).or(that.days.get(i));
    }
    words = days.stream().mapToLong(present -> present.length() >> 6).sum();
    requireRoom();
  }

  @Override
  void write(DataOutput out) throws IOException {
    grow();
    Stored.number(out, groups.size());
    for (int group : groups.sorted()) {
      Groups.writeName(out, groups, group);
      long[] bits = days.get(group).toLongArray();
      out.writeInt(bits.length);
      for (long word : bits) {
        out.writeLong(word);
      }
    }
  }

  @Override
  void read(DataInput in) throws IOException {
    long count = Stored.number(in);
    for (long i = 0; i < count; i++) {
      int group = Groups.readName(in, groups);
      grow();
      long[] bits = new long[Stored.count(in, WORDS)];
      for (int w = 0; w < bits.length; w++) {
        bits[w] = in.readLong();
      }
      words += bits.length;
      requireRoom();
      days.get(group).or(BitSet.valueOf(bits));
    }
  }

  @Override
  Verdict verdict(JudgeOptions options) {
    if (options.calendar().isEmpty()) {
      return new Verdict(RuleOutcome.counted(rule, 0, 0, "no calendar was given"), List.of());
    }
    grow();
    TradingCalendar calendar = options.calendar().get();
    FindingLog findings = new FindingLog(rule);
    long judged = 0;
    long absent = 0;
    for (int group : groups.sorted()) {
      BitSet present = days.get(group);
      if (present.isEmpty()) {
        continue;
      }
      LocalDate first = LocalDate.ofEpochDay(FIRST + present.nextSetBit(0));
      LocalDate last = LocalDate.ofEpochDay(FIRST + present.length() - 1);
      if (first.isBefore(calendar.knownFrom()) || last.isAfter(calendar.knownUntil())) {
        continue;
      }
      Set<LocalDate> suspended = options.suspensions().getOrDefault(groups.name(group), Set.of());
      List<LocalDate> gaps = new ArrayList<>();
      for (LocalDate day : between(calendar.days(), first, last)) {
        if (!suspended.contains(day)) {
          judged++;
          if (!present.get((int) (day.toEpochDay() - FIRST))) {
            gaps.add(day);
          }
        }
      }
      absent += gaps.size();
      if (!gaps.isEmpty()) {
        findings.add(
            "",
            TableFinding.NO_ROW,
            groups.name(group),
            "",
            gaps.size(),
            "no row on " + gaps.get(0)
                + (gaps.size() > 1 ? " and " + (gaps.size() - 1) + " more sessions" : ""));
      }
    }
    return new Verdict(RuleOutcome.counted(rule, judged, absent, ""), findings.list());
  }

  private static List<LocalDate> between(List<LocalDate> days, LocalDate first, LocalDate last) {
    int from = Collections.binarySearch(days, first);
    int to = Collections.binarySearch(days, last);
    return days.subList(from < 0 ? -from - 1 : from, to < 0 ? -to - 1 : to + 1);
  }
}
