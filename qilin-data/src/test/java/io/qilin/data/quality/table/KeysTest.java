package io.qilin.data.quality.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.data.demo.DefectTable;
import io.qilin.data.table.DoubleColumn;
import io.qilin.data.table.IntColumn;
import io.qilin.data.table.TableBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
  @TempDir
  private Path folder;

  @Property(tries = 40)
  void whenKeysAreInAnyOrder_thenTheyAreCountedAsASetDoes(@ForAll long seed) {
    Random random = new Random(seed);
    int rows = 1 + random.nextInt(40_000);
    int spread = 1 << random.nextInt(31);
    int[] ones = new int[rows];
    double[] others = new double[rows];
    Set<Integer> set = new HashSet<>();
    Set<List<Object>> pairs = new HashSet<>();
    for (int i = 0; i < rows; i++) {
      ones[i] = random.nextInt(spread) - spread / 2;
      others[i] = random.nextInt(3);
      set.add(ones[i]);
      pairs.add(List.of(ones[i], others[i]));
    }
    TableReport report =
        Tables.table().ints("a", ones).numbers("b", others).judge("unique a\nunique a,b");
    assertThat(report.outcome("unique-a").bad()).isEqualTo(rows - set.size());
    assertThat(report.outcome("unique-a-b").bad()).isEqualTo(rows - pairs.size());
  }

  @Property(tries = 20)
  void whenKeysComeAgain_thenTheFirstPlacesAreNamed(@ForAll long seed) {
    Random random = new Random(seed);
    int[] keys = new int[1 + random.nextInt(20_000)];
    int spread = 1 << random.nextInt(20);
    boolean rises = random.nextBoolean();
    int alike = 1 + random.nextInt(7);
    List<Long> again = new ArrayList<>();
    Set<Integer> set = new HashSet<>();
    for (int i = 0; i < keys.length; i++) {
      keys[i] = rises ? i / alike : random.nextInt(spread);
      if (!set.add(keys[i])) {
        again.add((long) i);
      }
    }
    double[] same = new double[keys.length];
    Tables table = Tables.table().ints("a", keys).numbers("b", same).numbers("c", same);
    TableReport report = table.judge("unique a\nunique a,b\nunique a,b,c");
    for (String rule : List.of("unique-a", "unique-a-b", "unique-a-b-c")) {
      assertThat(report.findings())
          .filteredOn(finding -> finding.rule().equals(rule))
          .extracting(TableFinding::row)
          .isEqualTo(again.subList(0, Math.min(again.size(), FindingLog.MOST)));
      assertThat(report.outcome(rule).bad()).isEqualTo(again.size());
    }
  }

  @Test
  void whenThreadsShareASortedTable_thenTheReportIsThatOfOne() {
    List<TableBatch> table = DefectTable.of(80, 2003, 70_000);
    TableJudge judge = TableJudge.of(
        TableRules.parse("unique inst,day\nunique day,inst\nunique open"),
        JudgeOptions.builder().build(),
        Tables.CLOCK);
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      TableReport expected = judge.judge("t", table);
      assertThat(expected.outcome("unique-inst-day").bad()).isPositive();
      assertThat(judge.judge("t", table, executor, 3)).isEqualTo(expected);
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void whenSegmentsTakeTurnsInOneOrder_thenTheirRunsAreInOrder() {
    KeySegment[] segments = {new KeySegment(false), new KeySegment(false)};
    long[] keys = new long[1 << 13];
    for (int turn = 0; turn < 6; turn++) {
      for (int i = 0; i < keys.length; i++) {
        keys[i] = (long) turn * keys.length + i;
      }
      segments[turn & 1].at(0, keys[0]);
      segments[turn & 1].add(keys, keys, 0, keys.length);
    }
    assertThat(KeyRuns.of(List.of(segments))).isPresent();
    segments[0].add(keys, keys, 0, keys.length);
    assertThat(KeyRuns.of(List.of(segments))).isEmpty();
  }

  @Test
  void whenAKeyComesAgain_thenRowAndKeyAreNamed() {
    TableReport report = Tables.table()
        .texts("code", "b", "a", "b", "a", "b", null)
        .ints("day", 1, 1, 2, 1, 1, 1)
        .judge("critical unique code,day");
    assertThat(report.outcome("unique-code-day").bad()).isEqualTo(2);
    assertThat(report.outcome("unique-code-day").judged()).isEqualTo(5);
    assertThat(report.findings()).extracting(TableFinding::row).containsExactly(3L, 4L);
    assertThat(report.findings()).extracting(TableFinding::key).containsExactly("a 1", "b 1");
    assertThat(report.overall()).isEqualTo(0.5);
  }

  @Test
  void whenKeysExceedTheMemory_thenFilesOrALimit() throws Exception {
    List<TableBatch> table = DefectTable.of(100, 203, 5000);
    TableRules rules = TableRules.parse("unique inst,day\nunique open");
    JudgeOptions.Builder tight = JudgeOptions.builder().keyBytes(30_000);
    assertThatThrownBy(() -> TableJudge.of(rules, tight.build(), Tables.CLOCK).judge("t", table))
        .hasMessageContaining("spillFolder");
    TableReport spilled = TableJudge.of(rules, tight.spillFolder(folder).build(), Tables.CLOCK)
        .judge("t", table, Runnable::run, 2);
    TableReport whole =
        TableJudge.of(rules, JudgeOptions.builder().build(), Tables.CLOCK).judge("t", table);
    assertThat(spilled.outcome("unique-inst-day").note()).isEqualTo("exact, by files");
    assertThat(whole.outcome("unique-inst-day").bad()).isPositive();
    assertThat(spilled.findings()).isEqualTo(whole.findings());
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void whenASketchIsAskedFor_thenTheEstimateIsNear() {
    int[] keys = new Random(3).ints(200_000).toArray();
    long distinct = java.util.Arrays.stream(keys).distinct().count();
    TableReport report = Tables.table()
        .ints("a", keys)
        .judge("distinct a 0 1e9", JudgeOptions.builder().sketchKeys().build());
    RuleOutcome outcome = report.outcomes().get(0);
    assertThat(outcome.value()).isBetween(0.97 * distinct, 1.03 * distinct);
    assertThat(outcome.note()).contains("HyperLogLog");
  }

  /** The five checks over the table of the benchmark, cut, against plain loops. */
  @Test
  void whenATableHasKnownDefects_thenAllAreFound() {
    List<TableBatch> table = DefectTable.of(300, 503, 4099);
    TableRules rules = TableRules.parse("""
        complete close 0.99 as close
        complete volume as volume
        unique inst,day as unique
        price-order open high low close as order
        range open 0 10000 as range
        fresh day by inst as fresh""");
    JudgeOptions options = JudgeOptions.builder()
        .now(java.time.Instant.EPOCH.plusSeconds(502 * 86_400L + 7 * 3600 + 30))
        .build();
    TableReport report = TableJudge.of(rules, options, Tables.CLOCK).judge("t", table);
    long[] expected = byPlainLoops(table);
    List<Long> found = new ArrayList<>();
    for (String rule : List.of("close", "volume", "unique", "order", "range")) {
      found.add(report.outcome(rule).bad());
    }
    assertThat(found)
        .containsExactly(expected[0], expected[1], expected[2], expected[3], expected[4]);
    assertThat(expected).doesNotContain(0);
    assertThat(report.outcome("fresh").bad()).isEqualTo(3);
    assertThat(report.outcome("unique").note()).startsWith("exact");
  }

  private static long[] byPlainLoops(List<TableBatch> table) {
    long[] counts = new long[5];
    Set<Long> keys = new HashSet<>();
    for (TableBatch batch : table) {
      for (int row = 0; row < batch.columns().get(0).rows(); row++) {
        double[] cells = new double[6];
        for (int c = 0; c < 6; c++) {
          cells[c] = ((DoubleColumn) batch.columns().get(c + 2)).value(row);
        }
        double open = cells[0];
        double high = cells[1];
        double low = cells[2];
        double close = cells[3];
        counts[0] += Double.isNaN(close) ? 1 : 0;
        counts[1] += Double.isNaN(cells[4]) ? 1 : 0;
        long key = ((IntColumn) batch.columns().get(0)).value(row) * 100_000L
            + ((IntColumn) batch.columns().get(1)).value(row);
        counts[2] += keys.add(key) ? 0 : 1;
        boolean good = low > 0
            && low <= Math.min(open, close)
            && Math.max(open, close) <= high
            && !Double.isNaN(close);
        counts[3] += good ? 0 : 1;
        counts[4] += open < 0 || open > 10_000 ? 1 : 0;
      }
    }
    return counts;
  }
}
