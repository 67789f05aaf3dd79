package io.qilin.mlops.onnx;

import io.qilin.api.error.QilinException;
import io.qilin.mlops.onnx.Graph.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a model is one that may be handed to native code, from its bytes alone. Accepted are models that take rows of
 * features and give numbers for each row, by operators whose outputs' sizes are known beforehand, whose rows do not
 * depend on each other, and whose cost is within {@link OnnxLimits}. The same bytes give the same answer; time and memory are
 * bounded by the size of the file. No other file is ever read.
 *
 * <p>Refused are: parts that are not known or stand twice, values in other files, domains other than ONNX's own and
 * {@code ai.onnx.ml}, operators with graphs inside, functions, sparse constants, sequences, maps, constants that are
 * {@code NaN} or of another size than their shape, names that are missing, defined twice or used before they are defined (so
 * also cycles), trees whose links are no trees, and a batch of fixed size.
 */
public final class OnnxCheck {
  /** Before it shapes were adapted to each other in another way. */
  private static final int MIN_OPSET = 7;

  private final Graph graph;
  private final OnnxLimits limits;
  private final Map<String, Value> values = new HashMap<>();
  private long flopsPerRow;
  private long fixedFlops;
  private long elementsPerRow;
  private long fixedElements;
  private boolean trees;

  private OnnxCheck(Graph graph, OnnxLimits limits) {
    this.graph = graph;
    this.limits = limits;
  }

  /**
   * Checks a model whose own words say how wide a row is.
   *
   * @throws QilinException MODEL_INVALID with the place and the reason
   */
  public static OnnxSummary check(byte[] model, OnnxLimits limits) {
    return check(model, limits, 0, Optional.empty());
  }

  /**
   * Checks a model.
   *
   * @param width features of a row, for a model that leaves it open; 0 if not known
   * @param output the name of the output to read, else the last one that gives numbers for each row
   * @throws QilinException MODEL_INVALID with the place and the reason
   */
  public static OnnxSummary check(
      byte[] model, OnnxLimits limits, int width, Optional<String> output) {
    Objects.requireNonNull(model, "model");
    OnnxCheck check = new OnnxCheck(GraphReader.read(model, limits), limits);
    Port input = check.input(width);
    check.constants();
    check.nodes();
    return check.summary(input, output);
  }

  /** The one input that is fed. */
  private Port input(int width) {
    List<Port> fed = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Port port : graph.inputs()) {
      if (port.name().isEmpty() || !names.add(port.name())) {
        throw OnnxFault.at(
            "inputs", "one has no name, or stands twice: " + OnnxFault.quote(port.name()));
      }
      if (!graph.constants().containsKey(port.name())) {
        fed.add(port);
      }
    }
    if (fed.size() != 1) {
      throw OnnxFault.at(
          "inputs",
          "the model takes " + fed.size() + " inputs; it is to take one, rows × features");
    }
    Port port = fed.get(0);
    String where = "input " + OnnxFault.quote(port.name());
    if (!port.known() || !port.type().real()) {
      throw OnnxFault.at(
          where,
          "it takes " + (port.known() ? port.type() : "what it does not say")
              + " instead of 32-bit or 64-bit reals");
    }
    if (!port.shaped() || port.dims().size() != 2) {
      throw OnnxFault.at(where, "its shape is " + port.shape() + " instead of [rows, features]");
    }
    if (port.dims().get(0) != Port.FREE) {
      throw OnnxFault.at(
          where,
          "its shape is " + port.shape()
              + ", so that only just as many rows can be scored; export it with any number of rows");
    }
    long columns = port.dims().get(1) == Port.FREE ? width : port.dims().get(1);
    if (columns < 1 || columns > limits.maxElements()) {
      throw OnnxFault.at(
          where,
          "its shape is " + port.shape() + ", which does not say how many features a row has");
    }
    values.put(port.name(), new Value(port.type(), new long[] {-1, columns}, null));
    elementsPerRow = columns;
    return port;
  }

  private void constants() {
    for (ConstantTensor constant : graph.constants().values()) {
      if (values.put(constant.name, new Value(constant.type, constant.dims, constant)) != null) {
        throw OnnxFault.at("constants", OnnxFault.quote(constant.name) + " is an input, too");
      }
    }
  }

  private void nodes() {
    Set<String> later = new HashSet<>();
    for (Node node : graph.nodes()) {
      later.addAll(node.outputs);
    }
    if (graph.opsets().containsKey("") && graph.opset() < MIN_OPSET) {
      throw OnnxFault.at(
          "file",
          "it is written for version " + graph.opset() + " of the operators, at least " + MIN_OPSET
              + " is needed");
    }
    for (Node node : graph.nodes()) {
      String domain = node.domain;
      if (!graph.opsets().containsKey(domain)
          && (domain.isEmpty() || domain.equals(Operators.ML))) {
        throw OnnxFault.at(node.where(), "the model names no version for the operator's domain");
      }
      Step step = new Step(node, graph.opset(), arguments(node, later));
      Operators.examine(step, limits.extraOperators());
      define(step);
      count(step);
    }
  }

  private @Nullable Value[] arguments(Node node, Set<String> later) {
    int count = node.inputs.size();
    while (count > 0 && node.inputs.get(count - 1).isEmpty()) {
      count--;
    }
    @Nullable Value[] arguments = new @Nullable Value[count];
    for (int i = 0; i < count; i++) {
      String name = node.inputs.get(i);
      if (name.isEmpty()) {
        continue;
      }
      Value value = values.get(name);
      if (value == null) {
        throw OnnxFault.at(
            node.where(),
            "its input " + OnnxFault.quote(name)
                + (later.contains(name)
                    ? " is made only later, or in a circle"
                    : " is made nowhere"));
      }
      arguments[i] = value;
    }
    return arguments;
  }

  private void define(Step step) {
    boolean any = false;
    for (int i = 0; i < step.outputs.length; i++) {
      String name = step.node.outputs.get(i);
      Value value = step.outputs[i];
      if (name.isEmpty()) {
        continue;
      }
      any = true;
      if (value == null) {
        throw step.fault("it has no output " + (i + 1));
      }
      if (values.put(name, value) != null) {
        throw step.fault("its output " + OnnxFault.quote(name) + " is made twice");
      }
    }
    if (!any) {
      throw step.fault("it has no output");
    }
  }

  /** Adds up cost and size; refuses what is above the limits. */
  private void count(Step step) {
    trees |= step.node.operator.startsWith("TreeEnsemble");
    long flops = step.flops();
    if (step.perRow()) {
      flopsPerRow += flops;
    } else {
      fixedFlops += flops;
    }
    for (Value value : step.outputs) {
      if (value != null && value.rows() >= 0) {
        elementsPerRow += value.elements();
      } else if (value != null) {
        fixedElements += value.elements();
      }
    }
    if (flopsPerRow > limits.maxFlopsPerRow() || fixedFlops > limits.maxFixedFlops()) {
      throw step.fault("with it the model costs " + flopsPerRow + " operations a row and "
          + fixedFlops + " beside, at most " + limits.maxFlopsPerRow() + " and "
          + limits.maxFixedFlops() + " are accepted");
    }
    if (elementsPerRow + fixedElements > limits.maxElements()) {
      throw step.fault("with it the model makes " + elementsPerRow + " numbers a row and "
          + fixedElements + " beside, at most " + limits.maxElements() + " are accepted");
    }
  }

  private OnnxSummary summary(Port input, Optional<String> wanted) {
    if (graph.outputs().isEmpty()) {
      throw OnnxFault.at("outputs", "the model has none");
    }
    Set<String> names = new HashSet<>();
    List<String> others = new ArrayList<>();
    @Nullable Port chosen = null;
    for (Port port : graph.outputs()) {
      if (!names.add(port.name())) {
        throw OnnxFault.at("outputs", OnnxFault.quote(port.name()) + " stands twice");
      }
      Value value = made(port);
      boolean usable =
          value.type.real() && value.rows() == 0 && value.dims[0] == -1 && value.rank() <= 2;
      if (usable && port.name().equals(wanted.orElse(port.name()))) {
        chosen = port;
      } else {
        others.add(OnnxFault.quote(port.name()) + " " + value.type + " " + value.shape());
      }
    }
    if (chosen == null) {
      throw OnnxFault.at(
          "outputs",
          "none " + wanted.map(name -> "named " + OnnxFault.quote(name) + " ").orElse("")
              + "gives reals for each row as [rows] or [rows, columns]; there are "
              + String.join(", ", others.subList(0, Math.min(5, others.size()))));
    }
    Value value = made(chosen);
    Value rows = made(input);
    return new OnnxSummary(
        input.name(),
        input.dims().get(1) == Port.FREE ? 0 : (int) rows.dims[1],
        input.type() == ElementType.DOUBLE,
        chosen.name(),
        value.rank() == 1 ? 1 : (int) value.dims[1],
        value.rank() == 1,
        value.type == ElementType.DOUBLE,
        graph.nodes().size(),
        trees,
        flopsPerRow,
        elementsPerRow,
        fixedElements);
  }

  /** What is behind an output; it must be what the output says. */
  private Value made(Port port) {
    String where = "output " + OnnxFault.quote(port.name());
    Value value = values.get(port.name());
    if (value == null) {
      throw OnnxFault.at(where, "it is made nowhere");
    }
    boolean same =
        !port.known() || (port.type() == value.type && (!port.shaped() || fits(port, value)));
    if (!same) {
      throw OnnxFault.at(
          where,
          "it says " + port.type() + " " + port.shape() + " and is " + value.type + " "
              + value.shape());
    }
    return value;
  }

  private static boolean fits(Port port, Value value) {
    if (port.dims().size() != value.rank()) {
      return false;
    }
    for (int i = 0; i < value.rank(); i++) {
      long said = port.dims().get(i);
      if (said != Port.FREE && said != value.dims[i]) {
        return false;
      }
    }
    return true;
  }
}
