package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorBlock;
import io.qilin.api.factor.FactorOperator;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.core.expression.ExpressionLimits;
import io.qilin.core.expression.FactorOperators;
import io.qilin.core.expression.Range;
import io.qilin.testkit.Panels;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What fails says so with its code, and leaves nothing half done that could be read. */
class FailedComputationTest {
  private static final Panel PANEL = Panels.random(9, 40, 3);

  @Test
  void whenBlocksFail_thenThereIsNoGoingOnAndNothingToRead() {
    AtomicInteger calls = new AtomicInteger();
    FactorOperator once = new Range() {
      @Override
      public double value(double[][] windows, int length, double[] parameters) {
        if (calls.incrementAndGet() == 200) {
          throw QilinException.invalid("the two hundredth");
        }
        return super.value(windows, length, parameters);
      }
    };
    FactorPlan plan = engine(once)
        .plan(set("EMA($close,5)", "Range(Mean($close,0),$close,2,0)", "CSRank($close)"));
    long memory = 9 * plan.stateBytes(8) + 9 * 3 * 8 * 8;

    try (FactorBlocks blocks = plan.blocks(PANEL, PANEL.days().get(0), PANEL.lastDay(), memory)) {
      assertRefused(ErrorCode.PROVIDER, () -> {
            while (blocks.next()) {
              assertThat(blocks.block().days()).isNotEmpty();
            }
          })
          .hasMessageContaining("the two hundredth");
      assertThat(blocks.block().days()).isEmpty();
      assertRefused(ErrorCode.CONFLICT, blocks::next)
          .hasMessageContaining("ask the plan for others");
    }
  }

  @Test
  void whenATableFails_thenTheBlockCannotBeReadAndBecomesNoTable() {
    FactorOperator failing = new Range() {
      @Override
      public double value(double[][] windows, int length, double[] parameters) {
        throw new StackOverflowError("too deep");
      }
    };
    FactorPlan plan = engine(failing).plan(set("$close", "Range($close,$close,2,0)"));
    FactorBlock block = FactorBlock.of(plan.names(), PANEL.symbols(), 40);

    assertRefused(ErrorCode.PROVIDER, () -> plan.compute(PANEL, block))
        .hasMessageContaining("too deep");

    assertThat(block.days()).isEmpty();
    assertRefused(ErrorCode.INVALID_ARGUMENT, () -> FactorTable.take(block))
        .hasMessageContaining("0 of 40 days");
  }

  @Test
  void whenAnOperatorWritesIntoWhatItIsGiven_thenOnlyItsOwnCallSeesIt() {
    FactorOperator careless = new Range() {
      @Override
      public double value(double[][] windows, int length, double[] parameters) {
        double value = super.value(windows, length, parameters) * parameters[0];
        Arrays.fill(windows[0], 1e9);
        windows[1] = new double[0];
        parameters[0] = -1;
        return value;
      }
    };
    String text = "Range($close,$open,3,0)";

    FactorTable actual = engine(careless).compute(PANEL, set(text));
    FactorTable expected = engine(new Range()).compute(PANEL, set(text));

    double[] tripled = Arrays.stream(column(expected)).map(value -> 3 * value).toArray();
    assertThat(column(actual)).isEqualTo(tripled);
    assertThat(tripled[39]).isNotNaN();
  }

  private static double[] column(FactorTable table) {
    double[] values = new double[40];
    Arrays.setAll(values, day -> table.value(0, 4, day));
    return values;
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -1, Double.POSITIVE_INFINITY})
  void whenAnOperatorCostsNothingSensible_thenRefused(double nanos) {
    FactorOperator odd = new Range() {
      @Override
      public double cost(double[] parameters) {
        return nanos;
      }
    };

    assertThatThrownBy(() -> engine(odd).plan(set("Range($close,$close,2,0)")))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("declares a cost of " + nanos);
  }

  @Test
  void whenAllHistoryIsNeeded_thenItsCostCounts() {
    FactorSet set = set("EMA(Med($close,20),5)");
    double day = FactorEngine.DEFAULT.plan(set).estimatedNanos() * 9;
    FactorEngine engine =
        FactorEngine.builder().maxCost(Duration.ofNanos((long) (20 * day))).build();

    assertRefused(
            ErrorCode.LIMIT_EXCEEDED,
            () -> engine.plan(set).compute(PANEL, PANEL.lastDay(), PANEL.lastDay()))
        .hasMessageContaining("9 instruments × 40 days");
    assertThat(engine.compute(PANEL.until(PANEL.days().get(15)), set).days()).hasSize(16);
    FactorEngine.builder().maxCost(Duration.ofSeconds(Long.MAX_VALUE)).build().compute(PANEL, set);
  }

  /** Such windows are gone through for each value: a thousand days cost a hundred times what a hundred do. */
  @Test
  void whenEachValueGoesThroughAllRows_thenTheCostGrowsWithThem() {
    FactorSet set = set("Mad($close,0)");
    double nanos = FactorEngine.DEFAULT.plan(set).estimatedNanos() * 9;
    FactorEngine engine = FactorEngine.builder()
        .maxCost(Duration.ofNanos((long) (nanos * 40 * 1.1)))
        .build();

    assertRefused(ErrorCode.LIMIT_EXCEEDED, () -> engine.compute(PANEL, set));
  }

  @Test
  void whenNoInstrumentIsLeft_thenTheResultHasTheDaysAndNoValue() {
    Panel none = PANEL.only(symbol -> false);
    for (String text : List.of("Mean($close,5)", "CSRank($close)+EMA($close,0)")) {
      FactorPlan plan = FactorEngine.DEFAULT.plan(set(text));

      assertThat(plan.compute(none).days()).isEqualTo(PANEL.days());
      assertThat(plan.compute(none).crossSection(0, 39)).isEmpty();
      AtomicInteger days = new AtomicInteger();
      plan.forEachBlock(
          none,
          PANEL.days().get(3),
          PANEL.lastDay(),
          1 << 20,
          block -> days.addAndGet(block.days().size()));
      assertThat(days).hasValue(37);
    }
  }

  @Test
  void whenBlocksMayBeOfAnySize_thenTheHeapIsTheLimit() {
    FactorPlan plan = FactorEngine.DEFAULT.plan(set("$close"));

    plan.forEachBlock(
        PANEL,
        PANEL.days().get(0),
        PANEL.lastDay(),
        Long.MAX_VALUE,
        block -> assertThat(block.days()).hasSize(40));
    assertRefused(
        ErrorCode.RESOURCE_EXHAUSTED,
        () -> MemoryEstimate.ofState(Long.MAX_VALUE / 1000, 512).check());
  }

  @Test
  void whenAChainIsAsLongAsAllowed_thenAThreadWithASmallStackComputesIt() throws Exception {
    FactorSet chain = set("$close" + "+$close".repeat(510));
    FactorTable[] made = new FactorTable[1];
    Thread small = new Thread(
        null, () -> made[0] = FactorEngine.DEFAULT.compute(PANEL, chain), "small", 160 << 10);
    small.start();
    small.join();

    assertThat(made[0].value(0, 0, 0))
        .isEqualTo(FactorEngine.DEFAULT.compute(PANEL, chain).value(0, 0, 0));
    FactorEngine far = FactorEngine.builder()
        .limits(new ExpressionLimits(1_000_000, 128, 65_536, 2520))
        .build();
    assertThat(far.plan(set("$close" + "+$close".repeat(3_000))).explain()).contains("$close");
  }

  private static FactorEngine engine(FactorOperator operator) {
    return FactorEngine.builder()
        .operators(FactorOperators.of(List.of(operator)))
        .build();
  }

  private static FactorSet set(String... texts) {
    Factor[] factors = new Factor[texts.length];
    Arrays.setAll(factors, i -> new Factor("f" + i, texts[i]));
    return FactorSet.of("s", factors);
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(
      ErrorCode code, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
