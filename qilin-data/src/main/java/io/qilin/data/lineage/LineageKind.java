package io.qilin.data.lineage;

/** What a node of the lineage is. */
public enum LineageKind {
  /** A file or folder, hashed by its bytes. */
  FILE,
  /** Bars, records or a table in memory, hashed by their values. */
  DATASET,
  /** Values of factors. */
  FACTORS,
  /** A trained model. */
  MODEL,
  /** What was decided. */
  DECISION,
  /** What was said about something: a quality report, a tear sheet. */
  REPORT
}
