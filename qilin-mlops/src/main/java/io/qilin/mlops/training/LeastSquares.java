package io.qilin.mlops.training;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.dataset.TrainingData;
import java.util.Arrays;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;
import org.jspecify.annotations.Nullable;

/**
 * Minimises the weighted sum of squared errors plus {@code alpha} times the sum of squared weights; the intercept is not
 * punished. Rows are centred and reflected into a triangle, of which the singular values are taken: the normal equations, which
 * square the condition, are not formed. With alpha 0 directions of which the singular value is rounding are left out, which
 * gives the solution of least norm, as {@code numpy.linalg.lstsq}.
 */
final class LeastSquares {
  private static final int CHUNK = 256;

  private final TrainingData data;
  private final double alpha;
  private final boolean intercept;
  private final TrainingContext context;

  LeastSquares(TrainingData data, double alpha, boolean intercept, TrainingContext context) {
    this.data = data;
    this.alpha = alpha;
    this.intercept = intercept;
    this.context = context;
  }

  LinearModel solve() {
    int width = data.width();
    double[] means = intercept ? Means.of(data, context) : new double[width + 1];
    HouseholderRows triangle = triangle(means);
    double[] weights = new double[width];
    try {
      double[][] square = new double[width][];
      for (int i = 0; i < width; i++) {
        square[i] = Arrays.copyOf(triangle.triangle()[i], width);
      }
      weights = weights(square, triangle.triangle());
    } catch (MathRuntimeException e) {
      throw failed(e);
    }
    double constant = intercept ? means[width] : 0;
    for (int j = 0; j < width; j++) {
      constant -= weights[j] * means[j];
    }
    if (!Double.isFinite(constant)) {
      throw failed(null);
    }
    return LinearModel.of(data.features(), LinearModel.Link.IDENTITY, weights, constant);
  }

  private static QilinException failed(@Nullable Throwable cause) {
    return new QilinException(
        ErrorCode.TRAINING_FAILED,
        "the features' values are too large or too small for a solution; normalise them first, as"
            + " ZScoreNorm does",
        cause);
  }

  /** The triangle of the centred features and, as the last column, the centred label. */
  private HouseholderRows triangle(double[] means) {
    int width = data.width();
    HouseholderRows triangle = new HouseholderRows(width + 1);
    double[] flat = new double[CHUNK * width];
    double[][] rows = new double[CHUNK][width + 1];
    for (int from = 0; from < data.count(); from += CHUNK) {
      context.cancellation().check();
      int count = Math.min(CHUNK, data.count() - from);
      data.copyRows(from, count, flat);
      for (int i = 0; i < count; i++) {
        double root = Math.sqrt(data.weight(from + i));
        for (int j = 0; j < width; j++) {
          rows[i][j] = (flat[i * width + j] - means[j]) * root;
        }
        rows[i][width] = (data.label(from + i) - means[width]) * root;
      }
      triangle.add(rows, count);
      context.progress(0.9 * (from + count) / data.count());
    }
    return triangle;
  }

  private double[] weights(double[][] square, double[][] triangle) {
    int width = data.width();
    for (double[] row : triangle) {
      for (double value : row) {
        if (!Double.isFinite(value)) {
          throw failed(null);
        }
      }
    }
    double[] weights = new double[width];
    if (Arrays.stream(square).allMatch(row -> Arrays.stream(row).allMatch(value -> value == 0))) {
      return weights;
    }
    SingularValueDecomposition svd =
        new SingularValueDecomposition(new Array2DRowRealMatrix(square, false));
    double[] values = svd.getSingularValues();
    double smallest = Math.ulp(1.0) * Math.max(data.count(), width) * values[0];
    for (int k = 0; k < width; k++) {
      if (values[k] > smallest) {
        double projection = 0;
        for (int i = 0; i < width; i++) {
          projection += svd.getU().getEntry(i, k) * triangle[i][width];
        }
        double factor = projection * values[k] / (values[k] * values[k] + alpha);
        for (int j = 0; j < width; j++) {
          weights[j] += factor * svd.getV().getEntry(j, k);
        }
      }
    }
    return weights;
  }
}
