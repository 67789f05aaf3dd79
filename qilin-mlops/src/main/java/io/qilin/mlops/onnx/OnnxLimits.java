package io.qilin.mlops.onnx;

import io.qilin.api.error.QilinException;
import java.util.Set;

/**
 * What an ONNX model may at most be. The defaults suit models of rows of features; they are checked before native code
 * sees the model.
 *
 * @param maxBytes size of the file, at most 2 GiB; 256 MiB unless set
 * @param maxNodes operators of the graph; 50,000 unless set
 * @param maxElements numbers that all operators together make in one run; 16 Mi unless set. A run of many rows is cut so
 *     that it stays below; a model that needs more for one row is refused
 * @param maxFlopsPerRow estimated floating-point operations that one row costs; 100 million unless set
 * @param maxFixedFlops estimated operations that do not depend on the rows, done when the model is loaded; 1 billion
 *     unless set
 * @param extraOperators operators of the default domain to accept beside the built-in ones. Each must give one output of
 *     the shape and type of its first input, and treat each row by itself: the host vouches for that. Empty unless set
 */
public record OnnxLimits(
    long maxBytes,
    int maxNodes,
    long maxElements,
    long maxFlopsPerRow,
    long maxFixedFlops,
    Set<String> extraOperators) {
  /** The limits unless set. */
  public static final OnnxLimits DEFAULT = new Builder().build();

  /**
   * Checks the ranges.
   *
   * @throws QilinException INVALID_ARGUMENT naming the limit
   */
  public OnnxLimits {
    extraOperators = Set.copyOf(extraOperators);
    within("maxBytes", maxBytes, Integer.MAX_VALUE - 8);
    within("maxNodes", maxNodes, 1_000_000);
    within("maxElements", maxElements, 1L << 30);
    within("maxFlopsPerRow", maxFlopsPerRow, 1L << 50);
    within("maxFixedFlops", maxFixedFlops, 1L << 50);
    for (String operator : extraOperators) {
      if (Operators.grows(operator)) {
        throw QilinException.invalid("the operator " + QilinException.quote(operator)
            + " cannot be accepted: the size or the content of its output is not known beforehand");
      }
    }
  }

  private static void within(String name, long value, long most) {
    if (value < 1 || value > most) {
      throw QilinException.invalid(name + " is 1 to " + most + ", was " + value);
    }
  }

  /** Limits of one's own. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects limits. */
  public static final class Builder {
    private long maxBytes = 256L << 20;
    private int maxNodes = 50_000;
    private long maxElements = 16L << 20;
    private long maxFlopsPerRow = 100_000_000;
    private long maxFixedFlops = 1_000_000_000;
    private Set<String> extraOperators = Set.of();

    private Builder() {}

    /** See {@link OnnxLimits#maxBytes}. */
    public Builder maxBytes(long bytes) {
      maxBytes = bytes;
      return this;
    }

    /** See {@link OnnxLimits#maxNodes}. */
    public Builder maxNodes(int nodes) {
      maxNodes = nodes;
      return this;
    }

    /** See {@link OnnxLimits#maxElements}. */
    public Builder maxElements(long elements) {
      maxElements = elements;
      return this;
    }

    /** See {@link OnnxLimits#maxFlopsPerRow}. */
    public Builder maxFlopsPerRow(long flops) {
      maxFlopsPerRow = flops;
      return this;
    }

    /** See {@link OnnxLimits#maxFixedFlops}. */
    public Builder maxFixedFlops(long flops) {
      maxFixedFlops = flops;
      return this;
    }

    /** See {@link OnnxLimits#extraOperators}. */
    public Builder extraOperators(Set<String> operators) {
      extraOperators = operators;
      return this;
    }

    /**
     * The limits.
     *
     * @throws QilinException INVALID_ARGUMENT naming the limit that is out of range
     */
    public OnnxLimits build() {
      return new OnnxLimits(
          maxBytes, maxNodes, maxElements, maxFlopsPerRow, maxFixedFlops, extraOperators);
    }
  }
}
