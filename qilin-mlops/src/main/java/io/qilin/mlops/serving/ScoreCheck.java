package io.qilin.mlops.serving;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelVersion;

/** What goes into a model and what comes out of it. */
final class ScoreCheck {
  private ScoreCheck() {}

  static void requireRoom(ModelSignature signature, double[] rows, int count, double[] scores) {
    boolean fits =
        count >= 0 && (long) count * signature.width() <= rows.length && count <= scores.length;
    if (!fits) {
      throw new QilinException(
          ErrorCode.MODEL_MISMATCH,
          count + " rows of " + signature.width() + " values do not fit into " + rows.length
              + " values and " + scores.length + " scores");
    }
  }

  /** A score is finite, or NaN for a row of which something is not known. */
  static void requireScores(ModelVersion version, double[] rows, int count, double[] scores) {
    for (int row = 0; row < count; row++) {
      double score = scores[row];
      if (!Double.isFinite(score) && !excused(version.draft().signature(), rows, row, score)) {
        throw new QilinException(
            ErrorCode.MODEL_OUTPUT,
            version.id() + " gave " + score + " for row " + (row + 1) + " of " + count);
      }
    }
  }

  private static boolean excused(ModelSignature signature, double[] rows, int row, double score) {
    if (Double.isInfinite(score)) {
      return false;
    }
    int width = signature.width();
    for (int i = row * width; i < (row + 1) * width; i++) {
      if (Double.isNaN(rows[i])) {
        return true;
      }
    }
    return false;
  }
}
