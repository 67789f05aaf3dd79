package io.qilin.data.stream;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The last values of a series, both in order of time and of size, so that the median is at hand and the median absolute
 * deviation takes half a pass.
 */
final class ValueHistory {
  private final double[] ring;
  private final double[] sorted;
  private int next;
  private int size;

  ValueHistory(int length) {
    ring = new double[length];
    sorted = new double[length];
  }

  int size() {
    return size;
  }

  void add(double value) {
    if (size == ring.length) {
      remove(ring[next]);
    }
    int at = Arrays.binarySearch(sorted, 0, size, value);
    int place = at < 0 ? -at - 1 : at;
    System.arraycopy(sorted, place, sorted, place + 1, size - place);
    sorted[place] = value;
    size++;
    ring[next] = value;
    next = next + 1 == ring.length ? 0 : next + 1;
  }

  private void remove(double value) {
    int at = Arrays.binarySearch(sorted, 0, size, value);
    System.arraycopy(sorted, at + 1, sorted, at, size - at - 1);
    size--;
  }

  double median() {
    int half = size / 2;
    return size % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
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
          left < 0 || (right < size && sorted[right] - median <= median - sorted[left]);
      distance = takeRight ? sorted[right++] - median : median - sorted[left--];
    }
    return size % 2 == 1 ? distance : (nearer + distance) / 2;
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeDouble(ring[size == ring.length ? (next + i) % size : i]);
    }
  }

  void load(DataInput in) throws IOException {
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      add(in.readDouble());
    }
  }
}
