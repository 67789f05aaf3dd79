package io.qilin.data.stream;

import java.util.Arrays;

/**
 * The last values of a series in order of time, with their places in order of size, so that the median is at hand and the
 * median absolute deviation takes half a pass. Memory grows with the values, ten bytes for each, to the length and no more.
 * Values are not {@code NaN}.
 */
final class ValueHistory {
  private static final int FIRST = 8;

  private final int length;
  private double[] ring;

  /** The places of the values in the ring, by value and then by place. */
  private short[] order;

  private int next;
  private int size;

  /** A history of at most 32,767 values. */
  ValueHistory(int length) {
    this.length = length;
    this.ring = new double[Math.min(FIRST, length)];
    this.order = new short[ring.length];
  }

  int size() {
    return size;
  }

  void add(double value) {
    if (size == length) {
      int old = rank(ring[next], next);
      System.arraycopy(order, old + 1, order, old, size - old - 1);
      size--;
    } else if (size == ring.length) {
      int wanted = Math.min(length, size * 2);
      ring = Arrays.copyOf(ring, wanted);
      order = Arrays.copyOf(order, wanted);
    }
    ring[next] = value;
    int rank = rank(value, next);
    System.arraycopy(order, rank, order, rank + 1, size - rank);
    order[rank] = (short) next;
    size++;
    next = next + 1 == length ? 0 : next + 1;
  }

  /** How many values are less, or equal and at a lower place. */
  private int rank(double value, int place) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int other = order[middle];
      double found = ring[other];
      if (found < value || (found == value && other < place)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private double sorted(int rank) {
    return ring[order[rank]];
  }

  double median() {
    int half = size / 2;
    return size % 2 == 1 ? sorted(half) : (sorted(half - 1) + sorted(half)) / 2;
  }

  /** The median of the distances from the median: taken from the middle outwards. */
  double deviation(double median) {
    int right = size / 2;
    int left = right - 1;
    double nearer = 0;
    double distance = 0;
    for (int taken = 0; taken <= size / 2; taken++) {
      nearer = distance;
      boolean takeRight =
          left < 0 || (right < size && sorted(right) - median <= median - sorted(left));
      distance = takeRight ? sorted(right++) - median : median - sorted(left--);
    }
    return size % 2 == 1 ? distance : (nearer + distance) / 2;
  }

  void save(CheckpointWriter out) {
    out.int32(size);
    for (int i = 0; i < size; i++) {
      out.float64(ring[size == length ? (next + i) % size : i]);
    }
  }

  void load(CheckpointReader in) {
    int count = in.int32("length of a history", 0, length);
    for (int i = 0; i < count; i++) {
      add(in.float64("value of a history"));
    }
  }
}
