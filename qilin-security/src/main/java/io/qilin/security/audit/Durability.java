package io.qilin.security.audit;

/** When an {@link AuditLog} writes through to the disk, and so what an acknowledgement is worth. */
public enum Durability {
  /** Before each acknowledgement, once for all records that wait: an acknowledged record survives a loss of power. */
  EVERY_BATCH,
  /** About once a second: a loss of power takes acknowledged records of the last second. A killed process loses none. */
  EVERY_SECOND_MAY_LOSE_THE_LAST_SECOND,
  /** When a file is full and at the end: a loss of power takes any number of acknowledged records of the last file. */
  NEVER_MAY_LOSE_THE_LAST_FILE
}
