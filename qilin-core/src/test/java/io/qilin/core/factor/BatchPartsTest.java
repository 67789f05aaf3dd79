package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorBlock;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.testkit.Panels;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchPartsTest {
  private static final OptionalInt QUARTER = OptionalInt.of(60);

  @Test
  void whenOneThreadWorks_thenNoDaysAreComputedTwice() {
    assertThat(BatchParts.of(700, 1024, QUARTER, 1)).isEqualTo(new BatchParts(512, 1));
  }

  @Test
  void whenTheHistoryIsLong_thenThreadsShareTheDays() {
    assertThat(BatchParts.of(512, 1024, QUARTER, 2)).isEqualTo(new BatchParts(512, 2));
  }

  @Test
  void whenTheHistoryIsHardlyLongerThanTheWindows_thenThreadsShareTheInstruments() {
    assertThat(BatchParts.of(512, 80, QUARTER, 2)).isEqualTo(new BatchParts(256, 1));
  }

  @Test
  void whenThereAreManyInstruments_thenEachThreadHasWholeRowsOfThem() {
    assertThat(BatchParts.of(4096, 256, QUARTER, 2)).isEqualTo(new BatchParts(512, 1));
  }

  @Test
  void whenAWindowHasNoEnd_thenTheDaysStayTogether() {
    assertThat(BatchParts.of(512, 1024, OptionalInt.empty(), 2)).isEqualTo(new BatchParts(256, 1));
  }

  @Property
  void whenDaysAreDivided_thenEachIsInOnePart(
      @ForAll @IntRange(max = 50) int from,
      @ForAll @IntRange(min = 1, max = 300) int days,
      @ForAll @IntRange(min = 1, max = 9) int spans) {
    BatchParts parts = new BatchParts(1, spans);

    assertThat(parts.first(0, from, from + days)).isEqualTo(from);
    assertThat(parts.first(spans, from, from + days)).isEqualTo(from + days);
    for (int span = 0; span < spans; span++) {
      assertThat(parts.first(span, from, from + days))
          .isLessThanOrEqualTo(parts.first(span + 1, from, from + days));
    }
  }

  @Property(tries = 60)
  void whenThePanelIsDivided_thenTheBitsAreTheSame(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 11) int width,
      @ForAll @IntRange(min = 1, max = 5) int spans) {
    Panel panel = Panels.random(11, 90, 0.1, seed);
    FactorSet set = new FactorSet(
        "divided",
        List.of(
            new Factor("std", "Std($close, 10)/$close"),
            new Factor("rank", "Rank($volume, 7)"),
            new Factor("corr", "Corr($close, Ref($volume, 3), 12)"),
            new Factor("quantile", "Quantile($low, 5, 0.8) - Mean(Delta($high, 2), 20)")));
    FactorPlan plan = FactorEngine.DEFAULT.plan(set);
    FactorTable whole = plan.compute(panel);

    FactorBlock block = FactorBlock.of(set.names(), panel.symbols(), 60);
    block.begin(panel.days().subList(30, 90));
    new BatchRun(plan, panel, 30, 90).run(block::write, new BatchParts(width, spans));
    block.end();

    for (int factor = 0; factor < set.factors().size(); factor++) {
      for (int day = 30; day < 90; day++) {
        for (int instrument = 0; instrument < 11; instrument++) {
          assertThat(Double.doubleToRawLongBits(block.value(factor, instrument, day - 30)))
              .as("%s of %d on day %d", set.names().get(factor), instrument, day)
              .isEqualTo(Double.doubleToRawLongBits(whole.value(factor, instrument, day)));
        }
      }
    }
  }
}
