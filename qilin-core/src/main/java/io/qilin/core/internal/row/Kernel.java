package io.qilin.core.internal.row;

/**
 * One calculation over one row. Every kernel is a class of its own with one short loop over equal indices, so that the
 * compiler turns the loop into vector instructions and compiles each kernel alone.
 */
abstract class Kernel {
  /** Makes room; rows have theirs already. */
  void allocate(Tile tile) {}

  /** Calculates the row that begins with a tick from rows of the same and of earlier ticks. */
  abstract void run(int tick);

  /** Forgets what was seen; rows are cleared by the program. */
  void reset() {}

  /** Says, after {@link #reset}, that there is nothing before a tick. */
  void startAt(int tick) {}

  /** Writes what is remembered beside the rows. */
  void save(StateWriter out, int lanes) {}

  /** Reads what {@link #save} wrote. */
  void load(StateReader in, int lanes) {}

  /** Bytes for each lane that are kept beside the rows, as far as they are known before anything was seen. */
  long bytesPerLane() {
    return 0;
  }

  /** Bytes that {@link #save} writes now. */
  long stateBytes(int lanes) {
    return 0;
  }
}
