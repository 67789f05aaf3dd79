package io.qilin.mlops.onnx;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One operator of a graph. */
final class Node {
  final int index;
  final String name;
  final String domain;
  final String operator;
  final List<String> inputs;
  final List<String> outputs;
  private final Map<String, Attribute> attributes;

  Node(
      int index,
      String name,
      String domain,
      String operator,
      List<String> inputs,
      List<String> outputs,
      Map<String, Attribute> attributes) {
    this.index = index;
    this.name = name;
    this.domain = domain;
    this.operator = operator;
    this.inputs = inputs;
    this.outputs = outputs;
    this.attributes = attributes;
  }

  /** Where it is, for messages. */
  String where() {
    return "node " + (index + 1) + " (" + (domain.isEmpty() ? "" : OnnxFault.quote(domain) + " ")
        + OnnxFault.quote(operator) + (name.isEmpty() ? "" : " " + OnnxFault.quote(name)) + ")";
  }

  boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  long whole(String attribute, long otherwise) {
    Attribute found = find(attribute, Attribute.INT);
    return found == null ? otherwise : found.whole;
  }

  String text(String attribute, String otherwise) {
    Attribute found = find(attribute, Attribute.STRING);
    return found == null ? otherwise : found.text;
  }

  float[] reals(String attribute) {
    Attribute found = find(attribute, Attribute.FLOATS);
    return found == null ? new float[0] : found.reals;
  }

  long[] wholes(String attribute) {
    Attribute found = find(attribute, Attribute.INTS);
    return found == null ? new long[0] : found.wholes;
  }

  List<String> texts(String attribute) {
    Attribute found = find(attribute, Attribute.STRINGS);
    return found == null ? List.of() : found.texts;
  }

  @Nullable
  ConstantTensor tensor(String attribute) {
    Attribute found = find(attribute, Attribute.TENSOR);
    return found == null ? null : found.tensor;
  }

  Iterable<Attribute> attributes() {
    return attributes.values();
  }

  private @Nullable Attribute find(String name, int type) {
    Attribute found = attributes.get(name);
    if (found != null && found.type != type) {
      throw OnnxFault.at(
          where(),
          "the attribute " + OnnxFault.quote(name) + " has the type " + found.type + " instead of "
              + type);
    }
    return found;
  }
}
