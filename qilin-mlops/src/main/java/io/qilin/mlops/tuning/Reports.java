package io.qilin.mlops.tuning;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Arrays;

/** What a trial reported: steps that rise, each with a value. Confined to the thread of its trial until that has ended. */
final class Reports {
  static final int MOST = 1_000;

  private long[] steps = new long[8];
  private double[] values = new double[8];
  private int size;

  void add(long step, double value) {
    if (step < 0 || (size > 0 && step <= steps[size - 1])) {
      throw QilinException.invalid("steps of a trial rise from 0, was " + step
          + (size > 0 ? " after " + steps[size - 1] : ""));
    }
    if (size == MOST) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "a trial reports at most " + MOST + " times; report every few steps");
    }
    if (size == steps.length) {
      steps = Arrays.copyOf(steps, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    steps[size] = step;
    values[size++] = value;
  }

  int size() {
    return size;
  }

  long step(int index) {
    return steps[index];
  }

  double value(int index) {
    return values[index];
  }

  /** The value at just this step, {@code NaN} if there is none. */
  double at(long step) {
    int index = Arrays.binarySearch(steps, 0, size, step);
    return index < 0 ? Double.NaN : values[index];
  }

  /** The first value from this step on, {@code NaN} if the trial did not come so far. */
  double from(long step) {
    int index = Arrays.binarySearch(steps, 0, size, step);
    int place = index < 0 ? -index - 1 : index;
    return place < size ? values[place] : Double.NaN;
  }

  /** The last value that is known, {@code NaN} if there is none. */
  double last() {
    for (int i = size - 1; i >= 0; i--) {
      if (!Double.isNaN(values[i])) {
        return values[i];
      }
    }
    return Double.NaN;
  }
}
