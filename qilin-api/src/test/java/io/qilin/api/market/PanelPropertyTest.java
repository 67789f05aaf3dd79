package io.qilin.api.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PanelPropertyTest {
  private static final int DAYS = 12;

  /** A plain table that the panel must agree with: NaN outside each instrument's span. */
  private static double[][] table(int instruments, Random random) {
    double[][] table = new double[instruments][DAYS];
    for (double[] row : table) {
      int from = random.nextInt(DAYS);
      int to = from + 1 + random.nextInt(DAYS - from);
      for (int d = 0; d < DAYS; d++) {
        row[d] = d < from || d >= to ? Double.NaN : random.nextInt(1000);
      }
    }
    return table;
  }

  private static List<LocalDate> days() {
    return IntStream.range(0, DAYS).mapToObj(LocalDate.of(2024, 1, 1)::plusDays).toList();
  }

  private static Panel panel(double[][] table) {
    Panel.Builder builder = Panel.builder(days(), Adjustment.RAW);
    for (int i = table.length - 1; i >= 0; i--) {
      int from = first(table[i]);
      int to = end(table[i]);
      builder.column(symbol(i), Field.CLOSE, from, Arrays.copyOfRange(table[i], from, to));
    }
    return builder.build();
  }

  private static Symbol symbol(int i) {
    return new Symbol(Integer.toString(600_000 + i), Exchange.SSE);
  }

  private static int first(double[] row) {
    return IntStream.range(0, DAYS)
        .filter(d -> !Double.isNaN(row[d]))
        .findFirst()
        .orElseThrow();
  }

  private static int end(double[] row) {
    return IntStream.range(0, DAYS).filter(d -> !Double.isNaN(row[d])).max().orElseThrow() + 1;
  }

  @Property(tries = 300)
  void whenBuilt_thenItAgreesWithAPlainTable(
      @ForAll @IntRange(min = 1, max = 6) int instruments, @ForAll long seed) {
    double[][] table = table(instruments, new Random(seed));
    Panel panel = panel(table);
    for (int i = 0; i < instruments; i++) {
      assertThat(panel.indexOf(symbol(i))).isEqualTo(i);
      assertThat(panel.firstRow(i)).isEqualTo(first(table[i]));
      assertThat(panel.endRow(i)).isEqualTo(end(table[i]));
      assertThat(panel.values(Field.CLOSE, i, 0, DAYS)).containsExactly(table[i]);
    }
  }

  @Property(tries = 300)
  void whenCutAtADay_thenItIsThePanelThatWasBuiltThatEvening(
      @ForAll @IntRange(min = 1, max = 6) int instruments,
      @ForAll @IntRange(max = DAYS - 1) int last,
      @ForAll long seed) {
    double[][] table = table(instruments, new Random(seed));
    Panel until = panel(table).until(days().get(last));
    int[] known =
        IntStream.range(0, instruments).filter(i -> first(table[i]) <= last).toArray();
    assertThat(until.symbols())
        .containsExactly(
            IntStream.of(known).mapToObj(PanelPropertyTest::symbol).toArray(Symbol[]::new));
    assertThat(until.lastDay()).isEqualTo(days().get(last));
    for (int k = 0; k < known.length; k++) {
      double[] row = table[known[k]];
      assertThat(until.firstRow(k)).isEqualTo(first(row));
      assertThat(until.endRow(k)).isEqualTo(Math.min(end(row), last + 1));
      assertThat(until.values(Field.CLOSE, k, 0, last + 1))
          .containsExactly(Arrays.copyOf(row, last + 1));
    }
  }
}
