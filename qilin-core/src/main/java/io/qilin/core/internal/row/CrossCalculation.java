package io.qilin.core.internal.row;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.expression.Operator;
import io.qilin.core.internal.kernel.CrossClip;
import io.qilin.core.internal.kernel.CrossMoments;
import io.qilin.core.internal.kernel.CrossRank;
import io.qilin.core.internal.kernel.CrossRegression;
import java.util.Arrays;
import java.util.List;

/** What a cross-sectional operator makes of the rows of its operands on one day. Confined to one thread at a time. */
@FunctionalInterface
public interface CrossCalculation {
  /**
   * Computes.
   *
   * @param operands one row each
   * @param out takes the result
   * @param n how many instruments there are
   */
  void compute(double[][] operands, double[] out, int n);

  /**
   * The calculation of an operator.
   *
   * @param parameters its constants
   * @param operands how many it has
   * @param width the most instruments
   */
  static CrossCalculation of(Operator operator, List<Double> parameters, int operands, int width) {
    double parameter = parameters.isEmpty() ? 0 : parameters.get(0);
    return switch (operator) {
      case CS_RANK -> {
        CrossRank ranks = new CrossRank(width);
        yield (x, out, n) -> ranks.rank(x[0], out, n);
      }
      case CS_BUCKET -> {
        CrossRank ranks = new CrossRank(width);
        yield (x, out, n) -> ranks.bucket(x[0], (int) parameter, out, n);
      }
      case CS_ZSCORE -> (x, out, n) -> CrossMoments.zscore(x[0], out, n);
      case CS_DEMEAN -> (x, out, n) -> CrossMoments.demean(x[0], out, n);
      case CS_SCALE -> (x, out, n) -> CrossMoments.scale(x[0], parameter, out, n);
      case CS_WINSORIZE -> {
        CrossClip clip = new CrossClip(width);
        yield (x, out, n) -> clip.winsorize(x[0], parameter, out, n);
      }
      case CS_CLIP -> {
        CrossClip clip = new CrossClip(width);
        yield (x, out, n) -> clip.clip(x[0], parameter, out, n);
      }
      case CS_NEUTRALIZE -> {
        CrossRegression regression = new CrossRegression(width, operands - 2);
        yield (x, out, n) ->
            regression.neutralize(x[0], x[1], Arrays.copyOfRange(x, 2, operands), out, n);
      }
      case CS_RESIDUAL -> {
        CrossRegression regression = new CrossRegression(width, operands - 1);
        yield (x, out, n) -> regression.residual(x[0], Arrays.copyOfRange(x, 1, operands), out, n);
      }
      default ->
        throw new QilinException(ErrorCode.UNKNOWN, operator + " does not compare instruments");
    };
  }
}
