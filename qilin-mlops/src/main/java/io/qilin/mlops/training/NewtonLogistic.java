package io.qilin.mlops.training;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.dataset.TrainingData;
import java.util.Arrays;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;

/**
 * Newton's method for the punished logistic likelihood, with steps halved until the objective falls (Boyd and Vandenberghe,
 * "Convex optimization", 9.5.2). Features are centred, which changes nothing but the condition: the intercept is free. The last
 * of the coefficients is the intercept, if there is one.
 */
final class NewtonLogistic {
  private static final int CHUNK = 256;
  private static final int MOST_HALVINGS = 60;

  private final TrainingData data;
  private final ParameterValues values;
  private final TrainingContext context;
  private final double strength;
  private final boolean intercept;
  private final int size;
  private final double[] means;

  NewtonLogistic(TrainingData data, ParameterValues values, TrainingContext context) {
    this.data = data;
    this.values = values;
    this.context = context;
    this.strength = values.number("C");
    this.intercept = values.flag("fit_intercept");
    this.size = data.width() + (intercept ? 1 : 0);
    this.means = intercept ? Means.of(data, context) : new double[data.width() + 1];
  }

  LinearModel solve() {
    double[] at = new double[size];
    Slope slope = slope(at);
    int most = values.small("max_iter");
    for (int step = 1; step <= most; step++) {
      double[] direction = direction(slope);
      double decrement = dot(slope.gradient, direction) / 2;
      context.metric("train.objective", step, slope.objective);
      context.progress(0.9 * step / most);
      if (decrement <= values.number("tol") * (1 + Math.abs(slope.objective))) {
        return model(at);
      }
      at = stepped(at, direction, decrement, slope.objective);
      slope = slope(at);
    }
    throw new QilinException(
        ErrorCode.TRAINING_FAILED,
        "after " + most + " steps the objective still falls; normalise the features, raise max_iter"
            + " or tol, or lower C");
  }

  private LinearModel model(double[] at) {
    int width = data.width();
    double constant = intercept ? at[width] : 0;
    for (int j = 0; j < width; j++) {
      constant -= at[j] * means[j];
    }
    return LinearModel.of(
        data.features(), LinearModel.Link.LOGISTIC, Arrays.copyOf(at, width), constant);
  }

  private double[] direction(Slope slope) {
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        slope.hessian[i][j] = slope.hessian[j][i];
      }
    }
    try {
      return new CholeskyDecomposition(new Array2DRowRealMatrix(slope.hessian, false))
          .getSolver()
          .solve(new ArrayRealVector(slope.gradient, false))
          .toArray();
    } catch (MathRuntimeException e) {
      throw new QilinException(
          ErrorCode.TRAINING_FAILED,
          "the curvature of the objective is not positive; normalise the features, as ZScoreNorm"
              + " does, or lower C",
          e);
    }
  }

  private double[] stepped(double[] at, double[] direction, double decrement, double objective) {
    double length = 1;
    for (int halving = 0; halving < MOST_HALVINGS; halving++, length /= 2) {
      double[] next = new double[size];
      for (int i = 0; i < size; i++) {
        next[i] = at[i] - length * direction[i];
      }
      // Near the end the fall is lost in the rounding of the sum; a step is taken then too.
      double rounding = 1e-13 * Math.abs(objective);
      if (objective(next) <= objective - 0.25 * length * decrement + rounding) {
        return next;
      }
    }
    throw new QilinException(
        ErrorCode.TRAINING_FAILED,
        "no step makes the objective smaller; normalise the features, as ZScoreNorm does");
  }

  private double objective(double[] at) {
    double sum = 0;
    double[] rows = new double[CHUNK * data.width()];
    double[] row = new double[size];
    for (int from = 0; from < data.count(); from += CHUNK) {
      int count = load(from, rows);
      for (int i = 0; i < count; i++) {
        centre(rows, i, row);
        sum += loss(LinearPredictor.dot(at, row, 0), from + i);
      }
    }
    return strength * sum + punishment(at);
  }

  private Slope slope(double[] at) {
    Slope slope = new Slope(size);
    double[] rows = new double[CHUNK * data.width()];
    double[] row = new double[size];
    double sum = 0;
    for (int from = 0; from < data.count(); from += CHUNK) {
      int count = load(from, rows);
      for (int i = 0; i < count; i++) {
        centre(rows, i, row);
        double margin = LinearPredictor.dot(at, row, 0);
        double weight = strength * data.weight(from + i);
        double chance = LinearPredictor.logistic(margin);
        sum += loss(margin, from + i);
        slope.add(row, weight * (chance - data.label(from + i)), weight * chance * (1 - chance));
      }
    }
    slope.objective = strength * sum + punishment(at);
    for (int j = 0; j < data.width(); j++) {
      slope.gradient[j] += at[j];
      slope.hessian[j][j] += 1;
    }
    return slope;
  }

  private int load(int from, double[] rows) {
    context.cancellation().check();
    int count = Math.min(CHUNK, data.count() - from);
    data.copyRows(from, count, rows);
    return count;
  }

  private void centre(double[] rows, int i, double[] row) {
    int width = data.width();
    for (int j = 0; j < width; j++) {
      row[j] = rows[i * width + j] - means[j];
    }
    if (intercept) {
      row[width] = 1;
    }
  }

  /** {@code log(1 + exp(∓margin))}, without overflow, times the row's weight. */
  private double loss(double margin, int row) {
    double wrong = data.label(row) > 0 ? -margin : margin;
    double loss = Math.max(wrong, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(wrong)));
    return data.weight(row) * loss;
  }

  private double punishment(double[] at) {
    double sum = 0;
    for (int j = 0; j < data.width(); j++) {
      sum += at[j] * at[j];
    }
    return sum / 2;
  }

  private static double dot(double[] a, double[] b) {
    return LinearPredictor.dot(a, b, 0);
  }

  /** The objective at a point with its first and second derivatives, of the second the upper triangle. */
  private static final class Slope {
    private double objective;
    private final double[] gradient;
    private final double[][] hessian;

    private Slope(int size) {
      gradient = new double[size];
      hessian = new double[size][size];
    }

    private void add(double[] row, double first, double second) {
      for (int a = 0; a < row.length; a++) {
        gradient[a] += first * row[a];
        double factor = second * row[a];
        double[] line = hessian[a];
        for (int b = a; b < line.length; b++) {
          line[b] += factor * row[b];
        }
      }
    }
  }
}
