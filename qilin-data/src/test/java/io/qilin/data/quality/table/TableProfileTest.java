package io.qilin.data.quality.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qilin.data.quality.table.ColumnProfile.Guess;
import io.qilin.data.quality.table.ColumnProfile.TopValue;
import io.qilin.data.table.TableBatch;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TableProfileTest {
  private static TableBatch table(long seed, int rows) {
    Random random = new Random(seed);
    String[] codes = new String[rows];
    String[] days = new String[rows];
    String[] boards = new String[rows];
    double[] prices = new double[rows];
    for (int row = 0; row < rows; row++) {
      codes[row] = String.format(java.util.Locale.ROOT, "60%04d.SH", row / 5);
      days[row] = "2024-01-0" + (1 + row % 5);
      boards[row] = random.nextInt(10) == 0 ? null : random.nextBoolean() ? "MAIN" : "STAR";
      prices[row] = random.nextInt(30) == 0 ? Double.NaN : Math.exp(random.nextGaussian());
    }
    return Tables.table()
        .texts("code", codes)
        .days("day", days)
        .texts("board", boards)
        .numbers("price", prices)
        .batch();
  }

  @Test
  void whenATableIsProfiled_thenFiguresAreRight() {
    TableProfiler profiler =
        new TableProfiler(Tables.table().numbers("n", 1).texts("t", "a").batch().schema());
    profiler.add(Tables.table()
        .numbers("n", 1, 2, 3, 4, Double.NaN, Double.POSITIVE_INFINITY)
        .texts("t", "a", "b", "a", null, "c", "a")
        .batch());
    ColumnProfile n = profiler.profile().columns().get(0);
    assertThat(n.missing()).isEqualTo(1);
    assertThat(n.notFinite()).isEqualTo(1);
    assertThat(n.distinct()).isEqualTo(5);
    assertThat(n.distinctIsExact()).isTrue();
    assertThat(List.of(n.min(), n.max(), n.mean())).containsExactly(1.0, 4.0, 2.5);
    assertThat(n.deviation()).isEqualTo(Math.sqrt(5.0 / 3));
    assertThat(n.guess()).isEqualTo(Guess.WHOLE_NUMBERS);
    ColumnProfile t = profiler.profile().columns().get(1);
    assertThat(t.top().get(0)).isEqualTo(new TopValue("a", 3));
    assertThat(t.guess()).isEqualTo(Guess.CATEGORIES);
    assertThat(profiler.profile().toString()).contains("categories", "a (3)");
  }

  @Test
  void whenValuesAreMany_thenSketchesAreNear() {
    TableBatch batch = table(5, 30_000);
    TableProfiler profiler = new TableProfiler(batch.schema());
    profiler.add(batch);
    ColumnProfile price = profiler.profile().columns().get(3);
    double[] sorted = java.util.stream.IntStream.range(0, 30_000)
        .mapToDouble(i -> ((io.qilin.data.table.DoubleColumn) batch.columns().get(3)).value(i))
        .filter(value -> !Double.isNaN(value))
        .sorted()
        .toArray();
    assertThat(price.distinctIsExact()).isFalse();
    assertThat(price.distinct()).isCloseTo(sorted.length, within(0.03 * sorted.length));
    for (int i = 0; i < ColumnProfile.SHARES.size(); i++) {
      double exact = sorted[(int) Math.ceil(ColumnProfile.SHARES.get(i) * sorted.length) - 1];
      assertThat(price.quantiles().get(i)).isCloseTo(exact, within(0.004 * exact));
    }
  }

  @Property(tries = 20)
  void whenPartsMerge_thenTheProfileIsThatOfTheWhole(@ForAll long seed) {
    TableBatch batch = table(seed, 200 + (int) Math.floorMod(seed, 9000L));
    int cut = (int) Math.floorMod(seed >> 20, 200L);
    TableProfiler whole = new TableProfiler(batch.schema());
    whole.add(batch);
    TableProfiler one = new TableProfiler(batch.schema());
    TableProfiler other = new TableProfiler(batch.schema());
    one.add(Tables.slice(batch, cut, batch.columns().get(0).rows()));
    other.add(Tables.slice(batch, 0, cut));
    one.merge(other);
    assertThat(one.profile()).isEqualTo(whole.profile());
  }

  @Test
  void whenRulesAreSuggested_thenTheyHoldOnTheTable() {
    TableBatch batch = table(7, 1000);
    TableProfiler profiler = new TableProfiler(batch.schema());
    profiler.add(batch);
    List<RuleSuggestion> suggestions = RuleSuggestion.of(
        profiler.profile(),
        rules -> TableJudge.of(rules, JudgeOptions.builder().build(), Tables.CLOCK)
            .judge("t", List.of(batch)));
    assertThat(suggestions).allMatch(suggestion -> suggestion.support() >= 0.95);
    assertThat(suggestions)
        .extracting(suggestion -> suggestion.rule().check())
        .contains(
            new TableCheck.Unique(List.of("code", "day")),
            new TableCheck.OneOf("board", java.util.Set.of("MAIN", "STAR")),
            new TableCheck.Complete("code", 1))
        .noneMatch(check ->
            check instanceof TableCheck.Complete complete && complete.column().equals("board"));
  }
}
