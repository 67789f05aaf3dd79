package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorBlock;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.core.expression.RandomExpression;
import io.qilin.testkit.Panels;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactorPlanTest {
  private static final FactorSet SET = FactorSet.of(
      "two", new Factor("mean", "Mean($close,5)"), new Factor("rank", "CSRank($open)"));

  private final Panel panel = Panels.random(9, 40, 1);

  @Test
  void whenBlocksArePulled_thenTheyHoldWhatTheTableHolds() {
    Panel panel = Panels.random(7, 50, 3);
    FactorPlan plan = FactorEngine.DEFAULT.plan(
        FactorSet.of("set", new Factor("a", "CSRank(Mean($close,5))"), new Factor("b", "$open")));
    FactorTable table = plan.compute(panel);
    LocalDate from = panel.days().get(11);
    long most = 7 * (plan.stateBytes() + 3 * 2 * 8L);
    int day = 11;
    int count = 0;

    try (FactorBlocks blocks = plan.blocks(panel, from, panel.lastDay(), most)) {
      for (; blocks.next(); count++) {
        for (int d = 0; d < blocks.block().days().size(); d++, day++) {
          assertThat(blocks.block().days().get(d)).isEqualTo(panel.days().get(day));
          for (int i = 0; i < 7; i++) {
            assertThat(blocks.block().value(0, i, d))
                .isEqualTo(Double.valueOf(table.value(0, i, day)));
            assertThat(blocks.block().value(1, i, d))
                .isEqualTo(Double.valueOf(table.value(1, i, day)));
          }
        }
      }
      assertThat(blocks.next()).isFalse();
    }

    assertThat(day).isEqualTo(50);
    assertThat(count).isGreaterThan(5);
  }

  @Test
  void whenBlocksAreClosed_thenThereIsNoNextOne() {
    FactorBlocks blocks =
        FactorEngine.DEFAULT.plan(SET).blocks(panel, panel.days().get(0), panel.lastDay(), 1 << 20);
    blocks.close();

    assertThatThrownBy(blocks::next)
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  void whenPanelsOfEverySizeAreComputed_thenFewProgramsAreKept() {
    FactorPlan plan =
        FactorEngine.DEFAULT.plan(FactorSet.of("set", new Factor("a", "Mean($close,5)")));

    for (int instruments = 1; instruments <= 40; instruments++) {
      plan.compute(Panels.random(instruments, 10, 3));
    }

    assertThat(plan.keptShapes()).isBetween(1, 8);
  }

  @Test
  void whenAPanelWasComputed_thenThePlanDoesNotHoldIt() {
    FactorPlan plan =
        FactorEngine.DEFAULT.plan(FactorSet.of("set", new Factor("a", "Mean($close,5)")));

    WeakReference<Panel> computed = computed(plan);
    for (int i = 0; i < 100 && computed.get() != null; i++) {
      System.gc();
    }

    assertThat(computed.get()).isNull();
    assertThat(plan.keptShapes()).isEqualTo(1);
  }

  private static WeakReference<Panel> computed(FactorPlan plan) {
    Panel panel = Panels.random(5, 10, 3);
    plan.compute(panel);
    return new WeakReference<>(panel);
  }

  @Test
  void whenMade_thenItSaysWhatItComputesAndReads() {
    FactorPlan plan = plan("Mask($high,'SH600001')-$low", "Std($low,3)");

    assertThat(plan.names()).containsExactly("f0", "f1");
    assertThat(plan.fields()).containsExactlyInAnyOrder(Field.HIGH, Field.LOW);
    assertThat(plan.instruments()).containsExactly(Symbol.parse("600001.SH"));
    assertThat(plan.stateBytes()).isPositive();
    assertThat(plan.explain())
        .contains(
            "2 expressions with 5 fields and operators as written; 4 distinct calculations",
            "warm-up: ",
            "KiB an instrument",
            "estimated cost: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "$close; 0",
        "Mean($close,20); 19",
        "Ref($close,3); 3",
        "Mean(Ref($close,3),20); 22",
        "Max(Mean($close,5),10)+Ref($open,2); 13",
        "CSRank(Delta($close,7)); 7",
        "Corr($close,Mean($volume,4),10); 12"
      })
  void whenWindowsEnd_thenWarmUpIsTheirSumAndEnough(String text, int rows) {
    FactorPlan plan = plan(text);
    assertThat(plan.warmUpRows()).hasValue(rows);

    FactorTable whole = plan.compute(panel);
    LocalDate from = panel.days().get(30);
    FactorTable part = plan.compute(panel, from, panel.lastDay());
    for (int day = 30; day < 40; day++) {
      assertThat(part.crossSection(0, day - 30)).isEqualTo(whole.crossSection(0, day));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EMA($close,3)", "Mean($close,0)", "Ref($close,0)", "Slope($close,5)"})
  void whenAllRowsAreRead_thenThereIsNoWarmUp(String text) {
    assertThat(plan("$open", text).warmUpRows()).isEmpty();
  }

  @Test
  void whenRegressionsAreCorrected_thenTheirWarmUpEnds() {
    FactorEngine corrected = FactorEngine.builder().mode(NumericMode.CORRECTED).build();

    assertThat(corrected
            .plan(FactorSet.of("s", new Factor("s", "Slope($close,5)")))
            .warmUpRows())
        .hasValue(4);
  }

  @Test
  void whenInstrumentsAreCompared_thenThePlanSaysSo() {
    assertThat(plan("Mean($close,5)", "Mean(CSRank($close),2)").isCrossSectional())
        .isTrue();
    assertThat(plan("Mean($close,5)", "Rank($close,2)").isCrossSectional()).isFalse();
  }

  @Test
  void whenThereIsMoreToDo_thenTheEstimateIsHigher() {
    double one = plan("Mean($close,5)").estimatedNanos();

    assertThat(one).isPositive();
    assertThat(plan("Mean($close,5)", "Std(Log($open),20)").estimatedNanos()).isGreaterThan(one);
    assertThat(plan("Mean($close,5)", "Mean($close,5)").estimatedNanos()).isEqualTo(one);
  }

  @Test
  void whenTheBlockIsOfOtherNamesOrInstruments_thenRefused() {
    FactorPlan plan = FactorEngine.DEFAULT.plan(SET);
    FactorBlock names = FactorBlock.of(List.of("mean", "other"), panel.symbols(), 40);
    FactorBlock symbols = FactorBlock.of(plan.names(), panel.symbols().subList(0, 8), 40);
    FactorBlock small = FactorBlock.of(plan.names(), panel.symbols(), 39);

    assertRefused(ErrorCode.INVALID_ARGUMENT, () -> plan.compute(panel, names))
        .hasMessageContaining("other factors or instruments");
    assertRefused(ErrorCode.INVALID_ARGUMENT, () -> plan.compute(panel, symbols))
        .hasMessageContaining("other factors or instruments");
    assertRefused(ErrorCode.INVALID_ARGUMENT, () -> plan.compute(panel, small))
        .hasMessageContaining("holds 39 days, not the 40");
  }

  @Test
  void whenABlockIsUsedAgain_thenItHoldsWhatATableWould() {
    FactorPlan plan = FactorEngine.DEFAULT.plan(SET);
    FactorBlock block = FactorBlock.of(plan.names(), panel.symbols(), 50);
    for (Panel each : List.of(Panels.random(9, 50, 2), panel)) {
      plan.compute(each, block);

      FactorTable table = plan.compute(each);
      double[] row = new double[9];
      assertThat(block.days()).isEqualTo(each.days());
      for (int day = 0; day < each.days().size(); day++) {
        for (int factor = 0; factor < 2; factor++) {
          block.crossSection(factor, day, row);
          assertThat(row).isEqualTo(table.crossSection(factor, day));
        }
      }
    }
  }

  @Test
  void whenOneDayDoesNotFit_thenRefusedWithFigures() {
    FactorPlan plan = FactorEngine.DEFAULT.plan(SET);
    long least = 9 * (plan.stateBytes() + 2 * 8);
    List<FactorBlock> seen = new ArrayList<>();

    assertRefused(
            ErrorCode.LIMIT_EXCEEDED,
            () -> plan.forEachBlock(
                panel, panel.days().get(0), panel.lastDay(), least - 1, seen::add))
        .hasMessageContaining("2 factors of 9 instruments")
        .hasMessageContaining("MiB");
    assertThat(seen).isEmpty();

    plan.forEachBlock(panel, panel.days().get(0), panel.lastDay(), least, seen::add);
    assertThat(seen)
        .hasSize(40)
        .allSatisfy(block -> assertThat(block.capacity()).isEqualTo(1));
  }

  @Test
  void whenItWouldCostMoreThanAllowed_thenRefusedWithFigures() {
    double nanos = FactorEngine.DEFAULT.plan(SET).estimatedNanos() * 9 * 40;
    FactorPlan less = costing((long) nanos - 1);
    FactorPlan enough = costing((long) nanos + 1);

    assertRefused(ErrorCode.LIMIT_EXCEEDED, () -> less.compute(panel))
        .hasMessageContaining("9 instruments × 40 days")
        .hasMessageContaining("the limit is");
    assertThat(less.compute(panel, panel.lastDay(), panel.lastDay()).days()).hasSize(1);
    assertThat(enough.compute(panel).days()).hasSize(40);

    LocalDate first = panel.days().get(0);
    assertRefused(
            ErrorCode.LIMIT_EXCEEDED,
            () -> less.forEachBlock(panel, first, panel.lastDay(), 1 << 20, block -> {}))
        .hasMessageContaining("9 instruments × 40 days");
    assertRefused(
            ErrorCode.INVALID_ARGUMENT,
            () -> enough.forEachBlock(panel, first, panel.lastDay(), Long.MIN_VALUE, block -> {}))
        .hasMessageContaining("maxBytes");
  }

  private static FactorPlan costing(long nanos) {
    return FactorEngine.builder().maxCost(Duration.ofNanos(nanos)).build().plan(SET);
  }

  @Test
  void whenAResultCannotFitIntoMemory_thenRefusedWithFigures() {
    MemoryEstimate huge = MemoryEstimate.ofTable(1_000_000, 5_000, 5_000);

    assertThat(huge.bytes()).isEqualTo(200_000_000_000_000L);
    assertRefused(ErrorCode.RESOURCE_EXHAUSTED, huge::check)
        .hasMessageContaining("1000000 factors × 5000 instruments × 5000 days")
        .hasMessageContaining("forEachBlock");
    MemoryEstimate.ofTable(158, 10, 100).check();
  }

  @Test
  void whenFourThreadsShareAPlan_thenEachGetsTheSameBits() throws Exception {
    SplittableRandom random = new SplittableRandom(4);
    List<Factor> factors = new ArrayList<>(SET.factors());
    for (int i = 0; i < 20; i++) {
      factors.add(new Factor("f" + i, RandomExpression.number(random, 2)));
    }
    FactorPlan plan = FactorEngine.DEFAULT.plan(new FactorSet("shared", factors));
    Panel other = Panels.random(17, 40, 2);
    FactorTable expected = FactorEngine.DEFAULT.compute(panel, new FactorSet("shared", factors));
    FactorTable expectedOther =
        FactorEngine.DEFAULT.compute(other, new FactorSet("shared", factors));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<FactorTable>> results = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Panel each = i % 2 == 0 ? panel : other;
        results.add(threads.submit(() -> plan.compute(each)));
      }
      for (int i = 0; i < results.size(); i++) {
        assertSameBits(results.get(i).get(), i % 2 == 0 ? expected : expectedOther);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whenAThousandRandomExpressions_thenAllAreCompiledAndComputed() {
    SplittableRandom random = new SplittableRandom(6);
    List<Factor> factors = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      String text = i % 4 == 0
          ? RandomExpression.crossSectional(random, 2)
          : RandomExpression.number(random, 1 + random.nextInt(4));
      factors.add(new Factor("f" + i, text));
    }
    FactorPlan plan = FactorEngine.DEFAULT.plan(new FactorSet("many", factors));

    FactorTable table = plan.compute(panel);

    assertThat(table.names()).hasSize(1_000);
    long known = 0;
    for (int factor = 0; factor < 1_000; factor++) {
      for (double value : table.crossSection(factor, 39)) {
        known += Double.isNaN(value) ? 0 : 1;
      }
    }
    assertThat(known).isGreaterThan(4_000);
    assertThat(plan.estimatedNanos()).isPositive();
  }

  private static void assertSameBits(FactorTable got, FactorTable expected) {
    for (int factor = 0; factor < expected.names().size(); factor++) {
      for (int day = 0; day < expected.days().size(); day++) {
        assertThat(got.crossSection(factor, day)).isEqualTo(expected.crossSection(factor, day));
      }
    }
  }

  private static FactorPlan plan(String... texts) {
    List<Factor> factors = new ArrayList<>();
    for (String text : texts) {
      factors.add(new Factor("f" + factors.size(), text));
    }
    return FactorEngine.DEFAULT.plan(new FactorSet("plan", factors));
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(
      ErrorCode code, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
