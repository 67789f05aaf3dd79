package io.qilin.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

class QilinAutoConfigurationTest {
  private final ApplicationContextRunner runner = Contexts.runner();

  @Test
  void whenNothingIsSet_thenQilinRunsOnAPoolOfItsOwn() {
    runner.run(context -> {
      QilinHost host = context.getBean(QilinHost.class);
      var thread = new java.util.concurrent.CompletableFuture<String>();
      host.executor().execute(() -> thread.complete(Thread.currentThread().getName()));
      assertThat(thread.get(1, java.util.concurrent.TimeUnit.MINUTES)).startsWith("qilin-");
      assertThat(host.clock().getZone()).isEqualTo(ZoneOffset.UTC);
    });
  }

  @Test
  void whenTheApplicationHasAClock_thenItIsUsed() {
    Clock clock = Clock.fixed(Instant.parse("2026-01-05T10:00:00Z"), ZoneOffset.UTC);
    runner
        .withBean(Clock.class, () -> clock)
        .run(context -> assertThat(context.getBean(QilinHost.class).clock()).isSameAs(clock));
  }

  @Test
  void whenAnExecutorIsNamed_thenItIsUsed() {
    runner
        .withBean("mine", Executor.class, () -> new SimpleAsyncTaskExecutor("mine-"))
        .withPropertyValues("qilin.host.executor=mine")
        .run(context -> assertThat(context.getBean(QilinHost.class).executor())
            .isSameAs(context.getBean("mine")));
  }

  @Test
  void whenTheNamedExecutorIsMissing_thenTheStartSaysSo() {
    runner
        .withPropertyValues("qilin.host.executor=nobody")
        .run(context -> assertThat(context)
            .getFailure()
            .rootCause()
            .isInstanceOfSatisfying(
                PropertyRefused.class,
                e -> assertThat(e.property()).isEqualTo("qilin.host.executor")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "qilin.deks.top",
        "qilin.enbled",
        "qilin.host.thread",
        "qilin.data.sorce",
        "qilin.factors.mod",
        "qilin.desk.tops",
        "qilin.llm.model[0].name",
        "qilin.mlops.directry",
        "qilin.security.audit.directry",
        "qilin.security.pipeline.enable",
        "qilin.security.audits.directory",
        "qilin.ops.healt.cache"
      })
  void whenANameIsNotKnown_thenTheStartNamesIt(String name) {
    runner
        .withPropertyValues(name + "=canary")
        .run(context -> assertThat(context)
            .getFailure()
            .rootCause()
            .isInstanceOfSatisfying(
                UnboundConfigurationPropertiesException.class,
                e -> assertThat(e.getUnboundProperties())
                    .extracting(property -> property.getName().toString())
                    .containsExactly(name)));
  }

  @Test
  void whenANameIsOfTheProcess_thenItIsNotTakenForASlip() {
    runner
        .withSystemProperties("qilin.fault.n=3")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void whenQilinIsDisabled_thenThereIsNoBeanOfIt() {
    runner
        .withPropertyValues(
            "qilin.enabled=false", "qilin.data.source=demo", "qilin.mlops.directory=x")
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(ours(context.getBeanFactory())).isEmpty();
        });
  }

  @Test
  void whenTheHostIsOfTheApplication_thenOursBacksOff() {
    runner
        .withBean(
            "own", QilinHost.class, () -> QilinHost.of(Clock.systemUTC(), System::nanoTime, 7, 2))
        .run(context ->
            assertThat(context).getBean(QilinHost.class).isSameAs(context.getBean("own")));
  }

  @Test
  void whenAHostWouldHaveNoThreads_thenItIsRefused() {
    assertThatThrownBy(() -> QilinHost.of(Clock.systemUTC(), System::nanoTime, 7, 0))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("was 0");
  }

  @Test
  void whenAllIsSwitchedOn_thenNoBeanIsOfAForeignType() {
    runner
        .withConfiguration(AutoConfigurations.of(
            MetricsAutoConfiguration.class,
            SimpleMetricsExportAutoConfiguration.class,
            CompositeMeterRegistryAutoConfiguration.class,
            TaskExecutionAutoConfiguration.class))
        .withPropertyValues(
            "qilin.data.source=demo",
            "qilin.ops.quotas.workers=2",
            "management.endpoints.web.exposure.include=*")
        .run(context -> {
          assertThat(context).hasNotFailed();
          // Spring Boot's own executor is there: none of our beans is taken for one.
          assertThat(context).hasBean("applicationTaskExecutor");
          for (String name : ours(context.getBeanFactory())) {
            assertThat(context.getBean(name).getClass().getName()).as(name).startsWith("io.qilin.");
          }
        });
  }

  private static java.util.List<String> ours(
      org.springframework.beans.factory.config.ConfigurableListableBeanFactory beans) {
    return Arrays.stream(beans.getBeanDefinitionNames())
        .filter(name -> name.startsWith("qilin"))
        .toList();
  }
}
