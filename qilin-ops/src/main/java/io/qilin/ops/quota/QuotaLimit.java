package io.qilin.ops.quota;

/** What stands in the way of a lease. */
public enum QuotaLimit {
  /** The pool of all strategies has no permit left. */
  POOL("all permits of the pool are taken"),
  /** The strategy has as many leases as it may have. */
  WORKERS("it has all its workers"),
  /** The strategy used up its share of the processors. */
  CPU("its share of the processors is used up"),
  /** The strategy allocated as much heap as it may. */
  ALLOCATION("it allocates too much memory"),
  /** The strategy's memory of graphics cards is used up. */
  GPU_MEMORY("its memory of graphics cards is used up"),
  /** So many tasks of the strategy wait that no more are taken. */
  QUEUE("its queue is full"),
  /** The executor behind the strategy's takes no task. */
  EXECUTOR("the executor behind it takes no task"),
  /** So many strategies are busy that no further name is taken. */
  STRATEGIES("there are too many strategies"),
  /** The quotas were closed. */
  CLOSED("the quotas are closed");

  private final String words;

  QuotaLimit(String words) {
    this.words = words;
  }

  /** What it limits, for a message. */
  String subject() {
    return switch (this) {
      case CPU -> "processor time (share of all processors)";
      case ALLOCATION -> "allocation (bytes per second)";
      case GPU_MEMORY -> "graphics memory (bytes)";
      default -> "workers";
    };
  }

  /** For the end of a message. */
  String words() {
    return words;
  }
}
