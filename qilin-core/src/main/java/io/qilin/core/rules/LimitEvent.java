package io.qilin.core.rules;

/** What gives the first days after it a price limit of their own, or none. */
public enum LimitEvent {
  /** First trading day of a new listing (新股上市). */
  LISTING,
  /** First trading day of the delisting consolidation period (退市整理期). */
  DELISTING,
  /** First trading day of a re-listing (恢复上市, 重新上市). */
  RELISTING
}
