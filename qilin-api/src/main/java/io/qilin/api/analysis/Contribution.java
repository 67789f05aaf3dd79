package io.qilin.api.analysis;

import java.util.List;
import java.util.Objects;

/**
 * What one analyst added to a recommendation.
 *
 * @param analyst id
 * @param score its score in [−1, 1]; {@code NaN} if it abstained
 * @param weight its share among those that did not abstain; 0 if it abstained
 * @param contribution score × weight; 0 if it abstained
 * @param warnings its warnings, flags included
 */
public record Contribution(
    String analyst, double score, double weight, double contribution, List<String> warnings) {
  /** Copies the list. */
  public Contribution {
    Objects.requireNonNull(analyst, "analyst");
    warnings = List.copyOf(warnings);
  }
}
