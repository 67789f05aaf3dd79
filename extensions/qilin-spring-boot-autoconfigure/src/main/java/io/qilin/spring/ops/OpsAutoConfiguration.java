package io.qilin.spring.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.qilin.api.alert.AlertSink;
import io.qilin.ops.alert.LogAlertSink;
import io.qilin.ops.error.ErrorReports;
import io.qilin.ops.health.HealthProbe;
import io.qilin.ops.health.HealthRegistry;
import io.qilin.ops.health.RecentErrors;
import io.qilin.ops.quota.StrategyQuotas;
import io.qilin.ops.resilience.Dependencies;
import io.qilin.spring.AlertSinks;
import io.qilin.spring.QilinAutoConfiguration;
import io.qilin.spring.QilinHost;
import io.qilin.spring.QilinPart;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Alerts, error reports, guards, quotas, and the health of all parts. */
@AutoConfiguration(after = QilinAutoConfiguration.class)
@ConditionalOnClass(HealthRegistry.class)
@ConditionalOnBean(QilinHost.class)
@EnableConfigurationProperties(OpsProperties.class)
public class OpsAutoConfiguration {
  /** For Spring. */
  public OpsAutoConfiguration() {}

  /** Writes alerts to the log. */
  @Bean
  @ConditionalOnMissingBean(AlertSink.class)
  LogAlertSink qilinAlertSink() {
    return new LogAlertSink();
  }

  /** Tells callers of errors without telling them secrets. */
  @Bean
  @ConditionalOnMissingBean
  ErrorReports qilinErrorReports() {
    return ErrorReports.of(new SecureRandom());
  }

  /** Remembers the last errors that it is told. */
  @Bean
  @ConditionalOnMissingBean
  RecentErrors qilinRecentErrors(QilinHost host) {
    return RecentErrors.of(RecentErrors.DEFAULT_SIZE, host.clock());
  }

  /** Asks all parts, those of the application included, whether work can be taken. */
  @Bean
  @ConditionalOnMissingBean
  HealthRegistry qilinHealthRegistry(
      OpsProperties properties, QilinHost host, ObjectProvider<QilinPart> parts) {
    HealthRegistry.Builder health = HealthRegistry.builder(host.checks(), host.ticker())
        .timeout(properties.health().timeout())
        .cache(properties.health().cache());
    parts.orderedStream().forEach(part -> {
      if (part.required()) {
        health.required(part.name(), () -> States.result(part.state()), HealthProbe.READY);
      } else {
        health.optional(part.name(), () -> States.result(part.state()), HealthProbe.READY);
      }
    });
    return health.build();
  }

  /** What strategies may use, if workers are to be shared out. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("qilin.ops.quotas.workers")
  @ConditionalOnMissingBean(StrategyQuotas.class)
  static class QuotaBeans {
    @Bean
    StrategyQuotas qilinStrategyQuotas(
        OpsProperties properties, QilinHost host, ObjectProvider<AlertSink> alerts) {
      return Shares.of(
          properties.quotas(),
          Objects.requireNonNull(properties.quotas().workers()),
          host,
          AlertSinks.of(alerts));
    }

    @Bean
    QilinPart qilinQuotaPart(StrategyQuotas quotas) {
      return Shares.part(quotas);
    }
  }

  /** Guards of calls to partners, which count in the application's meters. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterRegistry.class)
  @ConditionalOnMissingBean(Dependencies.class)
  static class GuardBeans {
    @Bean
    Dependencies qilinDependencies(
        OpsProperties properties, QilinHost host, ObjectProvider<MeterRegistry> meters) {
      return Guards.of(properties.resilience(), host, Optional.ofNullable(meters.getIfUnique()));
    }

    @Bean
    QilinPart qilinDependencyPart(Dependencies guards) {
      return Guards.part(guards);
    }
  }
}
