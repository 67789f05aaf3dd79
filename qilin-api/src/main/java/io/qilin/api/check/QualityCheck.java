package io.qilin.api.check;

import io.qilin.api.quality.QualityDimension;

/**
 * A rule over a data set. Implementations are stateless. A check that throws does not stop the report: it becomes a
 * finding of its own.
 */
public interface QualityCheck {
  /** The rule's name, kebab-case and unique, for example {@code high-below-low}. */
  String rule();

  /** The side of quality that the rule counts for. */
  QualityDimension dimension();

  /** Judges the data. */
  CheckOutcome check(QualityInput input);
}
