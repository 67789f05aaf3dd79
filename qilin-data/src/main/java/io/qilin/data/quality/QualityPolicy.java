package io.qilin.data.quality;

/** What a {@link QualityGate} does with data that is not good enough. */
public enum QualityPolicy {
  /** Refuse all of it with an error. */
  STOP,
  /** Leave out the instruments that have an ERROR or CRITICAL finding, and go on with the others. */
  EXCLUDE_SYMBOLS,
  /** Go on with all of it, marked. */
  CONTINUE_MARKED
}
