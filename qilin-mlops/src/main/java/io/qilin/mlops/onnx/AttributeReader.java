package io.qilin.mlops.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an attribute. Lists may be packed or not; graphs inside are refused, so depth needs no limit. */
final class AttributeReader {
  private static final int MAX_VALUES = 1 << 24;
  private static final int MAX_TEXTS = 1 << 22;
  private static final int MAX_SHARED = 64;

  private final ProtoReader in;
  private final Budget budget;
  private String name = "";
  private int type;
  private float real;
  private long whole;
  private String text = "";
  private float[] reals = {};
  private int realCount;
  private long[] wholes = {};
  private int wholeCount;
  private final List<String> texts = new ArrayList<>();
  /** Of the many equal texts of a tree's nodes one is kept. */
  private final Map<String, String> shared = new HashMap<>();

  private @Nullable ConstantTensor tensor;
  /** Bit n stands for a value in field n. */
  private int filled;

  private AttributeReader(ProtoReader in, Budget budget) {
    this.in = in;
    this.budget = budget;
  }

  static Attribute read(ProtoReader in, Budget budget) {
    budget.take(Budget.ATTRIBUTE, in);
    return new AttributeReader(in, budget).attribute();
  }

  private Attribute attribute() {
    while (in.next()) {
      field();
    }
    Attribute out = new Attribute(name, type);
    out.real = real;
    out.whole = whole;
    out.text = text;
    out.reals = Arrays.copyOf(reals, realCount);
    out.wholes = Arrays.copyOf(wholes, wholeCount);
    out.texts = texts;
    out.tensor = tensor;
    int expected = switch (type) {
      case Attribute.FLOAT -> 2;
      case Attribute.INT -> 3;
      case Attribute.STRING -> 4;
      case Attribute.TENSOR -> 5;
      case Attribute.FLOATS -> 7;
      case Attribute.INTS -> 8;
      case Attribute.STRINGS -> 9;
      default ->
        throw in.fault("the attribute " + OnnxFault.quote(name) + " has the type " + type
            + ", which is not accepted");
    };
    if ((filled & ~(1 << expected)) != 0) {
      throw in.fault("the attribute " + OnnxFault.quote(name) + " has values of another type");
    }
    if (type == Attribute.TENSOR && tensor == null) {
      throw in.fault("the attribute " + OnnxFault.quote(name) + " has no tensor");
    }
    return out;
  }

  private void field() {
    int field = in.field();
    if (field >= 2 && field <= 9) {
      filled |= 1 << field;
    }
    switch (field) {
      case 1 -> {
        in.once();
        name = in.text();
      }
      case 2 -> {
        in.once();
        real = in.fixed32();
        refuseNaN(real);
      }
      case 3 -> whole = in.varint();
      case 4 -> {
        in.once();
        text = in.text();
      }
      case 5 -> {
        in.once();
        tensor = GraphReader.tensor(in.message(in.where));
      }
      case 6, 11 -> throw in.fault("it holds a graph; operators with graphs are not accepted");
      case 7 -> realList();
      case 8 -> wholeList();
      case 9 -> {
        if (texts.size() == MAX_TEXTS) {
          throw in.fault("a list has more than " + MAX_TEXTS + " texts");
        }
        texts.add(shared(in.text()));
      }
      case 13 -> GraphReader.passDoc(in);
      case 20 -> type = (int) in.varint();
      default -> throw in.unknown();
    }
  }

  private String shared(String value) {
    String known = shared.get(value);
    budget.take(known == null ? Budget.NAME + value.length() / 4 : 1, in);
    if (known == null && shared.size() < MAX_SHARED) {
      shared.put(value, value);
    }
    return known == null ? value : known;
  }

  private void realList() {
    if (in.wire() != ProtoReader.BYTES) {
      add(in.fixed32());
      return;
    }
    ProtoReader list = in.message(in.where);
    int count = list.packedCount(4);
    ByteBuffer values =
        ByteBuffer.wrap(list.bytes, list.at(), list.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      add(values.getFloat());
    }
  }

  private void add(float value) {
    refuseNaN(value);
    budget.take(1, in);
    if (realCount == reals.length) {
      reals = Arrays.copyOf(reals, grown(realCount));
    }
    reals[realCount++] = value;
  }

  private void wholeList() {
    if (in.wire() != ProtoReader.BYTES) {
      add(in.varintOfMany());
      return;
    }
    ProtoReader list = in.message(in.where);
    while (list.size() > 0) {
      add(list.packedVarint());
    }
  }

  private void add(long value) {
    budget.take(1, in);
    if (wholeCount == wholes.length) {
      wholes = Arrays.copyOf(wholes, grown(wholeCount));
    }
    wholes[wholeCount++] = value;
  }

  private int grown(int count) {
    if (count == MAX_VALUES) {
      throw in.fault("a list has more than " + MAX_VALUES + " values");
    }
    return Math.min(MAX_VALUES, Math.max(8, count * 2));
  }

  private void refuseNaN(float value) {
    if (Float.isNaN(value)) {
      throw in.fault("the attribute " + OnnxFault.quote(name) + " holds NaN");
    }
  }
}
