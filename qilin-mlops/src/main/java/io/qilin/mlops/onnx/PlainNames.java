package io.qilin.mlops.onnx;

import java.util.Map;
import java.util.Optional;

/**
 * Gives the input and the output names that ONNX Runtime's Java code can pass on. It hands names to native code in a form of UTF-8
 * in which characters beyond the basic plane, and NUL, are other bytes than in the model, so that native code would not find
 * them.
 */
final class PlainNames {
  private static final String INPUT = "qilin.input";
  private static final String OUTPUT = "qilin.output";

  private final Map<String, String> names;

  private PlainNames(Map<String, String> names) {
    this.names = names;
  }

  static boolean plain(String name) {
    return name.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c));
  }

  /** The name that the output has then. */
  static Optional<String> output() {
    return Optional.of(OUTPUT);
  }

  /** The model with other names for its input and its output; it is to be checked again. */
  static byte[] of(byte[] model, OnnxSummary summary) {
    return new PlainNames(Map.of(summary.input(), INPUT, summary.output(), OUTPUT))
        .model(new ProtoReader(model, 0, model.length, "file"))
        .toBytes();
  }

  private ProtoWriter model(ProtoReader in) {
    ProtoWriter out = new ProtoWriter();
    while (in.next()) {
      if (in.field() == 7) {
        out.message(7, graph(in.message(in.where)));
      } else {
        in.copy(out);
      }
    }
    return out;
  }

  private ProtoWriter graph(ProtoReader in) {
    ProtoWriter out = new ProtoWriter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> out.message(1, renamed(in.message(in.where), 2));
        case 11, 12 -> out.message(in.field(), renamed(in.message(in.where), 1));
        default -> in.copy(out);
      }
    }
    return out;
  }

  /** A node, whose first two fields are names, or a port, whose first is. */
  private ProtoWriter renamed(ProtoReader in, int fields) {
    ProtoWriter out = new ProtoWriter();
    while (in.next()) {
      int field = in.field();
      if (field <= fields) {
        String name = in.text();
        out.text(field, names.getOrDefault(name, name));
      } else {
        in.copy(out);
      }
    }
    return out;
  }
}
