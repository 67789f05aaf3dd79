package io.qilin.agents.llm;

import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Objects;

/**
 * What came of asking one member of a router.
 *
 * @param member its name; {@link LlmFallback#MODEL} for the fallback
 * @param outcome {@link #USED}, {@link #LEFT}, or the code of what failed, for example {@code QILIN-3103}
 * @param took how long it was waited for
 * @param hedge whether it was asked beside another that had not answered yet
 */
public record LlmRoute(String member, String outcome, Duration took, boolean hedge) {
  /** Its answer was used. */
  public static final String USED = "USED";

  /** It had not answered when another did, or when the time was over. */
  public static final String LEFT = "LEFT";

  /** Checks that nothing is missing. */
  public LlmRoute {
    Objects.requireNonNull(member, "member");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(took, "took");
  }

  static String failed(QilinException error) {
    return "QILIN-" + error.code().number();
  }
}
