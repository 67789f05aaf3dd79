package io.qilin.api.factor;

import io.qilin.api.error.QilinException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Factors that are computed together, in a fixed order.
 *
 * @param name for example {@code alpha158}
 * @param factors at least one; names are unique
 */
public record FactorSet(String name, List<Factor> factors) {
  /**
   * Copies the list.
   *
   * @throws QilinException INVALID_ARGUMENT for an empty list or a name that comes twice
   */
  public FactorSet {
    Objects.requireNonNull(name, "name");
    factors = List.copyOf(factors);
    if (factors.isEmpty()) {
      throw QilinException.invalid("a factor set needs at least one factor");
    }
    Set<String> names = new HashSet<>();
    for (Factor factor : factors) {
      if (!names.add(factor.name())) {
        throw QilinException.invalid(
            "two factors are named " + QilinException.quote(factor.name()));
      }
    }
  }

  /** A set of the given factors. */
  public static FactorSet of(String name, Factor... factors) {
    return new FactorSet(name, List.of(factors));
  }

  /** The factors' names, in order. */
  public List<String> names() {
    return factors.stream().map(Factor::name).toList();
  }
}
