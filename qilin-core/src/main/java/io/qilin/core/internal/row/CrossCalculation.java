package io.qilin.core.internal.row;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.expression.Operator;
import io.qilin.core.internal.kernel.CrossClip;
import io.qilin.core.internal.kernel.CrossMoments;
import io.qilin.core.internal.kernel.CrossRank;
import io.qilin.core.internal.kernel.CrossRegression;
import io.qilin.core.internal.kernel.RankPool;
import java.util.Arrays;
import java.util.List;

/**
 * What a cross-sectional operator makes of the rows of its operands on one day. Bound to those rows, so that computing
 * allocates nothing. Confined to one thread at a time.
 */
@FunctionalInterface
public interface CrossCalculation {
  /**
   * Computes.
   *
   * @param out takes the result
   * @param n how many instruments there are
   */
  void compute(double[] out, int n);

  /**
   * The calculation of an operator.
   *
   * @param parameters its constants
   * @param x the rows of its operands, all as long as there can be instruments
   * @param pool rankings of rows as long
   */
  static CrossCalculation of(
      Operator operator, List<Double> parameters, double[][] x, RankPool pool) {
    int width = x[0].length;
    double parameter = parameters.isEmpty() ? 0 : parameters.get(0);
    return switch (operator) {
      case CS_RANK ->
        (out, n) -> {
          CrossRank ranks = pool.take();
          ranks.rank(x[0], out, n);
          pool.giveBack(ranks);
        };
      case CS_BUCKET ->
        (out, n) -> {
          CrossRank ranks = pool.take();
          ranks.bucket(x[0], (int) parameter, out, n);
          pool.giveBack(ranks);
        };
      case CS_ZSCORE -> (out, n) -> CrossMoments.zscore(x[0], out, n);
      case CS_DEMEAN -> (out, n) -> CrossMoments.demean(x[0], out, n);
      case CS_SCALE -> (out, n) -> CrossMoments.scale(x[0], parameter, out, n);
      case CS_WINSORIZE -> {
        CrossClip clip = new CrossClip(width);
        yield (out, n) -> clip.winsorize(x[0], parameter, out, n);
      }
      case CS_CLIP -> {
        CrossClip clip = new CrossClip(width);
        yield (out, n) -> clip.clip(x[0], parameter, out, n);
      }
      case CS_NEUTRALIZE -> {
        double[][] exposures = Arrays.copyOfRange(x, 2, x.length);
        CrossRegression regression = new CrossRegression(width, exposures.length);
        yield (out, n) -> regression.neutralize(x[0], x[1], exposures, out, n);
      }
      case CS_RESIDUAL -> {
        double[][] exposures = Arrays.copyOfRange(x, 1, x.length);
        CrossRegression regression = new CrossRegression(width, exposures.length);
        yield (out, n) -> regression.residual(x[0], exposures, out, n);
      }
      default ->
        throw new QilinException(ErrorCode.UNKNOWN, operator + " does not compare instruments");
    };
  }
}
