package io.qilin.data.stream;

/** What a full queue does with one message more. */
public enum OverflowPolicy {
  /** The sender waits. */
  BLOCK,
  /** The oldest message that waits is thrown away and counted. */
  DROP_OLDEST,
  /** The sender gets an error, and decides. */
  FAIL
}
