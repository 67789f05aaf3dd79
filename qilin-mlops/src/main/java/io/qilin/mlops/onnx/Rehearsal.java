package io.qilin.mlops.onnx;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Tries a model at opening on rows made from a fixed seed: that it repeats itself, and whether a row's score depends on how many
 * rows are fed with it, which some kernels' order of summing does. It warms up as well.
 */
final class Rehearsal {
  private static final int ROWS = 67;
  private static final long FLOPS = 100_000_000;
  private static final long SEED = 20_240_917;

  private Rehearsal() {}

  /**
   * Tells whether rows must be fed one by one.
   *
   * @param most the most rows of a chunk
   * @param flops what a row costs; of a costly model fewer rows are tried
   * @throws QilinException MODEL_OUTPUT if the model does not repeat itself
   */
  static boolean singly(Slots slots, int width, int column, int most, long flops) {
    Slot slot = slots.take();
    try {
      int count = (int) Math.max(2, Math.min(ROWS, FLOPS / Math.max(1, flops)));
      double[] rows = rows(count, width);
      double[] once = scores(slots, slot, rows, width, column, most);
      if (!Arrays.equals(once, scores(slots, slot, rows, width, column, most))) {
        throw new QilinException(
            ErrorCode.MODEL_OUTPUT,
            "the model gives other scores for the same rows when asked twice; do not use it");
      }
      for (int size : new int[] {1, 3, Slot.SMALL}) {
        if (size < most && !Arrays.equals(once, scores(slots, slot, rows, width, column, size))) {
          return true;
        }
      }
      return false;
    } finally {
      slots.give(slot);
    }
  }

  private static double[] rows(int count, int width) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] rows = new double[count * width];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextDouble(-3, 3);
    }
    return rows;
  }

  /** Scores the rows in chunks of one size; what is missing in the last is filled up by its first row. */
  private static double[] scores(
      Slots slots, Slot slot, double[] rows, int width, int column, int size) {
    double[] scores = new double[rows.length / width];
    for (int from = 0; from < scores.length; from += size) {
      for (int i = 0; i < size; i++) {
        slot.rows.row(rows, (from + i < scores.length ? from + i : from) * width, i);
      }
      try {
        slot.run(size);
      } catch (QilinException e) {
        throw slots.cause(slot, e);
      }
      for (int i = from; i < Math.min(scores.length, from + size); i++) {
        scores[i] = slot.result(i - from, column);
      }
    }
    return scores;
  }
}
