package io.qilin.data.record;

/** In which form records are written. */
public enum RecordFormat {
  /** One JSON object a line, {@code .jsonl}; for every kind. */
  JSON_LINES(".jsonl"),
  /** A table with a header, {@code .csv}; for the kinds without lists in them. */
  CSV(".csv");

  private final String ending;

  RecordFormat(String ending) {
    this.ending = ending;
  }

  /** How names of files end. */
  String ending() {
    return ending;
  }
}
