package io.qilin.spring.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.qilin.agents.llm.LlmRouter;
import io.qilin.api.model.ModelRegistry;
import io.qilin.ops.health.HealthRegistry;
import io.qilin.ops.health.HealthStatus;
import io.qilin.ops.metrics.QilinMetrics;
import io.qilin.security.pipeline.PipelineObserver;
import io.qilin.security.pipeline.SecurityPipeline;
import io.qilin.spring.agents.RouteListener;
import io.qilin.spring.mlops.MlopsAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Qilin's meters on the application's registry. */
@AutoConfiguration(
    after = {OpsAutoConfiguration.class, MlopsAutoConfiguration.class},
    afterName = {
      "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnClass({QilinMetrics.class, MeterRegistry.class})
@ConditionalOnBean(OpsAutoConfiguration.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
public class MetricsAutoConfiguration {
  /** For Spring. */
  public MetricsAutoConfiguration() {}

  /** The meters. */
  @Bean
  @ConditionalOnMissingBean
  QilinMetrics qilinMetrics(MeterRegistry registry) {
    return QilinMetrics.on(registry);
  }

  /** Measures sources. */
  @Bean
  SourceMeters qilinSourceMeters(QilinMetrics metrics) {
    return new SourceMeters(metrics);
  }

  /** Shows how the application is, once it is put together. */
  @Bean
  HealthMeter qilinHealthMeter(QilinMetrics metrics, ObjectProvider<HealthRegistry> health) {
    return new HealthMeter(metrics, health);
  }

  /** Gives the health gauge what it reads after all beans were made: health asks beans that count in meters. */
  record HealthMeter(QilinMetrics metrics, ObjectProvider<HealthRegistry> health)
      implements SmartInitializingSingleton {
    @Override
    public void afterSingletonsInstantiated() {
      health.ifUnique(registry -> metrics.showHealth(() -> status(registry)));
    }

    private static HealthStatus status(HealthRegistry registry) {
      return registry.report().status();
    }
  }

  /** Measures analysts and language models. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({LlmRouter.class, ObservationRegistry.class})
  static class AgentBeans {
    @Bean
    RouteListener qilinRouteMeters(QilinMetrics metrics) {
      return route -> metrics.llm().routed(route.member(), route.outcome(), route.took());
    }

    @Bean
    DeskMeters qilinDeskMeters(
        QilinMetrics metrics, ObjectProvider<ObservationRegistry> observations) {
      return new DeskMeters(metrics, observations);
    }
  }

  /** Measures the model registry. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBean(ModelRegistry.class)
  static class ModelBeans {
    @Bean
    ModelMeters qilinModelMeters(QilinMetrics metrics, ModelRegistry registry) {
      return new ModelMeters(registry.listen(metrics.models()));
    }
  }

  /** Keeps a registry of models told. */
  record ModelMeters(ModelRegistry.Registration registration) implements AutoCloseable {
    @Override
    public void close() {
      registration.close();
    }
  }

  /** Measures the security pipeline. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(SecurityPipeline.class)
  static class SecurityBeans {
    @Bean
    PipelineObserver qilinCallMeters(QilinMetrics metrics) {
      return (last, refusal, nanos) -> metrics.security().finished(last.name(), refusal, nanos);
    }
  }
}
