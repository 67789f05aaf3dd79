package io.qilin.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.agents.desk.ResearchDesk;
import io.qilin.core.factor.FactorEngine;
import io.qilin.data.failover.SourceChain;
import io.qilin.ops.health.HealthRegistry;
import io.qilin.spring.actuate.QilinEndpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;

/** What is optional may be missing, alone and together. */
class MissingClassesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.qilin.agents",
        "io.qilin.mlops",
        "io.qilin.security",
        "io.qilin.ops",
        "io.micrometer.core",
        "org.springframework.boot.actuate",
        "io.qilin.agents io.qilin.mlops io.qilin.security io.qilin.ops io.micrometer"
            + " org.springframework.boot.actuate"
      })
  void whenAModuleIsMissing_thenTheRestIsThere(String missing) {
    Contexts.runner()
        .withClassLoader(new FilteredClassLoader(missing.split(" ")))
        .withPropertyValues(
            "qilin.data.source=demo",
            "qilin.data.settings.symbols=3",
            "qilin.data.settings.years=1",
            "management.endpoints.web.exposure.include=*")
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(context).hasSingleBean(SourceChain.class);
          assertThat(context).hasSingleBean(FactorEngine.class);
          assertThat(context.getBeanNamesForType(ResearchDesk.class))
              .hasSize(missing.contains("qilin.agents") ? 0 : 1);
          if (!missing.contains("actuate")) {
            assertThat(context).hasSingleBean(QilinEndpoint.class);
            assertThat(context.getBean(QilinEndpoint.class).qilin().get("degraded"))
                .isEqualTo(java.util.Map.of());
          }
          assertThat(context.getBeanNamesForType(HealthRegistry.class))
              .hasSize(missing.contains("qilin.ops") ? 0 : 1);
        });
  }
}
