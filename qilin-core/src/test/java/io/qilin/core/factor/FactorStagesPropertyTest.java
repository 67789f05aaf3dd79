package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.expression.RandomExpression;
import io.qilin.testkit.Panels;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Stages over partitions give the bits of the whole plan. */
class FactorStagesPropertyTest {
  private static final int DAYS = 60;

  @Property(tries = 80)
  void whenComputedOnPartitions_thenTheBitsAreThoseOfTheWholePlan(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 16) int instruments,
      @ForAll @IntRange(min = 1, max = 4) int partitions) {
    SplittableRandom random = new SplittableRandom(seed);
    Panel panel = MessyPanel.of(instruments, DAYS, seed);
    FactorPlan plan = plan(random);

    compare(plan, panel, partitions, random);
  }

  @Property(tries = 60)
  void whenOperandsReadANamedInstrument_thenTheBitsAreThoseOfTheWholePlan(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 9) int instruments) {
    SplittableRandom random = new SplittableRandom(seed);
    Panel panel = MessyPanel.of(instruments, DAYS, seed);
    Symbol named = panel.symbols().get(random.nextInt(instruments));
    String ratio = "$close/Mask($open, '" + named + "')";
    FactorPlan plan = plan(
        random,
        List.of(
            new Factor("place", "IdxMax(CSRank(" + ratio + "), 5)"),
            new Factor("slope", "Slope(CSDemean(CSRank(" + ratio + ")), 7) + Count($close, 0)"),
            new Factor("count", "Count(CSRank(Mask($close, '" + named + "')) > 0, 9)"),
            new Factor("line", "WMA(CSZScore(" + ratio + "), 6) * Mean($volume, 3)")));

    compare(plan, panel, 3, random);
  }

  /** As many days before as the plans need together. */
  @Property(tries = 60)
  void whenPartitionsBeginLater_thenTheBitsAreThoseOfTheWholeHistory(
      @ForAll long seed, @ForAll @IntRange(max = DAYS - 1) int from) {
    SplittableRandom random = new SplittableRandom(seed);
    Panel panel = MessyPanel.of(8, DAYS, seed);
    FactorPlan plan = plan(random);
    OptionalInt warmUp = warmUp(plan.stages());
    Assume.that(warmUp.isPresent());
    Panel late = from(panel, Math.max(0, from - warmUp.orElseThrow()));

    FactorTable whole = plan.compute(panel);
    Map<String, Map<Symbol, double[]>> staged =
        new StagedRun(late, 2, random).factors(plan.stages(panel.fields()));

    for (int i = 0; i < late.symbols().size(); i++) {
      Symbol symbol = late.symbols().get(i);
      for (int f = 0; f < plan.names().size(); f++) {
        double[] rows = staged.get(plan.names().get(f)).get(symbol);
        for (int row = 0; row < rows.length; row++) {
          LocalDate day = late.days().get(late.firstRow(i) + row);
          int at = panel.indexOf(day);
          if (at >= from) {
            assertThat(Double.doubleToLongBits(rows[row]))
                .as("%s of %s on %s; %s", plan.names().get(f), symbol, day, plan.stages())
                .isEqualTo(Double.doubleToLongBits(whole.value(f, panel.indexOf(symbol), at)));
          }
        }
      }
    }
  }

  private static OptionalInt warmUp(FactorStages stages) {
    int rows = 0;
    for (FactorStage stage : stages.stages()) {
      OptionalInt own =
          stage.<OptionalInt>fold(series -> series.plan().warmUpRows(), cross -> OptionalInt.of(0));
      if (own.isEmpty()) {
        return own;
      }
      rows += own.getAsInt();
    }
    return OptionalInt.of(rows);
  }

  /** The panel without the days before one. */
  private static Panel from(Panel panel, int day) {
    Panel.Builder builder =
        Panel.builder(panel.days().subList(day, panel.days().size()), panel.adjustment());
    for (int i = 0; i < panel.symbols().size(); i++) {
      int first = Math.max(day, panel.firstRow(i));
      if (first < panel.endRow(i)) {
        for (Field field : panel.fields()) {
          builder.column(
              panel.symbols().get(i),
              field,
              first - day,
              panel.values(field, i, first, panel.endRow(i)));
        }
      }
    }
    return builder.build();
  }

  @Test
  void whenAlpha101_thenTheBitsAreThoseOfTheWholePlan() {
    Panel panel = withGroups(Panels.random(23, 150, 11));
    FactorPlan plan = FactorEngine.DEFAULT.plan(Alpha101.factors());

    assertThat(compare(plan, panel, 5, new SplittableRandom(5))).isGreaterThan(100_000);
  }

  private static FactorPlan plan(SplittableRandom random) {
    List<Factor> factors = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      factors.add(new Factor("cross" + i, RandomExpression.crossSectional(random, 3)));
    }
    String shared = RandomExpression.crossSectional(random, 2);
    factors.add(new Factor("twice", shared + "-CSRank(Mean(" + shared + ",4))"));
    factors.add(new Factor("alone", RandomExpression.number(random, 3)));
    return plan(random, factors);
  }

  private static FactorPlan plan(SplittableRandom random, List<Factor> factors) {
    NumericMode mode = random.nextBoolean() ? NumericMode.QLIB_EXACT : NumericMode.CORRECTED;
    return FactorEngine.builder().mode(mode).build().plan(new FactorSet("random", factors));
  }

  /** Counts the known values. */
  private static long compare(FactorPlan plan, Panel panel, int parts, SplittableRandom random) {
    FactorTable whole = plan.compute(panel);
    Map<String, Map<Symbol, double[]>> staged =
        new StagedRun(panel, parts, random).factors(plan.stages(panel.fields()));
    long known = 0;
    assertThat(staged.keySet()).containsExactlyElementsOf(plan.names());
    for (int f = 0; f < plan.names().size(); f++) {
      for (int i = 0; i < panel.symbols().size(); i++) {
        double[] rows = staged.get(plan.names().get(f)).get(panel.symbols().get(i));
        for (int row = 0; row < rows.length; row++) {
          double expected = whole.value(f, i, panel.firstRow(i) + row);
          known += Double.isNaN(expected) ? 0 : 1;
          if (Double.doubleToLongBits(rows[row]) != Double.doubleToLongBits(expected)) {
            assertThat(rows[row])
                .as("%s of %s, row %s; %s", plan.names().get(f), i, row, plan.stages())
                .isEqualTo(expected);
          }
        }
      }
    }
    return known;
  }

  private static Panel withGroups(Panel panel) {
    Panel.Builder builder = Panel.builder(panel.days(), Adjustment.RAW);
    for (int i = 0; i < panel.symbols().size(); i++) {
      Symbol symbol = panel.symbols().get(i);
      int first = panel.firstRow(i);
      for (Field field : panel.fields()) {
        builder.column(symbol, field, first, panel.values(field, i));
      }
      double[] close = panel.values(Field.CLOSE, i);
      double[] cap = new double[close.length];
      for (int row = 0; row < cap.length; row++) {
        cap[row] = close[row] * (1e8 + i * 1e7);
      }
      builder.column(symbol, Field.of("cap"), first, cap);
      int groups = 2;
      for (String level : List.of("sector", "industry", "subindustry")) {
        double[] group = new double[close.length];
        Arrays.fill(group, i % groups++);
        builder.column(symbol, Field.of(level), first, group);
      }
    }
    return builder.build();
  }
}
