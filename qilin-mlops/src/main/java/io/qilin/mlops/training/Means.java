package io.qilin.mlops.training;

import io.qilin.mlops.dataset.TrainingData;

/** Weighted means of the features and, last, of the label. */
final class Means {
  private static final int CHUNK = 256;

  private Means() {}

  static double[] of(TrainingData data, TrainingContext context) {
    int width = data.width();
    double[] means = new double[width + 1];
    double[] flat = new double[CHUNK * width];
    double total = 0;
    for (int from = 0; from < data.count(); from += CHUNK) {
      context.cancellation().check();
      int count = Math.min(CHUNK, data.count() - from);
      data.copyRows(from, count, flat);
      for (int i = 0; i < count; i++) {
        double weight = data.weight(from + i);
        for (int j = 0; j < width; j++) {
          means[j] += weight * flat[i * width + j];
        }
        means[width] += weight * data.label(from + i);
        total += weight;
      }
    }
    for (int j = 0; j <= width; j++) {
      means[j] /= total;
    }
    return means;
  }
}
