package io.qilin.data.quality.table;

/** Where a key is: its segment and its position in it. */
record KeyPlace(KeySegment segment, long at) {
  long high() {
    return segment.high(at);
  }

  long low() {
    return segment.low(at);
  }

  boolean isSameKey(KeyPlace other) {
    return low() == other.low() && high() == other.high();
  }
}
