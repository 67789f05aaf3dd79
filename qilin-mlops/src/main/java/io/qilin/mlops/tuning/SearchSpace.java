package io.qilin.mlops.tuning;

import io.qilin.api.error.QilinException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is tuned: parameters in the order in which they are drawn.
 *
 * @param parameters 1 to 1,000 with distinct names; one with a condition stands after the choice that it hangs on
 */
public record SearchSpace(List<Parameter> parameters) {
  private static final int MOST = 1_000;

  /**
   * Checks and copies.
   *
   * @throws QilinException INVALID_ARGUMENT naming the parameter that is wrong
   */
  public SearchSpace {
    parameters = List.copyOf(parameters);
    if (parameters.isEmpty() || parameters.size() > MOST) {
      throw QilinException.invalid(
          "a search space has 1 to " + MOST + " parameters, was " + parameters.size());
    }
    Map<String, Domain> before = new HashMap<>();
    for (Parameter parameter : parameters) {
      parameter.condition().ifPresent(condition -> require(parameter, condition, before));
      if (before.put(parameter.name(), parameter.domain()) != null) {
        throw QilinException.invalid("the parameter " + parameter.name() + " stands twice");
      }
    }
  }

  /** A space of these parameters. */
  public static SearchSpace of(Parameter... parameters) {
    return new SearchSpace(List.of(parameters));
  }

  private static void require(
      Parameter parameter, Parameter.Condition condition, Map<String, Domain> before) {
    boolean known = before.get(condition.parameter()) instanceof Domain.Choice choice
        && !condition.options().isEmpty()
        && choice.options().containsAll(condition.options());
    if (!known) {
      throw QilinException.invalid("the parameter " + parameter.name() + " hangs on "
          + QilinException.quote(condition.parameter()) + " being one of " + condition.options()
          + ", but no choice of that name with these options stands before it");
    }
  }
}
