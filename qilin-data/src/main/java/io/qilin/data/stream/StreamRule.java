package io.qilin.data.stream;

import io.qilin.api.error.QilinException;
import io.qilin.api.quality.QualityDimension;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A quality rule on single records: the same predicate judges the rows of a batch.
 *
 * @param id names the rule in counts and dead letters, kebab-case
 * @param dimension the side of quality that it is about
 * @param refuses whether a record that breaks it goes to the dead letters; else it is only counted
 * @param holds whether a record keeps the rule; called for every record, so it should allocate nothing
 * @param <T> the record
 */
public record StreamRule<T>(
    String id, QualityDimension dimension, boolean refuses, Predicate<T> holds) {
  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for an empty id
   */
  public StreamRule {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(dimension, "dimension");
    Objects.requireNonNull(holds, "holds");
    if (id.isEmpty()) {
      throw QilinException.invalid("a quality rule needs an id, was empty");
    }
  }
}
