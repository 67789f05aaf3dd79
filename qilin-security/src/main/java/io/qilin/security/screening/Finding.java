package io.qilin.security.screening;

import io.qilin.api.error.QilinException;
import java.util.Objects;

/**
 * Why a request got its score: one rule that fired at one place.
 *
 * @param rule the id of the rule, for example {@code QS-SQL-03}
 * @param category what the rule takes it for
 * @param score what it adds to the score of the request, positive
 * @param part the part of the request
 * @param field the name of the parameter, header, member or field, at most 64 characters; empty for a path or a whole body
 * @param offset the number of characters of the decoded text up to the end of what fired, or the size that broke a limit
 * @param excerpt at most 32 decoded characters before the offset, digits as {@code 9}, controls as a dot; for the audit
 *     log only, and left out of {@link #toString()}
 */
public record Finding(
    String rule,
    AttackCategory category,
    int score,
    RequestPart part,
    String field,
    int offset,
    String excerpt) {
  /** Checks that all is there. */
  public Finding {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(part, "part");
    Objects.requireNonNull(field, "field");
    Objects.requireNonNull(excerpt, "excerpt");
    if (score <= 0 || offset < 0) {
      throw QilinException.invalid("score must be positive and offset not negative");
    }
  }

  /** One line without the excerpt. */
  @Override
  public String toString() {
    return rule + " " + category + " " + part + " " + QilinException.quote(field) + " at " + offset
        + " score " + score;
  }
}
