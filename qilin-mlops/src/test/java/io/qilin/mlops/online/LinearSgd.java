package io.qilin.mlops.online;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelSignature;
import io.qilin.mlops.training.IncrementalModel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A line that learns by stochastic gradient descent on the squared loss, with a fixed step. */
final class LinearSgd implements IncrementalModel {
  private final double rate;
  private final double[] weights;
  /** Makes it fail while it learns. */
  boolean broken;

  private LinearSgd(double rate, double[] weights) {
    this.rate = rate;
    this.weights = weights;
  }

  static LinearSgd of(int width, double rate) {
    return new LinearSgd(rate, new double[width]);
  }

  static LinearSgd restored(byte[] state) {
    ByteBuffer bytes = ByteBuffer.wrap(state);
    double rate = bytes.getDouble();
    double[] weights = new double[bytes.remaining() / Double.BYTES];
    bytes.asDoubleBuffer().get(weights);
    return new LinearSgd(rate, weights);
  }

  @Override
  public ModelSignature signature() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      names.add("x" + i);
    }
    return new ModelSignature(names, ModelSignature.Missing.NO_SCORE);
  }

  @Override
  public void partialFit(double[] rows, double[] labels, int count) {
    if (broken) {
      throw new QilinException(ErrorCode.TRAINING_FAILED, "broken on purpose");
    }
    for (int r = 0; r < count; r++) {
      double error = labels[r] - score(rows, r);
      for (int i = 0; i < weights.length; i++) {
        weights[i] += rate * error * rows[r * weights.length + i];
      }
    }
  }

  @Override
  public void predict(double[] rows, int count, double[] scores) {
    for (int r = 0; r < count; r++) {
      scores[r] = score(rows, r);
    }
  }

  private double score(double[] rows, int row) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * rows[row * weights.length + i];
    }
    return sum;
  }

  @Override
  public IncrementalModel copy() {
    LinearSgd copy = new LinearSgd(rate, weights.clone());
    copy.broken = broken;
    return copy;
  }

  @Override
  public byte[] state() {
    ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * (weights.length + 1));
    bytes.putDouble(rate);
    for (double weight : weights) {
      bytes.putDouble(weight);
    }
    return bytes.array();
  }
}
