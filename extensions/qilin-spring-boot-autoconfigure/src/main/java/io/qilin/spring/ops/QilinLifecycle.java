package io.qilin.spring.ops;

import io.qilin.ops.health.HealthRegistry;
import io.qilin.ops.lifecycle.Lifecycle;
import io.qilin.ops.lifecycle.LifecycleReport;
import io.qilin.ops.lifecycle.LifecycleState;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Starts and stops Qilin's life cycle with the application. It starts before the web server takes requests, and stops after
 * the web server has answered those that it had taken; then its gates are drained and its parts stopped, in bounded time.
 * From the first moment of the shutdown on readiness fails.
 *
 * <p>A life cycle runs once: a context that was stopped, and not closed, cannot be started again.
 */
public final class QilinLifecycle
    implements SmartLifecycle, ApplicationListener<ContextClosedEvent> {
  /** Below the phases of Spring Boot's web server: later to stop. */
  public static final int PHASE = DEFAULT_PHASE - 3072;

  private static final Logger LOG = LoggerFactory.getLogger(QilinLifecycle.class);

  private final Lifecycle lifecycle;
  private final Optional<HealthRegistry> health;
  private final ApplicationContext own;

  QilinLifecycle(Lifecycle lifecycle, Optional<HealthRegistry> health, ApplicationContext own) {
    this.lifecycle = lifecycle;
    this.health = health;
    this.own = own;
  }

  @Override
  public void start() {
    lifecycle.start();
  }

  @Override
  public void stop() {
    LifecycleReport report = lifecycle.stop();
    if (!report.clean()) {
      LOG.warn("Qilin did not stop cleanly: {}", report);
    }
  }

  @Override
  public boolean isRunning() {
    return lifecycle.state() == LifecycleState.RUNNING;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  /** For Spring 7, which pauses contexts between tests: what runs once is not paused. */
  public boolean isPausable() {
    return false;
  }

  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    // The end of a child, a management context say, is told here too.
    if (event.getApplicationContext() == own) {
      health.ifPresent(HealthRegistry::drain);
    }
  }
}
