package io.qilin.agents.desk;

import io.qilin.agents.analyst.ConfiguredAnalyst;
import io.qilin.api.analysis.Analyst;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.Optional;

/**
 * An analyst of the desk under the id that it gave when it joined; what it says of its name later does not count.
 *
 * @param id its id
 * @param analyst works
 */
record NamedAnalyst(String id, Analyst analyst) {
  /**
   * Asks an analyst for its id.
   *
   * @throws QilinException INVALID_CONFIGURATION if it has none
   */
  static NamedAnalyst of(Analyst analyst) {
    String id;
    try {
      id = analyst.id();
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "the analyst " + analyst.getClass().getName() + " cannot say its id: "
              + Hearing.describe(e),
          e);
    }
    if (id == null || id.isBlank()) {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION,
          "the analyst " + analyst.getClass().getName()
              + " has no id; give each a short name of its own");
    }
    return new NamedAnalyst(id, analyst);
  }

  /** The analyst, if it can tell its settings and inputs. */
  Optional<ConfiguredAnalyst> configured() {
    return analyst instanceof ConfiguredAnalyst configured
        ? Optional.of(configured)
        : Optional.empty();
  }
}
