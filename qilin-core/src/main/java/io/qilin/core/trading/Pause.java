package io.qilin.core.trading;

import java.time.Duration;

/**
 * How to wait between two attempts. The host decides: a thread that sleeps, a scheduler, or a test
 * that moves its clock. The length is the least; waiting longer does no harm.
 */
@FunctionalInterface
public interface Pause {
  /**
   * Returns after the given length of time.
   *
   * @param length how long, not negative
   * @throws InterruptedException if the caller is to give up instead
   */
  void pause(Duration length) throws InterruptedException;
}
