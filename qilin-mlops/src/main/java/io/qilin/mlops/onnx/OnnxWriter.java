package io.qilin.mlops.onnx;

import io.qilin.api.error.QilinException;
import io.qilin.mlops.onnx.OnnxTrees.Entry;
import java.util.List;

/**
 * Writes own models as ONNX: linear and logistic ones, small networks, boosted trees. IR version 8, operator sets 13 and
 * ai.onnx.ml 3, which ONNX Runtime takes since 1.11; input {@code features} of [rows, width], output {@code score} of [rows,
 * 1]. Numbers become 32-bit reals. Equal models give equal bytes, which pass {@link OnnxCheck} with the default limits.
 * Stateless.
 */
public final class OnnxWriter {
  static final String INPUT = "features";
  static final String OUTPUT = "score";

  private OnnxWriter() {}

  /**
   * A linear model: the sum of weight × feature, and the intercept.
   *
   * @param weights one a feature
   * @throws QilinException INVALID_ARGUMENT if there is none, or a number is not finite as a 32-bit real
   */
  public static byte[] linear(double[] weights, double intercept) {
    return layers(List.of(new Layer(weights.length, 1, weights, new double[] {intercept})), false);
  }

  /**
   * A linear model turned into a probability by {@code 1 / (1 + exp(-sum))}.
   *
   * @param weights one a feature
   * @throws QilinException INVALID_ARGUMENT if there is none, or a number is not finite as a 32-bit real
   */
  public static byte[] logistic(double[] weights, double intercept) {
    return layers(List.of(new Layer(weights.length, 1, weights, new double[] {intercept})), true);
  }

  /**
   * One layer of a network: so many numbers go in, so many come out.
   */
  public static final class Layer {
    final int inputs;
    final int outputs;
    final float[] weights;
    final float[] biases;

    /**
     * A layer.
     *
     * @param inputs numbers that go in, at least 1
     * @param outputs numbers that come out, at least 1
     * @param weights input after input, outputs values each; copied
     * @param biases one an output; copied
     * @throws QilinException INVALID_ARGUMENT if counts do not fit or a number is not finite as a 32-bit real
     */
    public Layer(int inputs, int outputs, double[] weights, double[] biases) {
      boolean fits = inputs > 0
          && outputs > 0
          && weights.length == (long) inputs * outputs
          && biases.length == outputs;
      if (!fits) {
        throw QilinException.invalid(weights.length + " weights and " + biases.length
            + " biases do not make a layer of " + inputs + " inputs and " + outputs + " outputs");
      }
      this.inputs = inputs;
      this.outputs = outputs;
      this.weights = floats(weights);
      this.biases = floats(biases);
    }
  }

  /**
   * A network of full layers with {@code max(0, x)} between them; the last has one output.
   *
   * @throws QilinException INVALID_ARGUMENT if layers do not fit each other or the last has more than one output
   */
  public static byte[] network(List<Layer> layers) {
    return layers(List.copyOf(layers), false);
  }

  private static byte[] layers(List<Layer> layers, boolean logistic) {
    if (layers.isEmpty() || layers.get(layers.size() - 1).outputs != 1) {
      throw QilinException.invalid("a network has at least one layer, and its last one output");
    }
    ProtoWriter graph = new ProtoWriter();
    String from = INPUT;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (i > 0 && layers.get(i - 1).outputs != layer.inputs) {
        throw QilinException.invalid("layer " + (i + 1) + " takes " + layer.inputs
            + " numbers and gets " + layers.get(i - 1).outputs);
      }
      boolean last = i == layers.size() - 1;
      String to = last && !logistic ? OUTPUT : "sum" + i;
      graph.message(1, node("Gemm", "", to, from, "weights" + i, "biases" + i));
      from = to;
      if (!last) {
        graph.message(1, node("Relu", "", "layer" + i, from));
        from = "layer" + i;
      } else if (logistic) {
        graph.message(1, node("Sigmoid", "", OUTPUT, from));
      }
    }
    graph.text(2, "qilin");
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      graph.message(5, tensor("weights" + i, layer.weights, layer.inputs, layer.outputs));
      graph.message(5, tensor("biases" + i, layer.biases, layer.outputs));
    }
    return model(graph, layers.get(0).inputs, false);
  }

  /**
   * Boosted trees as one {@code TreeEnsembleRegressor}. Thresholds become the largest 32-bit real that is not above them, so that
   * rows of 32-bit numbers fall to the same side as in the model that was trained.
   *
   * @throws QilinException MODEL_INVALID if links lead nowhere, in a circle, or to one node twice
   */
  public static byte[] trees(OnnxTrees trees) {
    String sum = trees.logistic ? "sum" : OUTPUT;
    ProtoWriter node = node("TreeEnsembleRegressor", Operators.ML, sum, INPUT);
    ints(node, "nodes_treeids", trees.ints(Entry::tree));
    ints(node, "nodes_nodeids", trees.ints(Entry::node));
    ints(node, "nodes_featureids", trees.ints(e -> Math.max(0, e.feature())));
    ints(node, "nodes_truenodeids", trees.ints(Entry::left));
    ints(node, "nodes_falsenodeids", trees.ints(Entry::right));
    ints(node, "nodes_missing_value_tracks_true", trees.ints(e -> e.missingLeft() ? 1 : 0));
    modes(node, trees);
    reals(node, "nodes_values", trees.thresholds(), trees.doubles);
    List<Entry> leaves = trees.entries.stream().filter(Entry::leaf).toList();
    ints(node, "target_treeids", leaves.stream().mapToInt(Entry::tree).toArray());
    ints(node, "target_nodeids", leaves.stream().mapToInt(Entry::node).toArray());
    ints(node, "target_ids", new int[leaves.size()]);
    double[] weights = leaves.stream().mapToDouble(Entry::threshold).toArray();
    exact(node, "target_weights", weights, trees.doubles);
    exact(node, "base_values", new double[] {trees.base}, trees.doubles);
    node.message(5, attribute("n_targets", Attribute.INT).number(3, 1));
    ProtoWriter graph = new ProtoWriter().message(1, node);
    if (trees.logistic && trees.steepness != 1) {
      graph.message(1, node("Mul", "", "steep", sum, "steepness"));
      graph.message(5, tensor("steepness", floats(new double[] {trees.steepness}), 1));
      sum = "steep";
    }
    if (trees.logistic) {
      graph.message(1, node("Sigmoid", "", OUTPUT, sum));
    }
    byte[] model = model(graph.text(2, "qilin"), trees.width, trees.doubles);
    OnnxCheck.check(model, OnnxLimits.DEFAULT);
    return model;
  }

  private static void modes(ProtoWriter node, OnnxTrees trees) {
    ProtoWriter modes = attribute("nodes_modes", Attribute.STRINGS);
    for (Entry entry : trees.entries) {
      modes.text(9, entry.leaf() ? "LEAF" : "BRANCH_LEQ");
    }
    node.message(5, modes);
  }

  private static void ints(ProtoWriter node, String name, int[] values) {
    node.message(5, attribute(name, Attribute.INTS).numbers(8, values));
  }

  /** Thresholds: rounded down where they are 32-bit. */
  private static void reals(ProtoWriter node, String name, double[] values, boolean wide) {
    if (wide) {
      exact(node, name, values, true);
      return;
    }
    float[] down = new float[values.length];
    for (int i = 0; i < down.length; i++) {
      down[i] = OnnxTrees.down(values[i]);
    }
    node.message(5, attribute(name, Attribute.FLOATS).reals(7, down));
  }

  private static void exact(ProtoWriter node, String name, double[] values, boolean wide) {
    if (wide) {
      byte[] raw = new byte[values.length * 8];
      ProtoWriter.little(raw).asDoubleBuffer().put(values);
      ProtoWriter tensor = new ProtoWriter()
          .number(1, values.length)
          .number(2, ElementType.DOUBLE.number)
          .text(8, name)
          .bytes(9, raw);
      node.message(5, attribute(name + "_as_tensor", Attribute.TENSOR).message(5, tensor));
    } else {
      node.message(5, attribute(name, Attribute.FLOATS).reals(7, floats(values)));
    }
  }

  private static ProtoWriter attribute(String name, int type) {
    return new ProtoWriter().text(1, name).number(20, type);
  }

  private static ProtoWriter node(String operator, String domain, String to, String... from) {
    ProtoWriter node = new ProtoWriter();
    for (String name : from) {
      node.text(1, name);
    }
    node.text(2, to).text(3, to).text(4, operator);
    return domain.isEmpty() ? node : node.text(7, domain);
  }

  private static ProtoWriter tensor(String name, float[] values, int... dims) {
    ProtoWriter tensor = new ProtoWriter();
    for (int dim : dims) {
      tensor.number(1, dim);
    }
    byte[] raw = new byte[values.length * 4];
    ProtoWriter.little(raw).asFloatBuffer().put(values);
    return tensor.number(2, ElementType.FLOAT.number).text(8, name).bytes(9, raw);
  }

  private static byte[] model(ProtoWriter graph, int width, boolean doubles) {
    graph.message(11, port(INPUT, width, doubles ? ElementType.DOUBLE : ElementType.FLOAT));
    graph.message(12, port(OUTPUT, 1, ElementType.FLOAT));
    return new ProtoWriter()
        .number(1, 8)
        .text(2, "qilin")
        .message(7, graph)
        .message(8, new ProtoWriter().text(1, "").number(2, 13))
        .message(8, new ProtoWriter().text(1, Operators.ML).number(2, 3))
        .toBytes();
  }

  private static ProtoWriter port(String name, int columns, ElementType type) {
    ProtoWriter shape = new ProtoWriter()
        .message(1, new ProtoWriter().text(2, "rows"))
        .message(1, new ProtoWriter().number(1, columns));
    ProtoWriter tensor = new ProtoWriter().number(1, type.number).message(2, shape);
    return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
      if (!(Math.abs(floats[i]) <= Float.MAX_VALUE)) {
        throw QilinException.invalid("the number " + (i + 1) + " of a model is " + values[i]
            + ", which is not finite as a 32-bit real");
      }
    }
    return floats;
  }
}
