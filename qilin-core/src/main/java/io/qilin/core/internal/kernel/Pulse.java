package io.qilin.core.internal.kernel;

/** Lets long calculations be stopped: runs a check each time about a quarter of a million values were read. One thread only. */
public final class Pulse {
  private static final int WORK_BETWEEN_CHECKS = 1 << 18;

  private final Runnable check;
  private int work;

  /**
   * A pulse.
   *
   * @param check throws if the work should stop
   */
  public Pulse(Runnable check) {
    this.check = check;
  }

  /** Counts values that were read. */
  public void spend(int values) {
    work += values;
    if (work >= WORK_BETWEEN_CHECKS) {
      work = 0;
      check.run();
    }
  }
}
