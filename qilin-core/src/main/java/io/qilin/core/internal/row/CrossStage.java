package io.qilin.core.internal.row;

/**
 * One cross-sectional operator over all instruments of a day: collects its operands from the programs, computes, and gives
 * each program its part of the result. Confined to one thread at a time.
 */
public final class CrossStage {
  private final CrossPort port;
  private final double[][] operands;
  private final double[] result;
  private final CrossCalculation calculation;

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
    this.calculation = CrossCalculation.of(port.operator(), port.parameters(), operands);
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
