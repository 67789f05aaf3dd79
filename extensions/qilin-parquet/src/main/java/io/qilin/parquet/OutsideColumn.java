package io.qilin.parquet;

/** A number that is well formed, but that the type of its column cannot hold. Says why; has no stack trace. */
final class OutsideColumn extends Exception {
  private static final long serialVersionUID = 1L;

  OutsideColumn(String why) {
    super(why, null, false, false);
  }
}
