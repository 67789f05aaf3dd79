package io.qilin.mlops.dataset;

/** Which columns a processor works on; Qlib's {@code fields_group}. */
public enum Columns {
  /** Features and, where there are any, labels; Qlib's {@code None}. */
  ALL,
  /** What the model takes. */
  FEATURES,
  /** What the model is to know. Not there when one predicts. */
  LABELS
}
