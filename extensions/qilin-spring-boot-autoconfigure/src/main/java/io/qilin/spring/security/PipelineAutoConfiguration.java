package io.qilin.spring.security;

import io.qilin.api.alert.AlertSink;
import io.qilin.security.access.Authorizer;
import io.qilin.security.audit.AuditTrail;
import io.qilin.security.pipeline.Authenticator;
import io.qilin.security.pipeline.ContextVerifier;
import io.qilin.security.pipeline.DeviceVerifier;
import io.qilin.security.pipeline.PipelineObserver;
import io.qilin.security.pipeline.SecurityPipeline;
import io.qilin.security.pipeline.StepUpVerifier;
import io.qilin.spring.AlertSinks;
import io.qilin.spring.PropertyRefused;
import io.qilin.spring.QilinAutoConfiguration;
import io.qilin.spring.QilinHost;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The security pipeline of the application's beans, if {@code qilin.security.pipeline.enabled}. A part that is missing stops
 * the start: there is no default for who may do what.
 */
@AutoConfiguration(after = QilinAutoConfiguration.class)
@ConditionalOnClass(SecurityPipeline.class)
@ConditionalOnBean(QilinHost.class)
@EnableConfigurationProperties(PipelineProperties.class)
public class PipelineAutoConfiguration {
  /** For Spring. */
  public PipelineAutoConfiguration() {}

  /** The pipeline, if it is asked for. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("qilin.security.pipeline.enabled")
  static class Pipeline {
    /** The pipeline. */
    @Bean
    @ConditionalOnMissingBean
    SecurityPipeline qilinSecurityPipeline(
        PipelineProperties properties,
        QilinHost host,
        ObjectProvider<AuditTrail> audit,
        ObjectProvider<Authenticator> authenticator,
        ObjectProvider<Authorizer> authorizer,
        ObjectProvider<Threats> threats,
        ObjectProvider<AlertSink> alerts,
        ObjectProvider<DeviceVerifier> device,
        ObjectProvider<ContextVerifier> context,
        ObjectProvider<StepUpVerifier> secondFactor,
        ObjectProvider<PipelineObserver> observers) {
      Threats scored = needed(threats, Threats.class);
      SecurityPipeline.Builder pipeline = SecurityPipeline.builder(
              needed(audit, AuditTrail.class), host.clock(), host.ticker(), new SecureRandom())
          .authenticate(needed(authenticator, Authenticator.class))
          .authorize(needed(authorizer, Authorizer.class))
          .threats(scored.beforeLogin(), scored.afterLogin(), scored.handler())
          .alerts(AlertSinks.of(alerts).orElseThrow(() -> missing(AlertSink.class)))
          .deadline(properties.deadline(), host.executor());
      step(
          device,
          one -> pipeline.device(one, properties.minTrust()),
          properties.withoutDevice(),
          pipeline::withoutDevice,
          "without-device");
      step(
          context,
          one -> pipeline.context(one, properties.maxRisk()),
          properties.withoutContext(),
          pipeline::withoutContext,
          "without-context");
      step(
          secondFactor,
          pipeline::secondFactor,
          properties.withoutSecondFactor(),
          pipeline::withoutSecondFactor,
          "without-second-factor");
      List<PipelineObserver> told = observers.orderedStream().toList();
      pipeline.observer(
          (last, refusal, nanos) -> told.forEach(one -> one.finished(last, refusal, nanos)));
      return pipeline.build();
    }

    private static <T> T needed(ObjectProvider<T> beans, Class<T> type) {
      T bean = beans.getIfUnique();
      if (bean == null) {
        throw missing(type);
      }
      return bean;
    }

    private static PropertyRefused missing(Class<?> type) {
      return new PropertyRefused(
          "qilin.security.pipeline.enabled",
          true,
          "a pipeline needs one bean of " + type.getName() + "; there is none, or several");
    }

    /** A bean or the reason why there is none, and not both. */
    private static <T> void step(
        ObjectProvider<T> beans,
        Consumer<T> with,
        @Nullable String reason,
        Consumer<String> without,
        String property) {
      T bean = beans.getIfUnique();
      String name = "qilin.security.pipeline." + property;
      if (bean != null && reason != null) {
        throw new PropertyRefused(
            name, reason, "there is a bean for this step: remove the property or the bean");
      }
      if (bean != null) {
        with.accept(bean);
      } else if (reason != null && !reason.isBlank()) {
        without.accept(reason);
      } else {
        throw new PropertyRefused(
            name,
            "",
            "define one bean for this step, or say here why it is left out: the reason stands in every"
                + " audit record");
      }
    }
  }
}
