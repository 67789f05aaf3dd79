package io.qilin.spring.actuate;

import io.qilin.ops.health.HealthRegistry;
import io.qilin.spring.QilinHost;
import io.qilin.spring.QilinPart;
import io.qilin.spring.ops.OpsAutoConfiguration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The endpoint {@code qilin}, where it is exposed, and what hides secrets in the other endpoints. */
@AutoConfiguration(after = OpsAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(QilinHost.class)
public class EndpointAutoConfiguration {
  /** For Spring. */
  public EndpointAutoConfiguration() {}

  /** The endpoint where qilin-ops asks the parts, with its deadline. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(HealthRegistry.class)
  @ConditionalOnBean(HealthRegistry.class)
  static class Watched {
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(endpoint = QilinEndpoint.class)
    QilinEndpoint qilinEndpoint(ObjectProvider<QilinPart> parts, HealthRegistry health) {
      return new QilinEndpoint(
          parts.orderedStream().toList(), () -> ReportedHealth.troubles(health));
    }
  }

  /** The endpoint without qilin-ops. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingClass("io.qilin.ops.health.HealthRegistry")
  static class Alone {
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint(endpoint = QilinEndpoint.class)
    QilinEndpoint qilinEndpoint(ObjectProvider<QilinPart> parts) {
      List<QilinPart> all = parts.orderedStream().toList();
      return new QilinEndpoint(all, () -> Troubles.of(all));
    }
  }

  /** Hides secrets. */
  @Bean
  HiddenValues qilinHiddenValues() {
    return new HiddenValues();
  }
}
