package io.qilin.security.audit;

/**
 * Where the opening of an erasable field lies.
 *
 * @param field the field's name
 * @param offset where in the file
 * @param size in bytes
 * @param state what is there
 */
record ErasableSlot(String field, long offset, int size, State state) {
  enum State {
    /** The text that was recorded. */
    OPEN,
    /** Zeros. */
    ERASED,
    /** Something else: altered, or an erasure that did not end. */
    ALTERED
  }
}
