package io.qilin.spring.security;

import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.QilinException;
import io.qilin.security.audit.AuditLog;
import io.qilin.security.audit.AuditTrail;
import io.qilin.security.audit.CheckpointSigner;
import io.qilin.security.audit.CheckpointSink;
import io.qilin.spring.AlertSinks;
import io.qilin.spring.PropertyRefused;
import io.qilin.spring.QilinAutoConfiguration;
import io.qilin.spring.QilinHost;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
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
 * The audit log in {@code qilin.security.audit.directory}; nothing without it. The key that signs checkpoints and the place
 * where they are kept are beans of the application: {@link CheckpointSigner} and {@link CheckpointSink}.
 */
@AutoConfiguration(after = QilinAutoConfiguration.class)
@ConditionalOnClass(AuditLog.class)
@ConditionalOnBean(QilinHost.class)
@EnableConfigurationProperties(AuditProperties.class)
public class AuditAutoConfiguration {
  private static final String DIRECTORY = "qilin.security.audit.directory";

  /** For Spring. */
  public AuditAutoConfiguration() {}

  /** The log, unless the application has a trail of its own. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("qilin.security.audit.directory")
  @ConditionalOnMissingBean(AuditTrail.class)
  static class Log {
    /** The log. */
    @Bean
    AuditLog qilinAuditLog(
        AuditProperties properties,
        QilinHost host,
        ObjectProvider<CheckpointSigner> signers,
        ObjectProvider<CheckpointSink> sinks,
        ObjectProvider<AlertSink> alerts) {
      Path directory = Objects.requireNonNull(properties.directory());
      CheckpointSigner signer = signers.getIfUnique();
      CheckpointSink sink = sinks.getIfUnique();
      if (signer == null || sink == null) {
        throw new PropertyRefused(
            DIRECTORY,
            directory,
            "an audit log needs one bean of CheckpointSigner (for example Ed25519Checkpoints.signer) and"
                + " one of CheckpointSink, which keeps checkpoints where the log's writer cannot change"
                + " them");
      }
      AuditLog.Builder log = AuditLog.builder(
              directory, signer, sink, host.clock(), host.ticker(), new SecureRandom())
          .durability(properties.durability());
      AlertSinks.of(alerts).ifPresent(log::alerts);
      try {
        return log.open();
      } catch (QilinException e) {
        throw PropertyRefused.of(DIRECTORY, directory, e);
      }
    }

    /** Shows the log. */
    @Bean
    AuditPart qilinAuditPart(AuditLog log) {
      return new AuditPart(log);
    }
  }
}
