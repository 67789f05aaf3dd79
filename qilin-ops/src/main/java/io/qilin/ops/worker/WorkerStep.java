package io.qilin.ops.worker;

import java.time.Duration;

/** One piece of a worker's work. */
@FunctionalInterface
public interface WorkerStep {
  /**
   * Does it. May block; ends soon after an interrupt.
   *
   * @return how long to wait before the next, at least zero
   */
  Duration run() throws InterruptedException;
}
