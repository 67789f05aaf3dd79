package io.qilin.core.expression;

import java.util.Optional;

/** Which numbers of rows an operator accepts. */
enum WindowRule {
  /** The operator has no window. */
  NONE("no window") {
    @Override
    boolean accepts(Node.Constant n) {
      return false;
    }
  },
  /** The operator reads one row of all instruments. */
  CROSS_SECTION("no window") {
    @Override
    boolean accepts(Node.Constant n) {
      return false;
    }
  },
  SHIFT("a whole number; negative reads the future, 0 reads the first row") {
    @Override
    boolean accepts(Node.Constant n) {
      return n.isInteger();
    }
  },
  ROLLING("a whole number from 1, 0 for all rows so far, or 0 < N < 1 for exponential weights") {
    @Override
    boolean accepts(Node.Constant n) {
      return n.isInteger() ? n.value() >= 0 : n.value() > 0 && n.value() < 1;
    }
  },
  WHOLE("a whole number from 1, or 0 for all rows so far") {
    @Override
    boolean accepts(Node.Constant n) {
      return n.isInteger() && n.value() >= 0;
    }
  },
  THREE("a whole number from 3, or 0 for all rows so far") {
    @Override
    boolean accepts(Node.Constant n) {
      return n.isInteger() && (n.value() == 0 || n.value() >= 3);
    }
  },
  FOUR("a whole number from 4, or 0 for all rows so far") {
    @Override
    boolean accepts(Node.Constant n) {
      return n.isInteger() && (n.value() == 0 || n.value() >= 4);
    }
  },
  BOUNDED("a whole number from 1") {
    @Override
    boolean accepts(Node.Constant n) {
      return n.isInteger() && n.value() >= 1;
    }
  },
  SPAN("a span from 1, which may have a fraction, 0 for all rows so far, or 0 < N < 1 for alpha") {
    @Override
    boolean accepts(Node.Constant n) {
      return n.value() >= 0;
    }
  };

  private final String words;

  WindowRule(String words) {
    this.words = words;
  }

  abstract boolean accepts(Node.Constant n);

  /** Which numbers are accepted. */
  String words() {
    return words;
  }

  /** What is wrong with the number, or empty. */
  Optional<String> problem(Node.Constant n) {
    return accepts(n) ? Optional.empty() : Optional.of("N must be " + words);
  }
}
