package io.qilin.mlops.onnx;

import io.qilin.mlops.onnx.Graph.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads ONNX's messages (onnx.proto, IR versions 3 to 14) within limits. What it does not know it refuses: a part that this
 * reader passes over and native code does not would be a hole in every check.
 */
final class GraphReader {
  private static final int MAX_PORTS = 1_000;
  private static final int MAX_ARGUMENTS = 1_000;
  private static final int MAX_ATTRIBUTES = 100;
  private static final int DEFAULT_OPSETS = 25;

  private final OnnxLimits limits;
  private final Budget budget = new Budget();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, ConstantTensor> constants = new HashMap<>();
  private final List<Port> inputs = new ArrayList<>();
  private final List<Port> outputs = new ArrayList<>();
  private final Map<String, Long> opsets = new HashMap<>();

  private GraphReader(OnnxLimits limits) {
    this.limits = limits;
  }

  static Graph read(byte[] model, OnnxLimits limits) {
    if (model.length > limits.maxBytes()) {
      throw OnnxFault.at(
          "file",
          "it has " + model.length + " bytes, at most " + limits.maxBytes() + " are accepted");
    }
    if (model.length == 0) {
      throw OnnxFault.at("file", "it is empty");
    }
    return new GraphReader(limits).model(new ProtoReader(model, 0, model.length, "file"));
  }

  private Graph model(ProtoReader in) {
    long version = 0;
    boolean graph = false;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> version = in.varint();
        case 2, 3, 4 -> passText(in);
        case 6 -> passDoc(in);
        case 5 -> in.varint();
        case 7 -> {
          in.once();
          graph(in.message("graph"));
          graph = true;
        }
        case 8 -> opset(in.message("operator sets"));
        case 14 -> in.skip();
        case 20 -> throw in.fault("it holds training information; export it for inference");
        case 25 -> throw in.fault("it defines functions of its own; inline them at export");
        default -> throw in.unknown();
      }
    }
    if (version < 3 || version > 14) {
      throw OnnxFault.at("file", "the IR version is " + version + ", 3 to 14 are accepted");
    }
    if (!graph) {
      throw OnnxFault.at("file", "it has no graph");
    }
    if (opsets.isEmpty()) {
      throw OnnxFault.at("file", "it names no set of operators");
    }
    return new Graph(opsets, nodes, constants, inputs, outputs);
  }

  private void opset(ProtoReader in) {
    String domain = "";
    long version = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> {
          in.once();
          domain = in.text();
        }
        case 2 -> version = in.varint();
        default -> throw in.unknown();
      }
    }
    String plain = plain(domain);
    if (!plain.isEmpty() && !plain.equals(Operators.ML)) {
      throw in.fault("operators of the domain " + OnnxFault.quote(domain)
          + " are not accepted, only those of ONNX itself and of ai.onnx.ml");
    }
    if (version < 1 || version > DEFAULT_OPSETS) {
      throw in.fault("the version " + version + " of the domain " + OnnxFault.quote(domain)
          + " is not known, 1 to " + DEFAULT_OPSETS + " are");
    }
    if (opsets.put(plain, version) != null) {
      throw in.fault("the domain " + OnnxFault.quote(domain) + " stands twice");
    }
  }

  /** The default domain has two names. */
  private static String plain(String domain) {
    return domain.equals("ai.onnx") ? "" : domain;
  }

  private void graph(ProtoReader in) {
    while (in.next()) {
      switch (in.field()) {
        case 1 -> {
          if (nodes.size() == limits.maxNodes()) {
            throw in.fault("it has more than " + limits.maxNodes() + " nodes");
          }
          nodes.add(node(in.message("node " + (nodes.size() + 1)), nodes.size()));
        }
        case 2 -> passText(in);
        case 10 -> passDoc(in);
        case 5 -> constant(in);
        case 11 -> inputs.add(port(in, inputs, "input "));
        case 12 -> outputs.add(port(in, outputs, "output "));
        case 13, 16 -> in.skip();
        case 14 -> throw in.fault("quantization annotations are not accepted");
        case 15 -> throw in.fault("sparse constants are not accepted");
        default -> throw in.unknown();
      }
    }
  }

  private void constant(ProtoReader in) {
    budget.take(Budget.NODE, in);
    if (constants.size() == limits.maxNodes()) {
      throw in.fault("it has more than " + limits.maxNodes() + " constants");
    }
    ConstantTensor tensor = tensor(in.message("constant " + (constants.size() + 1)));
    if (tensor.name.isEmpty() || constants.put(tensor.name, tensor) != null) {
      throw in.fault(
          "the constant " + OnnxFault.quote(tensor.name) + " has no name, or stands twice");
    }
  }

  private Node node(ProtoReader in, int index) {
    budget.take(Budget.NODE, in);
    List<String> reads = new ArrayList<>();
    List<String> makes = new ArrayList<>();
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    String name = "";
    String operator = "";
    String domain = "";
    while (in.next()) {
      switch (in.field()) {
        case 1 -> argument(reads, in);
        case 2 -> argument(makes, in);
        case 3 -> {
          in.once();
          name = in.text();
        }
        case 4 -> {
          in.once();
          operator = in.text();
        }
        case 5 -> {
          Attribute next = AttributeReader.read(in.message(in.where + ", an attribute"), budget);
          if (attributes.size() == MAX_ATTRIBUTES || attributes.put(next.name, next) != null) {
            throw in.fault(
                "too many attributes, or " + OnnxFault.quote(next.name) + " stands twice");
          }
        }
        case 6 -> passDoc(in);
        case 7 -> {
          in.once();
          domain = plain(in.text());
        }
        case 9 -> in.skip();
        default -> throw in.unknown();
      }
    }
    return new Node(index, name, domain, operator, reads, makes, attributes);
  }

  private void argument(List<String> to, ProtoReader in) {
    budget.take(Budget.NAME, in);
    if (to.size() == MAX_ARGUMENTS) {
      throw in.fault("it has more than " + MAX_ARGUMENTS + " inputs or outputs");
    }
    to.add(in.text());
  }

  private static Port port(ProtoReader outer, List<Port> others, String kind) {
    if (others.size() == MAX_PORTS) {
      throw outer.fault("it has more than " + MAX_PORTS + " inputs or outputs");
    }
    ProtoReader in = outer.message(kind + (others.size() + 1));
    String name = "";
    @Nullable Port typed = null;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> {
          in.once();
          name = in.text();
        }
        case 2 -> {
          in.once();
          typed = type(in.message(in.where));
        }
        case 3 -> passDoc(in);
        case 4 -> in.skip();
        default -> throw in.unknown();
      }
    }
    return typed == null
        ? new Port(name, false, ElementType.FLOAT, false, List.of())
        : new Port(name, true, typed.type(), typed.shaped(), typed.dims());
  }

  private static @Nullable Port type(ProtoReader in) {
    @Nullable Port found = null;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> {
          in.once();
          found = tensorType(in.message(in.where));
        }
        case 4, 5, 7, 8, 9 ->
          throw in.fault("it is no plain tensor but a sequence, a map, or sparse; for a classifier"
              + " export without ZipMap");
        case 6 -> passText(in);
        default -> throw in.unknown();
      }
    }
    return found;
  }

  private static Port tensorType(ProtoReader in) {
    long type = 0;
    boolean shaped = false;
    List<Long> dims = new ArrayList<>();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> type = in.varint();
        case 2 -> {
          in.once();
          shaped = true;
          shape(in.message(in.where), dims);
        }
        default -> throw in.unknown();
      }
    }
    return new Port("", true, ElementType.of(type, in.where), shaped, dims);
  }

  private static void shape(ProtoReader in, List<Long> dims) {
    while (in.next()) {
      if (in.field() != 1 || dims.size() == Value.MAX_RANK) {
        throw in.fault("a shape has at most " + Value.MAX_RANK + " dimensions");
      }
      dims.add(dim(in.message(in.where)));
    }
  }

  private static long dim(ProtoReader in) {
    long length = Port.FREE;
    boolean named = false;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> {
          length = in.varint();
          if (length < 1 || length > Integer.MAX_VALUE) {
            throw in.fault("a dimension has the length " + length);
          }
        }
        case 2 -> {
          in.once();
          in.text();
          named = true;
        }
        case 3 -> passText(in);
        default -> throw in.unknown();
      }
    }
    if (named && length != Port.FREE) {
      throw in.fault("a dimension has a name and a length");
    }
    return length;
  }

  static ConstantTensor tensor(ProtoReader in) {
    List<Long> dims = new ArrayList<>();
    long type = 0;
    String name = "";
    @Nullable ProtoReader raw = null;
    @Nullable ProtoReader typed = null;
    int typedField = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> dims(in, dims);
        case 2 -> type = in.varint();
        case 4, 5, 7, 10 -> {
          in.once();
          if (typed != null) {
            throw in.fault("a constant has values of two types");
          }
          typedField = in.field();
          typed = in.message(in.where);
        }
        case 6 -> throw in.fault("constants of text are not accepted");
        case 8 -> {
          in.once();
          name = in.text();
        }
        case 9 -> {
          in.once();
          raw = in.message(in.where);
        }
        case 12 -> passDoc(in);
        case 13 ->
          throw in.fault("its values lie in another file, which is never read; export with"
              + " all values inside");
        case 14 -> {
          if (in.varint() != 0) {
            throw in.fault("its values lie in another file, which is never read; export with all"
                + " values inside");
          }
        }
        case 16 -> in.skip();
        default -> throw in.unknown();
      }
    }
    return Constants.build(in, name, ElementType.of(type, in.where), dims, raw, typed, typedField);
  }

  private static void dims(ProtoReader in, List<Long> dims) {
    if (in.wire() == ProtoReader.BYTES) {
      ProtoReader list = in.message(in.where);
      while (list.size() > 0) {
        dim(list, list.packedVarint(), dims);
      }
    } else {
      dim(in, in.varintOfMany(), dims);
    }
  }

  private static void dim(ProtoReader in, long length, List<Long> dims) {
    if (dims.size() == Value.MAX_RANK || length < 0 || length > Integer.MAX_VALUE) {
      throw in.fault("a constant has the length " + length + " in dimension " + (dims.size() + 1)
          + "; at most " + Value.MAX_RANK + " dimensions of 0 to 2^31-1 are accepted");
    }
    dims.add(length);
  }

  /** Documentation may have any length. */
  static void passDoc(ProtoReader in) {
    in.once();
    in.skip();
  }

  private static void passText(ProtoReader in) {
    in.once();
    in.text();
  }
}
