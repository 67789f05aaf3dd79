package io.qilin.mlops.abtest;

import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelId;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One of the things that are compared.
 *
 * @param name 1 to 64 letters, digits, {@code . _ -} of ASCII, beginning with a letter or digit
 * @param weight its part of the traffic in proportion to the weights of all arms, positive
 * @param model the version that it runs, if it can be promoted
 */
public record Arm(String name, double weight, Optional<ModelId> model) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /**
   * Checks.
   *
   * @throws QilinException INVALID_ARGUMENT for another name or weight
   */
  public Arm {
    requireName("an arm", name);
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw QilinException.invalid(
          "the weight of the arm " + name + " is a positive number, was " + weight);
    }
    Objects.requireNonNull(model, "model");
  }

  /** An arm of weight 0.5 that runs a version. */
  public static Arm of(String name, ModelId model) {
    return new Arm(name, 0.5, Optional.of(model));
  }

  static void requireName(String what, String name) {
    if (!NAME.matcher(Objects.requireNonNull(name, "name")).matches()) {
      throw QilinException.invalid("the name of " + what + " has 1 to 64 letters, digits, dots,"
          + " underscores or hyphens of ASCII and begins with a letter or digit, was "
          + QilinException.quote(name));
    }
  }
}
