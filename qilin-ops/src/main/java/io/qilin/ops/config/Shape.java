package io.qilin.ops.config;

import io.qilin.ops.config.Node.Form;
import io.qilin.ops.config.Node.Leaf;
import org.jspecify.annotations.Nullable;

/** What type a part of the configuration has. */
sealed interface Shape
    permits Shape.Scalar, Shape.Sealable, Shape.Maybe, Shape.Items, Shape.Named, RecordShape {
  /** What is expected, for messages. */
  String expected();

  /**
   * A single value.
   *
   * @param literal whether numbers, true and false of JSON are of this kind; quotes are then not
   */
  record Scalar(String expected, boolean literal, Reading reading) implements Shape {
    /** The value; null if the leaf is of another kind. What the type's own parser throws goes through. */
    @Nullable
    Object read(Leaf leaf) {
      Form other = literal ? Form.QUOTED : Form.LITERAL;
      return leaf.form() == Form.NULL || leaf.form() == other ? null : reading.read(leaf);
    }
  }

  /** How a value is read from a leaf; null if it is not of the kind. */
  @FunctionalInterface
  interface Reading {
    @Nullable
    Object read(Leaf leaf);
  }

  /** A secret. */
  record Sealable() implements Shape {
    @Override
    public String expected() {
      return "a secret such as ENC(…)";
    }
  }

  /** What may be left out. */
  record Maybe(Shape shape) implements Shape {
    @Override
    public String expected() {
      return shape.expected();
    }
  }

  /** A list. */
  record Items(Shape shape) implements Shape {
    @Override
    public String expected() {
      return "a list";
    }
  }

  /** A map with names that are not known before. */
  record Named(Shape shape) implements Shape {
    @Override
    public String expected() {
      return "a map";
    }
  }
}
