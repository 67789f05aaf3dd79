package io.qilin.data.quality.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.data.table.TableBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TableStatePropertyTest {
  private static final String RULES = """
      key code,day
      complete close 0.9
      unique code,day
      unique code,at
      unique open,high,low as by-hash
      distinct code 1 100
      range open 0 50
      finite high
      price-order open high low close
      mean close 0 10
      deviation close 0 5
      rows 1 1000
      one-of code 'c1','c2'
      matches code 'c[0-9]'
      increasing day by code
      increasing open as whole
      compare open <= close within 1
      fresh day by code
      fresh at by code as moments
      every-session day by code
      average-price open high low close
      previous-close code open close factor high
      suspended open flag
      whole-shares open
      where code = 'c1' and open > 3 unique day,close as conditional
      where open is missing complete close as rare
      """;
  private static final TableJudge JUDGE = TableJudge.of(
      TableRules.parse(RULES), JudgeOptions.builder().now(Tables.NOW).build(), Tables.CLOCK);

  private static TableBatch table(Random random, int rows) {
    double[][] numbers = new double[4][rows];
    String[] codes = new String[rows];
    String[] days = new String[rows];
    String[] moments = new String[rows];
    boolean[] flags = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      for (double[] column : numbers) {
        column[row] = random.nextInt(8) == 0 ? Double.NaN : random.nextInt(20) - 1 + 0.1;
      }
      codes[row] = random.nextInt(9) == 0 ? null : "c" + random.nextInt(12);
      days[row] = "2024-01-0" + (1 + random.nextInt(9));
      moments[row] = days[row] + "T0" + random.nextInt(9) + ":00:00Z";
      flags[row] = random.nextBoolean();
    }
    return Tables.table()
        .texts("code", codes)
        .days("day", days)
        .moments("at", moments)
        .numbers("open", numbers[0])
        .numbers("high", numbers[1])
        .numbers("low", numbers[2])
        .numbers("close", numbers[3])
        .flags("flag", flags)
        .batch();
  }

  @Property(tries = 60)
  void whenPartsMergeInAnyOrder_thenTheyAreTheWhole(@ForAll long seed) {
    Random random = new Random(seed);
    TableBatch batch = table(random, 1 + random.nextInt(300));
    int rows = batch.columns().get(0).rows();
    TableState whole = JUDGE.begin(batch.schema(), "p");
    whole.add(batch);
    List<TableState> parts = new ArrayList<>();
    for (int from = 0; from < rows; ) {
      int to = Math.min(rows, from + 1 + random.nextInt(100));
      TableState state = JUDGE.begin(batch.schema(), "p");
      state.add(Tables.slice(batch, from, to), from, 0, to - from);
      parts.add(state);
      from = to;
    }
    Collections.shuffle(parts, random);
    while (parts.size() > 1) {
      TableState one = parts.remove(random.nextInt(parts.size()));
      parts.get(random.nextInt(parts.size())).merge(one);
    }
    TableReport expected = whole.report(Tables.NOW);
    assertThat(parts.get(0).report(Tables.NOW)).isEqualTo(normal(expected, parts.get(0)));
    assertThat(java.util.Arrays.equals(parts.get(0).toBytes(), whole.toBytes())).isTrue();
    TableState read = JUDGE.read(batch.schema(), whole.toBytes());
    assertThat(read.report(Tables.NOW).scores()).isEqualTo(expected.scores());
    assertThat(java.util.Arrays.equals(read.toBytes(), whole.toBytes())).isTrue();
  }

  /** Keys may be counted in different ways, which notes tell. */
  private static TableReport normal(TableReport expected, TableState other) {
    List<RuleOutcome> outcomes = new ArrayList<>();
    List<RuleOutcome> others = other.report(Tables.NOW).outcomes();
    for (int i = 0; i < others.size(); i++) {
      RuleOutcome o = expected.outcomes().get(i);
      String note = o.note().startsWith("exact") ? others.get(i).note() : o.note();
      outcomes.add(
          new RuleOutcome(o.rule(), o.judged(), o.bad(), o.score(), o.value(), o.passed(), note));
    }
    return new TableReport(
        expected.judgedAt(),
        expected.rows(),
        outcomes,
        expected.scores(),
        expected.overall(),
        expected.findings());
  }

  @Test
  void whenThreadsShareTheRows_thenTheReportIsTheSame() {
    long seed = 11;
    TableBatch small = table(new Random(seed), 500);
    int[] rows = new Random(seed).ints(70_000, 0, 500).toArray();
    TableBatch batch = new TableBatch(
        small.schema(),
        small.columns().stream().map(column -> column.select(rows)).toList());
    List<TableBatch> cut =
        List.of(Tables.slice(batch, 0, 30_000), Tables.slice(batch, 30_000, 70_000));
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      assertThat(JUDGE.judge("p", List.of(batch), executor, 3)).isEqualTo(JUDGE.judge("p", cut));
    } finally {
      executor.shutdown();
    }
  }

  @Property(tries = 150)
  void whenStoredBytesAreDamaged_thenATypedErrorOrAState(@ForAll long seed) {
    Random random = new Random(seed);
    TableBatch batch = table(new Random(1), 40);
    TableState state = JUDGE.begin(batch.schema(), "p");
    state.add(batch);
    byte[] bytes = state.toBytes();
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    byte[] damaged = java.util.Arrays.copyOf(bytes, 1 + random.nextInt(2 * bytes.length));
    try {
      JUDGE.read(batch.schema(), damaged).report(Tables.NOW);
    } catch (QilinException e) {
      assertThat(e).hasMessageContaining("state");
    }
  }

  @Test
  void whenAStateIsStored_thenOnlyTheTextsOfItsKeysAre() {
    TableBatch batch = Tables.table()
        .texts("code", "kept", "needless", "kept")
        .numbers("open", 1, 2, 1)
        .batch();
    TableJudge judge = TableJudge.of(
        TableRules.parse("where open = 1 unique code"),
        JudgeOptions.builder().build(),
        Tables.CLOCK);
    TableState state = judge.begin(batch.schema(), "p");
    state.add(batch);
    String bytes = new String(state.toBytes(), StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains("kept").doesNotContain("needless");
    assertThat(judge.read(batch.schema(), state.toBytes()).report(Tables.NOW).findings())
        .isEqualTo(state.report(Tables.NOW).findings());
  }

  @Test
  void whenAStateWasMerged_thenItIsRefused() {
    TableBatch batch = table(new Random(1), 3);
    TableState one = JUDGE.begin(batch.schema(), "p");
    TableState other = JUDGE.begin(batch.schema(), "p");
    one.merge(other);
    assertThatThrownBy(() -> other.add(batch)).hasMessageContaining("merged");
  }
}
