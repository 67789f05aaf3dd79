package io.qilin.data.quality.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.data.table.TableBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Keys in no order that fill a grid, beside a plain set. */
class KeyGridTest {
  private static final JudgeOptions OPTIONS = JudgeOptions.builder().build();

  private static Optional<KeyCount> byGrid(long[] keys) {
    KeySegment segment = new KeySegment(false);
    segment.at(0, 0);
    segment.add(keys, keys, 0, keys.length);
    List<KeySegment> segments = List.of(segment);
    return KeyGrid.count(
        segments, KeyUnit.of(segments), keys.length, List.of(""), Crew.alone(OPTIONS));
  }

  /** Instruments of any number by days, each pair once, dealt out. */
  private static long[] grid(Random random, int instruments, int days) {
    int[] numbers = random.ints(instruments).distinct().toArray();
    List<Long> keys = new ArrayList<>();
    for (int number : numbers) {
      for (int day = 0; day < days; day++) {
        keys.add(key(number, day - days / 2));
      }
    }
    java.util.Collections.shuffle(keys, random);
    return keys.stream().mapToLong(Long::longValue).toArray();
  }

  private static long key(int high, int low) {
    return (long) high << 32 | Integer.toUnsignedLong(low ^ Integer.MIN_VALUE);
  }

  @Property(tries = 30)
  void whenKeysFillAGrid_thenAnyNumberOfThreadsFindsWhatASetDoes(@ForAll long seed)
      throws Exception {
    Random random = new Random(seed);
    int[] instruments = random.ints(1 + random.nextInt(300)).toArray();
    int days = 1 + random.nextInt(300);
    int base = random.nextInt();
    int rows = Math.max(1, instruments.length * days / (1 + random.nextInt(3)));
    int[] ones = new int[rows];
    int[] others = new int[rows];
    Set<Long> set = new HashSet<>();
    List<Long> again = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      ones[i] = instruments[random.nextInt(instruments.length)];
      others[i] = base + random.nextInt(days);
      if (!set.add(key(ones[i], others[i]))) {
        again.add((long) i);
      }
    }
    TableBatch whole = Tables.table().ints("a", ones).ints("b", others).batch();
    List<TableBatch> batches = IntStream.range(0, 4)
        .mapToObj(part -> Tables.slice(whole, rows * part / 4, rows * (part + 1) / 4))
        .toList();
    TableJudge judge = TableJudge.of(
        TableRules.parse("unique a,b as rows\nunique b,a as columns"), OPTIONS, Tables.CLOCK);
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      for (int threads = 1; threads <= 3; threads += 2) {
        TableReport report = judge.judge("t", batches, executor, threads);
        for (String rule : List.of("rows", "columns")) {
          assertThat(report.outcome(rule).bad()).isEqualTo(again.size());
          assertThat(report.findings())
              .filteredOn(finding -> finding.rule().equals(rule))
              .extracting(TableFinding::row)
              .isEqualTo(again.subList(0, Math.min(again.size(), FindingLog.MOST)));
        }
      }
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void whenKeysFillAGrid_thenItIsUsedAndCountsThem() {
    long[] keys = grid(new Random(1), 400, 250);
    assertThat(byGrid(keys)).hasValue(new KeyCount(keys.length, keys.length, List.of(), "exact"));
    keys[77_777] = keys[3];
    assertThat(byGrid(keys))
        .hasValue(new KeyCount(
            keys.length,
            keys.length - 1,
            List.of(new KeyCount.Repeat("", 77_777, 0, keys[3])),
            "exact"));
  }

  @Test
  void whenKeysFillNoGrid_thenItIsNotUsed() {
    assertThat(byGrid(new Random(2).longs(100_000).toArray())).as("any numbers").isEmpty();
    long[] rows = new Random(3).ints(100_000).mapToLong(i -> key(i, i & 63)).toArray();
    assertThat(byGrid(rows)).as("more rows than there is room for").isEmpty();
    long[] twice = grid(new Random(4), 600, 250);
    System.arraycopy(twice, 0, twice, twice.length / 2, twice.length / 2);
    assertThat(byGrid(twice)).as("too many repetitions").isEmpty();
  }

  @Test
  void whenANumberLiesOutsideOfThoseThatWereLookedAt_thenKeysAreCountedAllTheSame() {
    long[] keys = grid(new Random(5), 2000, 300);
    int unit = KeyUnit.MOST;
    assertThat(keys.length / unit).as("not every unit is looked at").isGreaterThan(32);
    assertThat(byGrid(keys)).isPresent();
    for (int low : new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE, -10_000, 10_000}) {
      keys[unit + 5] = key((int) (keys[0] >>> 32), low);
      assertThat(byGrid(keys)).isEmpty();
      KeySegment segment = new KeySegment(false);
      segment.at(0, 0);
      segment.add(keys, keys, 0, keys.length);
      KeyCount count = new KeyCounter(List.of(segment), List.of(""), Crew.alone(OPTIONS)).count();
      assertThat(count.distinct()).isEqualTo(keys.length);
    }
  }
}
