package io.qilin.core.internal.plan;

import io.qilin.api.market.Symbol;
import io.qilin.core.expression.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * On which rows the terms of a graph have no value, as far as their expressions tell: where an instrument's data has none,
 * shifted by so many rows, and on how many of the first rows. A guess, which no number depends on: it tells which series are
 * worth comparing.
 */
public final class HolePatterns {
  /** Terms that depend on more holes are taken to be like no other. */
  private static final int MOST_HOLES = 64;

  private final List<Pattern> patterns = new ArrayList<>();
  private final Map<Optional<Symbol>, Integer> instruments = new HashMap<>();

  /** Those of a graph's terms. */
  public HolePatterns(Graph graph) {
    for (Term term : graph.terms()) {
      Pattern pattern = of(term);
      patterns.add(pattern.holes.size() > MOST_HOLES ? alone() : pattern);
    }
  }

  /** The rows on which one of the terms has no value, as text that is equal for equal patterns. */
  public String of(int... terms) {
    Pattern all = new Pattern(0);
    for (int term : terms) {
      all.add(patterns.get(term), 0);
    }
    return all.prefix + " " + all.holes;
  }

  /** The first rows without value, and holes: the instrument's number and how many rows later. */
  private static final class Pattern {
    int prefix;
    final TreeSet<Long> holes = new TreeSet<>();

    Pattern(int prefix) {
      this.prefix = prefix;
    }

    Pattern add(Pattern other, int later) {
      prefix = Math.max(prefix, other.prefix + later);
      other.holes.forEach(hole -> holes.add(hole + later));
      return this;
    }
  }

  private Pattern hole(Optional<Symbol> instrument) {
    int number = instruments.computeIfAbsent(instrument, i -> instruments.size());
    Pattern pattern = new Pattern(0);
    pattern.holes.add((long) number << Integer.SIZE);
    return pattern;
  }

  private Pattern alone() {
    Pattern pattern = new Pattern(0);
    pattern.holes.add(Long.MIN_VALUE + patterns.size());
    return pattern;
  }

  private Pattern of(Term term) {
    if (term instanceof Term.Read read) {
      return hole(read.instrument());
    }
    if (term instanceof Term.Custom) {
      return alone();
    }
    return term instanceof Term.Apply apply ? of(apply) : new Pattern(0);
  }

  private Pattern of(Term.Apply apply) {
    Pattern pattern = new Pattern(0);
    switch (apply.operator()) {
      case NOT, AND, OR, LT, LE, GT, GE, EQ, NE, COUNT -> {}
      case REF -> pattern.add(input(apply, 0), (int) apply.window());
      case DELTA -> pattern.add(input(apply, 0), 0).add(input(apply, 0), (int) apply.window());
      default -> {
        for (int i = 0; i < apply.inputs().size(); i++) {
          pattern.add(input(apply, i), 0);
        }
        if (isRolling(apply.operator())) {
          pattern.holes.clear();
          pattern.prefix += more(apply.operator());
        }
      }
    }
    return pattern;
  }

  private Pattern input(Term.Apply apply, int number) {
    return patterns.get(apply.inputs().get(number));
  }

  private static boolean isRolling(Operator operator) {
    return switch (operator) {
      case NEGATE, ABS, LOG, SIGN, POWER, MUL, DIV, ADD, SUB, GREATER, LESS, IF -> false;
      default -> !operator.isCrossSectional();
    };
  }

  /** How many rows it needs beside the first. */
  private static int more(Operator operator) {
    return switch (operator) {
      case STD, VAR, CORR, COV, SLOPE, RSQUARE, RESI -> 1;
      case SKEW -> 2;
      case KURT -> 3;
      default -> 0;
    };
  }
}
