package io.qilin.core.factor;

/** What to do where Qlib's own numbers are questionable. */
public enum NumericMode {
  /** As Qlib, to the last of its habits. */
  QLIB_EXACT,
  /**
   * As Qlib, but for:
   *
   * <ul>
   *   <li>{@code WMA} is the weighted mean of the valid values; Qlib divides it once more by their number;
   *   <li>{@code Slope}, {@code Rsquare}, {@code Resi} skip infinities as all other operators do; in Qlib the first one
   *       makes all later rows {@code NaN};
   *   <li>{@code Corr} and {@code Rsquare} have a value for series of small numbers; Qlib gives {@code NaN} wherever a
   *       standard deviation is not above 2e-5.
   * </ul>
   */
  CORRECTED
}
