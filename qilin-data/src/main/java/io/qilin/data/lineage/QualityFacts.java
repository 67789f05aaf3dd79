package io.qilin.data.lineage;

/** Names of the facts that a quality report leaves on its node. */
final class QualityFacts {
  static final String ROWS = "rows";
  static final String OVERALL = "overall";
  /** Followed by the dimension, lower case. */
  static final String SCORE = "score.";
  /** Followed by the rule. */
  static final String BAD = "bad.";

  private QualityFacts() {}
}
