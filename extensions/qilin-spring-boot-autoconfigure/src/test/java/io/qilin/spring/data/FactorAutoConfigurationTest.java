package io.qilin.spring.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.factor.Factor;
import io.qilin.api.factor.FactorSet;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.MarketDataSource;
import io.qilin.core.factor.FactorEngine;
import io.qilin.spring.Contexts;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class FactorAutoConfigurationTest {
  private final ApplicationContextRunner runner = Contexts.runner();

  @Test
  void whenFactorsAreComputedOnQilinsThreads_thenTheyAreThoseOfTheCallersThread() {
    runner
        .withPropertyValues(
            "qilin.data.source=demo",
            "qilin.data.settings.symbols=3",
            "qilin.data.settings.years=1")
        .run(context -> {
          FactorSet set = FactorSet.of("own", new Factor("mean", "Mean($close, 5)"));
          var panel = context.getBean(MarketDataSource.class).bars(BarQuery.ALL).panel();
          var found = context.getBean(FactorEngine.class).compute(panel, set);
          var expected = FactorEngine.DEFAULT.compute(panel, set);
          for (int day = 0; day < panel.days().size(); day++) {
            assertThat(found.crossSection(0, day)).isEqualTo(expected.crossSection(0, day));
          }
        });
  }

  @Test
  void whenTheApplicationHasASet_thenItIsShown() {
    runner
        .withBean(FactorSet.class, () -> FactorSet.of("own", new Factor("mean", "Mean($close, 5)")))
        .run(context -> assertThat(
                (Map<?, ?>) context.getBean(FactorPart.class).description().get("sets"))
            .extracting(Object::toString)
            .asString()
            .contains("own=1")
            .contains("=158")
            .contains("=360"));
  }

  @Test
  void whenTheApplicationHasAnEngine_thenOursBacksOff() {
    runner
        .withBean("own", FactorEngine.class, () -> FactorEngine.DEFAULT)
        .run(context ->
            assertThat(context).getBean(FactorEngine.class).isSameAs(FactorEngine.DEFAULT));
  }

  @Test
  void whenAModeIsMisspelt_thenTheStartFails() {
    runner
        .withPropertyValues("qilin.factors.mode=exactly")
        .run(context -> assertThat(context).getFailure().hasMessageContaining("qilin.factors"));
  }
}
