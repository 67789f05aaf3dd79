package io.qilin.spring;

import io.qilin.api.error.QilinException;
import java.util.concurrent.Executor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Daemon threads with a bound, which end when they have been idle for a minute. What does not fit into the queue of 1000
 * tasks is rejected. Closing lets what runs end for two seconds, a copy that is being written say, and then interrupts it.
 */
public final class HostPool implements AutoCloseable {
  private static final int QUEUE = 1000;
  private static final int PATIENCE_MILLIS = 2000;

  private final ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();

  /**
   * A pool without threads yet.
   *
   * @param prefix of the names of its threads
   * @param most threads at once, positive
   * @throws QilinException INVALID_ARGUMENT if it is not
   */
  public HostPool(String prefix, int most) {
    if (most < 1) {
      throw QilinException.invalid("a pool has 1 thread or more, was " + most);
    }
    threads.setThreadNamePrefix(prefix);
    threads.setCorePoolSize(most);
    threads.setMaxPoolSize(most);
    threads.setQueueCapacity(QUEUE);
    threads.setAllowCoreThreadTimeOut(true);
    threads.setDaemon(true);
    threads.setWaitForTasksToCompleteOnShutdown(true);
    threads.setAwaitTerminationMillis(PATIENCE_MILLIS);
    threads.initialize();
  }

  /** Runs tasks on the pool. */
  public Executor executor() {
    return threads.getThreadPoolExecutor();
  }

  @Override
  public void close() {
    threads.shutdown();
    threads.getThreadPoolExecutor().shutdownNow();
  }
}
