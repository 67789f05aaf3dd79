package io.qilin.mlops.onnx;

import java.util.List;
import java.util.Map;

/**
 * A model as its file says it, before anything about it is believed.
 *
 * @param opsets the version of each domain
 * @param nodes operators in their order
 * @param constants by name
 * @param inputs what is fed, with constants that may be overridden
 * @param outputs what comes out
 */
record Graph(
    Map<String, Long> opsets,
    List<Node> nodes,
    Map<String, ConstantTensor> constants,
    List<Port> inputs,
    List<Port> outputs) {
  /** The version of the default domain. */
  long opset() {
    return opsets.getOrDefault("", 0L);
  }

  /**
   * An input or output.
   *
   * @param known whether a type is given
   * @param shaped whether a shape is given
   * @param dims lengths; {@code FREE} where any length goes
   */
  record Port(String name, boolean known, ElementType type, boolean shaped, List<Long> dims) {
    static final long FREE = -1;

    String shape() {
      return dims.toString().replace("-1", "any");
    }
  }
}
