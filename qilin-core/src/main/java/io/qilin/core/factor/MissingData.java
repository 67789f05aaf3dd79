package io.qilin.core.factor;

/** What to do with an expression that reads a field or an instrument that the panel does not hold. */
public enum MissingData {
  /** Refuse it with {@link io.qilin.api.error.ErrorCode#DATA_NOT_FOUND} and the nearest name. */
  REFUSE,
  /** Take it for a series without any row, as Qlib does: {@code NaN}, and false in comparisons. */
  NAN
}
