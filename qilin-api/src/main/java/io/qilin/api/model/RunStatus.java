package io.qilin.api.model;

/** How far a run has come. From {@link #RUNNING} it goes to one of the others and stays there. */
public enum RunStatus {
  /** Begun and not ended; so says the record of a run whose process died, too. */
  RUNNING,
  /** Ended as it should. */
  FINISHED,
  /** Ended with an error. */
  FAILED,
  /** Stopped from outside, or its process died and somebody noticed. */
  KILLED;

  /** Whether it is over. */
  public boolean ended() {
    return this != RUNNING;
  }
}
