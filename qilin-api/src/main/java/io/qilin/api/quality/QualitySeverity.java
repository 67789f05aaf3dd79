package io.qilin.api.quality;

/** How much a finding matters. */
public enum QualitySeverity {
  /** Worth knowing. */
  INFO,
  /** Look at it. */
  WARNING,
  /** The row is wrong. */
  ERROR,
  /** The data set should not be used as it is; caps the overall score at 0.5. */
  CRITICAL
}
