package io.qilin.core.factor;

/**
 * Why an instrument did not count on a day, judged by the first horizon. The first reason that holds, in this order, is
 * the one that is counted.
 */
public enum DropReason {
  /** The day is before the instrument's first or after its last row. Known only if the bars were given. */
  OUTSIDE_SPAN("outside span"),
  /** The factor is {@code NaN}. */
  FACTOR_MISSING("factor missing"),
  /** The factor or the outcome is infinite. */
  INFINITE("infinite"),
  /** The outcome is {@code NaN}. */
  LABEL_MISSING("label missing"),
  /** It could not have been bought; it counts everywhere but in the buyable top group. */
  NOT_BUYABLE("not buyable");

  private final String text;

  DropReason(String text) {
    this.text = text;
  }

  /** For tables, for example {@code factor missing}. */
  public String text() {
    return text;
  }
}
