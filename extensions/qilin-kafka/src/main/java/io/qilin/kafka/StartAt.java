package io.qilin.kafka;

/** Where reading begins in a partition of which the group has committed nothing yet. It is decided once and committed. */
public enum StartAt {
  /** With the oldest record that is kept. */
  EARLIEST,
  /** With what comes from now on; a partition that was added to a topic already read begins with its oldest record. */
  LATEST,
  /** Nowhere: opening fails with DATA_NOT_FOUND. */
  COMMITTED
}
