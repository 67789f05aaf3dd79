package io.qilin.core.rules;

/** What can be said about the price limits of one share on one day. */
public enum LimitStatus {
  /** The share traded within known limits. */
  LIMITED,
  /** The share traded on a day for which the rules set no limit. */
  NO_LIMIT,
  /** The share did not trade: suspended, not yet listed, or no longer. */
  NOT_TRADED,
  /** It traded, but the rule or the reference price is not known. */
  UNKNOWN
}
