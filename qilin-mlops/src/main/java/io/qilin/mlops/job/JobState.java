package io.qilin.mlops.job;

/**
 * Where a job stands. It moves from {@link #QUEUED} to {@link #RUNNING} and to one of the three ends; a running one comes back to
 * the queue only after its process died and if its request says so; a queued one may be cancelled. An end is for ever.
 */
public enum JobState {
  /** Accepted and waiting. */
  QUEUED,
  /** A process has claimed it. */
  RUNNING,
  /** Its body gave a result. */
  SUCCEEDED,
  /** Its body threw, took too long, or its process died. */
  FAILED,
  /** It was cancelled before it ended. */
  CANCELLED;

  /** Whether nothing more happens. */
  public boolean ended() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }

  /** Whether a job in this state may move to the other one. */
  public boolean mayBecome(JobState next) {
    return switch (this) {
      case QUEUED -> next == RUNNING || next == CANCELLED;
      case RUNNING -> next != RUNNING;
      case SUCCEEDED, FAILED, CANCELLED -> false;
    };
  }
}
