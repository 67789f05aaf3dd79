package io.qilin.core.internal.row;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.internal.kernel.CrossClip;
import io.qilin.core.internal.kernel.CrossMoments;
import io.qilin.core.internal.kernel.CrossRank;
import io.qilin.core.internal.kernel.CrossRegression;
import java.util.Arrays;

/**
 * One cross-sectional operator over all instruments of a day: collects its operands from the programs, computes, and gives
 * each program its part of the result. Confined to one thread at a time.
 */
public final class CrossStage {
  private final CrossPort port;
  private final double[][] operands;
  private final double[] result;
  private final Calculation calculation;

  /** What is computed from the operands. */
  @FunctionalInterface
  private interface Calculation {
    void compute(double[][] operands, double[] out, int n);
  }

  /**
   * A stage.
   *
   * @param port the operator, as one of the programs has it
   * @param instruments the most instruments
   */
  public CrossStage(CrossPort port, int instruments) {
    this.port = port;
    this.operands = new double[port.operandCount()][instruments];
    this.result = new double[instruments];
    this.calculation = calculation(port, operands, instruments);
  }

  private static Calculation calculation(CrossPort port, double[][] operands, int width) {
    double parameter = port.parameters().isEmpty() ? 0 : port.parameters().get(0);
    return switch (port.operator()) {
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
        double[][] exposures = Arrays.copyOfRange(operands, 2, operands.length);
        CrossRegression regression = new CrossRegression(width, exposures.length);
        yield (x, out, n) -> regression.neutralize(x[0], x[1], exposures, out, n);
      }
      case CS_RESIDUAL -> {
        double[][] exposures = Arrays.copyOfRange(operands, 1, operands.length);
        CrossRegression regression = new CrossRegression(width, exposures.length);
        yield (x, out, n) -> regression.residual(x[0], exposures, out, n);
      }
      default ->
        throw new QilinException(
            ErrorCode.UNKNOWN, port.operator() + " does not compare instruments");
    };
  }

  /** Takes the operands of one program on a day in, the day given as the first tick of its row and the days after it. */
  public void collect(CrossPort from, int tick, int day, int[] places) {
    for (int operand = 0; operand < operands.length; operand++) {
      from.collect(operand, tick, day, operands[operand], places);
    }
  }

  /** Computes over so many instruments. */
  public void compute(int instruments) {
    calculation.compute(operands, result, instruments);
  }

  /** Gives one program its part. */
  public void deliver(CrossPort to, int tick, int day, int[] places) {
    to.deliver(tick, day, result, places);
  }

  /** The operator, for messages. */
  @Override
  public String toString() {
    return port.operator().functionName();
  }
}
