package io.qilin.data.record;

import io.qilin.api.record.MarketRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Records in memory, up to an amount of it. What a record takes is estimated from the length of its text: a share for its
 * objects and moments, and every character three times. Not thread-safe.
 */
final class RecordHeap {
  private static final long OBJECTS = 64;
  private static final long PER_CHAR = 3;

  private final long most;
  private final List<MarketRecord> rows = new ArrayList<>();
  private long bytes;

  RecordHeap(long most) {
    this.most = most;
  }

  /** Keeps a record; false, and nothing is kept any more, if that would be too much. */
  boolean add(MarketRecord record, long chars) {
    long more = OBJECTS + PER_CHAR * chars;
    if (bytes > most - more) {
      bytes = Long.MAX_VALUE;
      rows.clear();
      return false;
    }
    bytes += more;
    rows.add(record);
    return true;
  }

  /** Whether it was too much. */
  boolean isFull() {
    return bytes == Long.MAX_VALUE;
  }

  /** What the records take, as estimated. */
  long bytes() {
    return bytes;
  }

  /** The records in the order in which they came. */
  List<MarketRecord> rows() {
    return rows;
  }
}
