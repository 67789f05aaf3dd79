package io.qilin.core.internal.row;

/**
 * One calculation over one row of lanes. Every kernel is a class of its own with one short loop over equal indices, so
 * that the compiler turns the loop into vector instructions and compiles each kernel alone.
 */
abstract class Kernel {
  /** Calculates the rows of a tick from rows of the same and of earlier ticks. */
  abstract void run(int tick);

  /** Forgets what was seen; rows are cleared by the program. */
  void reset() {}

  /** Writes what is remembered beside the rows. */
  void save(StateWriter out, int lanes) {}

  /** Reads what {@link #save} wrote. */
  void load(StateReader in, int lanes) {}

  /** Bytes that {@link #save} writes now. */
  long stateBytes(int lanes) {
    return 0;
  }
}
