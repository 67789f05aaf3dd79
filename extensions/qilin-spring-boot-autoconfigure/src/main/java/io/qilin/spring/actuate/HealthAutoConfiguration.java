package io.qilin.spring.actuate;

import io.qilin.ops.health.HealthRegistry;
import io.qilin.spring.QilinPart;
import io.qilin.spring.ops.OpsAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** The health of each part of Qilin below {@code qilin}, in Spring Boot 3. */
@AutoConfiguration(after = OpsAutoConfiguration.class)
@ConditionalOnClass({
  HealthRegistry.class,
  CompositeHealthContributor.class,
  ConditionalOnEnabledHealthIndicator.class
})
@ConditionalOnBean(HealthRegistry.class)
public class HealthAutoConfiguration {
  /** For Spring. */
  public HealthAutoConfiguration() {}

  /** One indicator for each part. */
  @Bean
  @ConditionalOnEnabledHealthIndicator("qilin")
  QilinHealthContributor qilinHealthContributor(
      HealthRegistry registry, ObjectProvider<QilinPart> parts) {
    return new QilinHealthContributor(
        registry, parts.orderedStream().map(QilinPart::name).toList());
  }
}
