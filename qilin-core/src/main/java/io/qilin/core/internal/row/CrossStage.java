package io.qilin.core.internal.row;

import io.qilin.core.expression.Operator;
import io.qilin.core.internal.kernel.CrossRank;
import io.qilin.core.internal.kernel.RankPool;

/**
 * One cross-sectional operator over all instruments of a day: collects its operands from the programs, computes, and gives
 * each program its part of the result. Confined to one thread at a time.
 */
public final class CrossStage {
  private final CrossPort port;
  private final double[][] operands;
  private final double[] result;
  private final CrossCalculation calculation;
  private final RankPool pool;
  /** Whether it finds ranks, for several days at once. */
  private final boolean together;

  /**
   * A stage.
   *
   * @param port the operator, as one of the programs has it
   * @param instruments the most instruments
   * @param pool rankings of as many
   */
  public CrossStage(CrossPort port, int instruments, RankPool pool) {
    this.port = port;
    this.operands = new double[port.operandCount()][instruments];
    this.result = new double[instruments];
    this.pool = pool;
    this.calculation = CrossCalculation.of(port.operator(), port.parameters(), operands, pool);
    this.together =
        port.operator() == Operator.CS_RANK && CrossRank.takesDays(instruments, port.days());
  }

  /**
   * Computes all days of a row at once for a program that has all instruments in their order; false if the operator can only
   * go from day to day.
   */
  public boolean computeDays(CrossPort all, int tick) {
    if (!together) {
      return false;
    }
    CrossRank ranks = pool.take();
    double[] out = all.results(tick);
    ranks.rankDays(all.values(tick), out, out.length / all.days(), all.days());
    pool.giveBack(ranks);
    return true;
  }

  /** Takes the operands of one program on a day in, the day given as the first tick of its row and the days after it. */
  public void collect(CrossPort from, int tick, int day, int[] places) {
    for (int operand = 0; operand < operands.length; operand++) {
      from.collect(operand, tick, day, operands[operand], places);
    }
  }

  /** Computes over so many instruments. */
  public void compute(int instruments) {
    calculation.compute(result, instruments);
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
