package io.qilin.spring.actuate;

import io.qilin.spring.QilinHost;
import io.qilin.spring.QilinPart;
import io.qilin.spring.ops.LifecycleAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The endpoint {@code qilin}, where it is exposed, and what hides secrets in the other endpoints. */
@AutoConfiguration(after = LifecycleAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(QilinHost.class)
public class EndpointAutoConfiguration {
  /** For Spring. */
  public EndpointAutoConfiguration() {}

  /** The endpoint. */
  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnAvailableEndpoint(endpoint = QilinEndpoint.class)
  QilinEndpoint qilinEndpoint(ObjectProvider<QilinPart> parts) {
    return new QilinEndpoint(parts.orderedStream().toList());
  }

  /** Hides secrets. */
  @Bean
  HiddenValues qilinHiddenValues() {
    return new HiddenValues();
  }
}
