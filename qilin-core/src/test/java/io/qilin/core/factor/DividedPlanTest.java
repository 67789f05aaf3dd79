package io.qilin.core.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.market.Panel;
import io.qilin.api.progress.Cancellation;
import io.qilin.core.expression.RandomExpression;
import io.qilin.testkit.Panels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans that are computed in parts of their expressions. */
class DividedPlanTest {
  private final Panel panel = Panels.random(23, 70, 0.1, 4);

  private static FactorSet many(boolean crossSectional) {
    SplittableRandom random = new SplittableRandom(11);
    List<Factor> factors = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      factors.add(new Factor(
          "f" + i,
          crossSectional && i % 3 == 0
              ? RandomExpression.crossSectional(random, 2)
              : RandomExpression.number(random, 3)));
    }
    return new FactorSet("many", factors);
  }

  private static FactorPlan plan(FactorEngine engine, FactorSet set) {
    FactorPlan plan = engine.plan(set);
    assertThat(plan.parts()).hasSizeGreaterThan(2);
    return plan;
  }

  private static void same(FactorTable one, FactorTable other) {
    assertThat(one.names()).isEqualTo(other.names());
    assertThat(one.days()).isEqualTo(other.days());
    for (int factor = 0; factor < one.names().size(); factor++) {
      for (int instrument = 0; instrument < one.symbols().size(); instrument++) {
        for (int day = 0; day < one.days().size(); day++) {
          assertThat(Double.doubleToLongBits(one.value(factor, instrument, day)))
              .as("%s of %d on day %d", one.names().get(factor), instrument, day)
              .isEqualTo(Double.doubleToLongBits(other.value(factor, instrument, day)));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whenItIsComputedInParts_thenTheBitsAreThoseOfEachFactorAlone(boolean crossSectional) {
    FactorSet set = many(crossSectional);

    FactorTable table = plan(FactorEngine.DEFAULT, set).compute(panel);

    for (int i = 0; i < set.factors().size(); i += 7) {
      FactorTable alone =
          FactorEngine.DEFAULT.compute(panel, FactorSet.of("one", set.factors().get(i)));
      for (int instrument = 0; instrument < panel.symbols().size(); instrument++) {
        for (int day = 0; day < panel.days().size(); day++) {
          assertThat(Double.doubleToLongBits(table.value(i, instrument, day)))
              .as("%s of %d on day %d", set.factors().get(i), instrument, day)
              .isEqualTo(Double.doubleToLongBits(alone.value(0, instrument, day)));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whenThreadsTakePartsOrSomeDaysAreAskedFor_thenTheBitsAreTheSame(boolean crossSectional) {
    FactorSet set = many(crossSectional);
    FactorTable table = plan(FactorEngine.DEFAULT, set).compute(panel);
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      FactorPlan parallel = plan(FactorEngine.builder().executor(threads).build(), set);

      same(parallel.compute(panel), table);
      FactorTable late =
          parallel.compute(panel, panel.days().get(51), panel.days().get(60));
      for (int factor = 0; factor < table.names().size(); factor++) {
        for (int day = 0; day < 10; day++) {
          assertThat(Double.doubleToLongBits(late.value(factor, 5, day)))
              .isEqualTo(Double.doubleToLongBits(table.value(factor, 5, 51 + day)));
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whenProgressIsHeard_thenItRisesToAll() {
    List<Long> heard = Collections.synchronizedList(new ArrayList<>());
    long all = (long) panel.symbols().size() * panel.days().size();
    FactorEngine engine = FactorEngine.builder()
        .progress((done, total) -> {
          assertThat(total).isEqualTo(all);
          heard.add(done);
        })
        .build();

    plan(engine, many(true)).compute(panel);

    assertThat(heard).isSorted().hasSizeGreaterThan(3).endsWith(all);
  }

  @Test
  void whenItIsCancelledInOnePart_thenTheOthersAreNotComputed() {
    Cancellation cancellation = new Cancellation();
    List<Long> heard = new ArrayList<>();
    FactorEngine engine = FactorEngine.builder()
        .cancellation(cancellation)
        .progress((done, total) -> {
          heard.add(done);
          cancellation.cancel();
        })
        .build();
    FactorPlan plan = plan(engine, many(true));

    assertThatThrownBy(() -> plan.compute(panel))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(heard).hasSize(1);
  }

  @Test
  void whenAPlanIsDivided_thenItSaysSo() {
    assertThat(plan(FactorEngine.DEFAULT, many(false)).explain())
        .containsPattern("computed in \\d+ parts");
    assertThat(FactorEngine.DEFAULT.plan(Alpha158.factors()).parts()).hasSize(1);
  }
}
