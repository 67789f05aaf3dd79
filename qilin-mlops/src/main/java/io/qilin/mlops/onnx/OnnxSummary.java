package io.qilin.mlops.onnx;

/**
 * What a model that passed the check is.
 *
 * @param input the name of its one input, rows × width
 * @param width features of a row; 0 if the model leaves it open
 * @param doubles whether rows are taken as 64-bit numbers instead of 32-bit ones
 * @param output the name of the output that is read
 * @param columns numbers that the output has for a row
 * @param flat whether the output is a plain list, one number a row, instead of rows × columns
 * @param doubleOutput whether the output holds 64-bit numbers
 * @param nodes operators of the graph
 * @param trees whether trees are among them; such models are fed in small chunks
 * @param flopsPerRow estimated floating-point operations that a row costs
 * @param elementsPerRow numbers that all operators together make for a row
 * @param fixedElements numbers that all operators together make whatever the rows
 */
public record OnnxSummary(
    String input,
    int width,
    boolean doubles,
    String output,
    int columns,
    boolean flat,
    boolean doubleOutput,
    int nodes,
    boolean trees,
    long flopsPerRow,
    long elementsPerRow,
    long fixedElements) {}
