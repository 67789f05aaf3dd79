package io.qilin.restsource;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a failure that a service tells in its answer means. The first rule that fits counts.
 *
 * @param codes the service's codes; empty for any
 * @param holds texts of which its message holds one; empty for any
 * @param as what it is for Qilin; sent again if that can help
 * @param pause how long to wait before, if the rule knows
 */
public record ErrorRule(
    List<String> codes, List<String> holds, ErrorCode as, Optional<Duration> pause) {
  /**
   * Copies the lists.
   *
   * @throws QilinException INVALID_ARGUMENT for a pause that is not 0 to 1 day
   */
  public ErrorRule {
    codes = List.copyOf(codes);
    holds = List.copyOf(holds);
    Objects.requireNonNull(as, "as");
    Objects.requireNonNull(pause, "pause");
    pause.ifPresent(time -> {
      if (time.isNegative() || time.compareTo(Duration.ofDays(1)) > 0) {
        throw QilinException.invalid("a pause is 0 to 1 day, was " + time);
      }
    });
  }

  boolean fits(String code, String message) {
    return (codes.isEmpty() || codes.contains(code))
        && (holds.isEmpty() || holds.stream().anyMatch(message::contains));
  }
}
