package io.qilin.parquet;

/** The memory that one row group may still take; asked before anything is allocated. */
final class Budget {
  private final long whole;
  private long left;

  Budget(long bytes) {
    this.whole = bytes;
    this.left = bytes;
  }

  /**
   * Takes a part.
   *
   * @throws io.qilin.api.error.QilinException LIMIT_EXCEEDED if less is left
   */
  void take(long bytes, Place place) {
    if (bytes > left) {
      throw place.tooLarge("the row group needs more than " + whole
          + " bytes of memory; read fewer columns, write smaller row groups, or raise"
          + " TableLimits.batchBytes");
    }
    left -= bytes;
  }

  /** Gives back what is no longer held. */
  void give(long bytes) {
    left += bytes;
  }
}
