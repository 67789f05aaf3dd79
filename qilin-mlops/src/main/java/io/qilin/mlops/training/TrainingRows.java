package io.qilin.mlops.training;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.mlops.dataset.TrainingData;
import org.jspecify.annotations.Nullable;

/** What trainers ask of rows before they begin. */
final class TrainingRows {
  private TrainingRows() {}

  /** Validation rows have the features of the training rows. */
  static void requireSame(TrainingData train, @Nullable TrainingData valid) {
    if (valid != null) {
      new ModelSignature(train.features(), ModelSignature.Missing.ACCEPTED)
          .requireSame(valid.features());
    }
  }

  /** Every feature is known. */
  static void requireKnown(@Nullable TrainingData data) {
    int row = data == null ? -1 : data.firstUnknown();
    if (data != null && row >= 0) {
      int column = 0;
      while (!Double.isNaN(data.feature(row, column))) {
        column++;
      }
      throw new QilinException(
          ErrorCode.MODEL_MISMATCH,
          QilinException.quote(data.features().get(column)) + " of " + data.describe(row)
              + " is not known, and this trainer needs every value; add Fillna or"
              + " DropnaProcessor(FEATURES) to the processors");
    }
  }

  /** Labels are 0 or 1, and there are both. */
  static void requireClasses(TrainingData data) {
    boolean[] there = requireLabels(data);
    if (!there[0] || !there[1]) {
      throw new QilinException(
          ErrorCode.MODEL_MISMATCH,
          "all labels are " + (there[1] ? 1 : 0) + "; there is nothing to tell apart");
    }
  }

  /** Labels are 0 or 1; gives which of them there are. */
  static boolean[] requireLabels(TrainingData data) {
    boolean[] there = new boolean[2];
    for (int row = 0; row < data.count(); row++) {
      double label = data.label(row);
      if (label != 0 && label != 1) {
        throw new QilinException(
            ErrorCode.MODEL_MISMATCH,
            "a classifier learns labels 0 and 1; that of " + data.describe(row) + " is " + label
                + "; make classes with TrainingData.withLabels");
      }
      there[(int) label] = true;
    }
    return there;
  }
}
