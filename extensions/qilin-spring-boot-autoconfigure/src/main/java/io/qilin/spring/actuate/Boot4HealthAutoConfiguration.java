package io.qilin.spring.actuate;

import io.qilin.ops.health.HealthRegistry;
import io.qilin.spring.QilinPart;
import io.qilin.spring.ops.OpsAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.context.annotation.Bean;

/** The health of each part of Qilin below {@code qilin}, in Spring Boot 4. */
@AutoConfiguration(after = OpsAutoConfiguration.class)
@ConditionalOnClass({HealthRegistry.class, CompositeHealthContributor.class})
@ConditionalOnBean(HealthRegistry.class)
public class Boot4HealthAutoConfiguration {
  /** For Spring. */
  public Boot4HealthAutoConfiguration() {}

  /** One indicator for each part. */
  @Bean
  @ConditionalOnEnabledHealthIndicator("qilin")
  Boot4HealthContributor qilinHealthContributor(
      HealthRegistry registry, ObjectProvider<QilinPart> parts) {
    return new Boot4HealthContributor(
        registry, parts.orderedStream().map(QilinPart::name).toList());
  }
}
