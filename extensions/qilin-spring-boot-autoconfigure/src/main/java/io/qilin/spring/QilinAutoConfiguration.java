package io.qilin.spring;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * The ground of all of Qilin's beans: {@link QilinHost}. {@code qilin.enabled=false} leaves out everything.
 *
 * <p>The clock is the application's if it has one bean of it. The threads are a pool of Qilin's own unless {@code
 * qilin.host.executor} names a bean: a call of a source that hangs keeps its thread, and a caller waits for others on the
 * same pool, so that sharing the pool of the application's own work can stop both.
 */
@AutoConfiguration
@ConditionalOnProperty(name = "qilin.enabled", matchIfMissing = true)
@EnableConfigurationProperties(HostProperties.class)
public class QilinAutoConfiguration implements EnvironmentAware {
  /** For Spring. */
  public QilinAutoConfiguration() {}

  /** Stops the start if a property below {@code qilin} is in no group that Qilin knows. */
  @Override
  public void setEnvironment(Environment environment) {
    PropertyGroups.check(environment);
  }

  /** What the other beans run on. */
  @Bean
  @ConditionalOnMissingBean
  QilinHost qilinHost(HostProperties properties, ObjectProvider<Clock> clocks, BeanFactory beans) {
    Clock clock = clocks.getIfUnique(() -> InstantSource.system().withZone(ZoneOffset.UTC));
    long seed = properties.seed() == null ? new SecureRandom().nextLong() : properties.seed();
    String executor = properties.executor();
    return executor == null
        ? QilinHost.of(clock, System::nanoTime, seed, properties.threads())
        : QilinHost.on(clock, System::nanoTime, seed, named(executor, beans));
  }

  private static Executor named(String name, BeanFactory beans) {
    try {
      return beans.getBean(name, Executor.class);
    } catch (NoSuchBeanDefinitionException | BeanNotOfRequiredTypeException e) {
      throw new PropertyRefused(
          "qilin.host.executor", name, "it names a bean of the type Executor; there is none");
    }
  }
}
