package io.qilin.data.stream;

/** Why a message did not get through a pipeline. */
public enum DeadLetterReason {
  /** The source could not read it: a damaged frame, a line that is too long. */
  DAMAGED,
  /** It is not a record: the parser refused it. */
  UNREADABLE,
  /** It is a record with a number that cannot be, or one that cannot be aggregated. */
  INVALID,
  /** A quality rule that refuses was broken. */
  RULE,
  /** Its time lies in no session. */
  OUT_OF_SESSION,
  /** Its time lies in the future of the clock. */
  FUTURE,
  /** It came after the watermark. */
  LATE,
  /** The host's code failed on it, each time that it was tried. */
  HANDLER_FAILED,
  /** The host's code did not end within the deadline. */
  HANDLER_TIMEOUT,
  /** A sink refused it, each time that it was tried. */
  SINK_FAILED
}
