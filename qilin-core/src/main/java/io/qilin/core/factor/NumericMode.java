package io.qilin.core.factor;

/** What to do where Qlib's own numbers are questionable. */
public enum NumericMode {
  /** As Qlib, to the last of its habits. */
  QLIB_EXACT,
  /** As Qlib, but for each {@link Correction}. */
  CORRECTED
}
