package io.qilin.mlops.store;

import io.qilin.api.error.QilinException;
import java.util.List;

/**
 * The tables of one part, as the steps that made them: version n is what the first n steps leave behind. Steps are only ever
 * added at the end. The statements are such as SQLite and PostgreSQL both understand.
 *
 * @param part a short lower-case name, for example {@code tracking}
 * @param steps each a list of statements; a step is done whole or not at all
 */
public record Schema(String part, List<List<String>> steps) {
  /** Copies the steps. */
  public Schema {
    if (!part.matches("[a-z][a-z_]{0,31}")) {
      throw QilinException.invalid(
          "a part's name is 1 to 32 lower-case letters, was " + QilinException.quote(part));
    }
    steps = steps.stream().map(List::copyOf).toList();
  }
}
