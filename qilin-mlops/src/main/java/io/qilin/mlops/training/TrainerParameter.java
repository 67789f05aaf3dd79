package io.qilin.mlops.training;

import io.qilin.api.error.QilinException;
import java.util.List;
import java.util.Objects;

/**
 * A parameter of a trainer. Values are texts, as a store and a tuner have them; they are checked before training begins.
 *
 * @param name for example {@code learning_rate}
 * @param kind what a value is
 * @param standard the value where none is given
 * @param min the smallest number; for choices and flags 0
 * @param max the largest number; for choices and flags 0
 * @param choices the texts that may be chosen; empty for other kinds
 * @param meaning what it does, in a sentence
 */
public record TrainerParameter(
    String name,
    Kind kind,
    String standard,
    double min,
    double max,
    List<String> choices,
    String meaning) {
  private static final int LONGEST = 64;

  /** What a value is. */
  public enum Kind {
    /** A finite decimal number. */
    NUMBER,
    /** A whole number. */
    WHOLE,
    /** One of some texts. */
    CHOICE,
    /** {@code true} or {@code false}. */
    FLAG
  }

  /**
   * Checks that the default is in range.
   *
   * @throws QilinException INVALID_ARGUMENT
   */
  public TrainerParameter {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(meaning, "meaning");
    choices = List.copyOf(choices);
    check(name, kind, standard, min, max, choices);
  }

  /** A decimal number from min to max. */
  public static TrainerParameter number(
      String name, double standard, double min, double max, String meaning) {
    return new TrainerParameter(
        name, Kind.NUMBER, Double.toString(standard), min, max, List.of(), meaning);
  }

  /** A whole number from min to max. */
  public static TrainerParameter whole(
      String name, long standard, long min, long max, String meaning) {
    return new TrainerParameter(
        name, Kind.WHOLE, Long.toString(standard), (double) min, (double) max, List.of(), meaning);
  }

  /** One of some texts, the first unless given. */
  public static TrainerParameter choice(String name, List<String> choices, String meaning) {
    return new TrainerParameter(name, Kind.CHOICE, choices.get(0), 0, 0, choices, meaning);
  }

  /** {@code true} or {@code false}. */
  public static TrainerParameter flag(String name, boolean standard, String meaning) {
    return new TrainerParameter(
        name, Kind.FLAG, Boolean.toString(standard), 0, 0, List.of(), meaning);
  }

  /**
   * Checks a value.
   *
   * @throws QilinException INVALID_ARGUMENT that says what is accepted
   */
  public void check(String value) {
    check(name, kind, value, min, max, choices);
  }

  private static void check(
      String name, Kind kind, String value, double min, double max, List<String> choices) {
    Objects.requireNonNull(value, name);
    boolean good = value.length() <= LONGEST
        && switch (kind) {
          case NUMBER -> within(value, min, max, false);
          case WHOLE -> within(value, min, max, true);
          case CHOICE -> choices.contains(value);
          case FLAG -> value.equals("true") || value.equals("false");
        };
    if (!good) {
      throw QilinException.invalid("the parameter " + name + " is "
          + accepted(kind, min, max, choices) + ", was " + QilinException.quote(value));
    }
  }

  private static boolean within(String value, double min, double max, boolean whole) {
    try {
      double number = whole ? (double) Long.parseLong(value) : decimal(value);
      return number >= min && number <= max;
    } catch (NumberFormatException e) {
      return false; // the caller says what is accepted
    }
  }

  /** {@link Double#parseDouble} takes "1f", " 1" and "0x1p3" too. */
  private static double decimal(String value) {
    for (int i = 0; i < value.length(); i++) {
      if ("0123456789+-.eE".indexOf(value.charAt(i)) < 0) {
        throw new NumberFormatException(value);
      }
    }
    return Double.parseDouble(value);
  }

  private static String accepted(Kind kind, double min, double max, List<String> choices) {
    return switch (kind) {
      case NUMBER -> "a number from " + min + " to " + max;
      case WHOLE -> "a whole number from " + (long) min + " to " + (long) max;
      case CHOICE -> "one of " + choices;
      case FLAG -> "true or false";
    };
  }
}
