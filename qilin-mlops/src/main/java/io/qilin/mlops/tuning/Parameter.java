package io.qilin.mlops.tuning;

import io.qilin.api.error.QilinException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One thing that is tuned.
 *
 * @param name 1 to 128 letters, digits, {@code . _ -} of ASCII
 * @param domain what it can be
 * @param condition when it is there at all; always if empty
 */
public record Parameter(String name, Domain domain, Optional<Condition> condition) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  /**
   * A parameter is there only if a choice before it was made so.
   *
   * @param parameter the name of a choice
   * @param options the options with which the parameter is there
   */
  public record Condition(String parameter, Set<String> options) {
    /** Copies the options. */
    public Condition {
      Objects.requireNonNull(parameter, "parameter");
      options = Set.copyOf(options);
    }
  }

  /**
   * Checks the name.
   *
   * @throws QilinException INVALID_ARGUMENT if it has another form
   */
  public Parameter {
    Objects.requireNonNull(domain, "domain");
    Objects.requireNonNull(condition, "condition");
    if (!NAME.matcher(name).matches()) {
      throw QilinException.invalid("a parameter's name has 1 to 128 letters, digits, dots,"
          + " underscores or hyphens of ASCII, was " + QilinException.quote(name));
    }
  }

  /** A real number from low to high. */
  public static Parameter real(String name, double low, double high) {
    return new Parameter(name, new Domain.Real(low, high, false), Optional.empty());
  }

  /** A real number from low to high, searched by its logarithm: learning rates, penalties. */
  public static Parameter logReal(String name, double low, double high) {
    return new Parameter(name, new Domain.Real(low, high, true), Optional.empty());
  }

  /** A whole number from low to high, both included. */
  public static Parameter whole(String name, long low, long high) {
    return new Parameter(name, new Domain.Whole(low, high, false), Optional.empty());
  }

  /** A whole number from low to high, both included, searched by its logarithm: numbers of leaves, of trees. */
  public static Parameter logWhole(String name, long low, long high) {
    return new Parameter(name, new Domain.Whole(low, high, true), Optional.empty());
  }

  /** One of several texts. */
  public static Parameter choice(String name, String... options) {
    return new Parameter(name, new Domain.Choice(Arrays.asList(options)), Optional.empty());
  }

  /** The same, but there only if a choice that stands before it in the space was made so. */
  public Parameter when(String choice, String... options) {
    return new Parameter(
        name, domain, Optional.of(new Condition(choice, Set.copyOf(List.of(options)))));
  }
}
