package io.qilin.data.arrow;

/** The memory that a batch may still take. */
final class MemoryBudget {
  private final long whole;
  private long left;

  MemoryBudget(long bytes) {
    this.whole = bytes;
    this.left = bytes;
  }

  /** Takes some of it, before the memory is. */
  void take(long bytes, Where where) {
    if (bytes > left) {
      throw where.tooLarge("the batch needs more than " + whole + " bytes of memory; read fewer"
          + " columns, write smaller batches, or raise TableLimits.batchBytes");
    }
    left -= bytes;
  }

  long taken() {
    return whole - left;
  }
}
