package io.qilin.spring.ops;

import io.qilin.ops.health.HealthRegistry;
import io.qilin.ops.lifecycle.DrainGate;
import io.qilin.ops.lifecycle.Lifecycle;
import io.qilin.ops.lifecycle.LifecyclePart;
import io.qilin.spring.QilinHost;
import io.qilin.spring.QilinPart;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * The life cycle: a gate that work goes through, and the application's own beans of {@link DrainGate} and {@link
 * LifecyclePart}, started and stopped with the application.
 */
@AutoConfiguration(after = OpsAutoConfiguration.class)
@ConditionalOnClass(Lifecycle.class)
@ConditionalOnBean(OpsAutoConfiguration.class)
@ConditionalOnMissingBean(Lifecycle.class)
public class LifecycleAutoConfiguration {
  /** For Spring. */
  public LifecycleAutoConfiguration() {}

  /** Work goes through it; who is inside when the application stops is waited for. */
  @Bean(destroyMethod = "")
  @ConditionalOnMissingBean
  DrainGate qilinGate(QilinHost host) {
    return DrainGate.of("work", host.ticker());
  }

  /** Drains the gates and stops the parts. */
  @Bean(destroyMethod = "")
  Lifecycle qilinHostLifecycle(
      OpsProperties properties,
      QilinHost host,
      ObjectProvider<DrainGate> gates,
      ObjectProvider<LifecyclePart> parts) {
    Lifecycle.Builder lifecycle = Lifecycle.builder(host.ticker())
        .drainWithin(properties.shutdown().drainWithin())
        .stopWithin(properties.shutdown().stopWithin());
    gates.orderedStream().forEach(lifecycle::gate);
    parts.orderedStream().forEach(lifecycle::part);
    return lifecycle.build();
  }

  /** Starts and stops it with the application. */
  @Bean
  QilinLifecycle qilinLifecycle(
      Lifecycle lifecycle, ObjectProvider<HealthRegistry> health, ApplicationContext context) {
    return new QilinLifecycle(lifecycle, Optional.ofNullable(health.getIfUnique()), context);
  }

  /** Shows the life cycle; an application that does not run takes no work. */
  @Bean
  QilinPart qilinLifecyclePart(Lifecycle lifecycle, ObjectProvider<DrainGate> gates) {
    List<DrainGate> all = gates.orderedStream().toList();
    return new CheckedPart(
        "lifecycle",
        true,
        lifecycle::health,
        () -> Map.of(
            "state",
            lifecycle.state().name(),
            "inFlight",
            all.stream().mapToLong(DrainGate::inFlight).sum()));
  }
}
