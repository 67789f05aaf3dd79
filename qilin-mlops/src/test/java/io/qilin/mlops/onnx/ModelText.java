package io.qilin.mlops.onnx;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** Builds ONNX models for tests, good ones and bad ones, part by part. */
final class ModelText {
  private final ProtoWriter graph = new ProtoWriter().text(2, "g");
  private final ProtoWriter model = new ProtoWriter().number(1, 8);
  private int nodes;

  /** A model with the input {@code x} of [rows, width] and the output {@code y} of [rows, columns]. */
  static ModelText of(int width, int columns) {
    return new ModelText().input("x", 1, -1, width).output("y", 1, -1, columns);
  }

  static ModelText empty() {
    return new ModelText();
  }

  ModelText input(String name, int type, long... dims) {
    graph.message(11, port(name, type, dims));
    return this;
  }

  ModelText output(String name, int type, long... dims) {
    graph.message(12, port(name, type, dims));
    return this;
  }

  ModelText node(String operator, List<String> from, List<String> to, ProtoWriter... attributes) {
    return node("", operator, from, to, attributes);
  }

  ModelText node(
      String domain,
      String operator,
      List<String> from,
      List<String> to,
      ProtoWriter... attributes) {
    ProtoWriter node = new ProtoWriter();
    from.forEach(name -> node.text(1, name));
    to.forEach(name -> node.text(2, name));
    node.text(3, "n" + nodes++).text(4, operator);
    for (ProtoWriter attribute : attributes) {
      node.message(5, attribute);
    }
    if (!domain.isEmpty()) {
      node.text(7, domain);
    }
    graph.message(1, node);
    return this;
  }

  ModelText floats(String name, float[] values, long... dims) {
    graph.message(5, floatTensor(name, values, dims));
    return this;
  }

  ModelText longs(String name, long... values) {
    ByteBuffer raw = ProtoWriter.little(new byte[values.length * 8]);
    raw.asLongBuffer().put(values);
    graph.message(
        5,
        new ProtoWriter()
            .number(1, values.length)
            .number(2, 7)
            .text(8, name)
            .bytes(9, raw.array()));
    return this;
  }

  /** A part of the graph as it is. */
  ModelText graph(Consumer<ProtoWriter> part) {
    part.accept(graph);
    return this;
  }

  /** A part of the model as it is. */
  ModelText model(Consumer<ProtoWriter> part) {
    part.accept(model);
    return this;
  }

  byte[] build() {
    return build(13);
  }

  byte[] build(int opset) {
    return model
        .message(7, graph)
        .message(8, new ProtoWriter().text(1, "").number(2, opset))
        .message(8, new ProtoWriter().text(1, "ai.onnx.ml").number(2, 3))
        .toBytes();
  }

  static ProtoWriter floatTensor(String name, float[] values, long... dims) {
    ProtoWriter tensor = new ProtoWriter();
    for (long dim : dims) {
      tensor.number(1, dim);
    }
    ByteBuffer raw = ProtoWriter.little(new byte[values.length * 4]);
    raw.asFloatBuffer().put(values);
    return tensor.number(2, 1).text(8, name).bytes(9, raw.array());
  }

  static ProtoWriter attribute(String name, long value) {
    return new ProtoWriter().text(1, name).number(3, value).number(20, Attribute.INT);
  }

  static ProtoWriter attribute(String name, int... values) {
    return new ProtoWriter().text(1, name).numbers(8, values).number(20, Attribute.INTS);
  }

  static ProtoWriter attribute(String name, float... values) {
    return new ProtoWriter().text(1, name).reals(7, values).number(20, Attribute.FLOATS);
  }

  static ProtoWriter texts(String name, String... values) {
    ProtoWriter attribute = new ProtoWriter().text(1, name);
    for (String value : values) {
      attribute.text(9, value);
    }
    return attribute.number(20, Attribute.STRINGS);
  }

  private static ProtoWriter port(String name, int type, long... dims) {
    ProtoWriter shape = new ProtoWriter();
    for (long dim : dims) {
      ProtoWriter length = new ProtoWriter();
      shape.message(1, dim < 0 ? length.text(2, "rows") : length.number(1, dim));
    }
    ProtoWriter tensor = new ProtoWriter().number(1, type).message(2, shape);
    return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
  }
}
