package io.qilin.agents.memory;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * One recommendation, pending or resolved.
 *
 * @param symbol the share
 * @param day the day whose evening it was made
 * @param session the day on which it was to be bought
 * @param score the desk's score in [−1, 1]
 * @param resolution what became of it; empty while it is pending
 */
public record MemoryEntry(
    Symbol symbol,
    LocalDate day,
    LocalDate session,
    double score,
    Optional<Resolution> resolution) {
  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for a score outside [−1, 1], a session not after the day,
   *     or a resolution before the session
   */
  public MemoryEntry {
    Objects.requireNonNull(symbol, "symbol");
    Objects.requireNonNull(day, "day");
    if (!(score >= -1 && score <= 1) || !session.isAfter(day)) {
      throw QilinException.invalid("a score is in [-1, 1] and a session after the day, were "
          + score + ", " + session + " and " + day);
    }
    if (resolution.filter(known -> known.on().isBefore(session)).isPresent()) {
      throw QilinException.invalid("nothing is known of the session " + session + " on "
          + resolution.get().on());
    }
  }

  /** The same with what became of it. */
  public MemoryEntry resolved(Resolution known) {
    return new MemoryEntry(symbol, day, session, score, Optional.of(known));
  }

  /** One line for a reader or a prompt; of a pending one that it is pending. */
  public String lesson() {
    StringBuilder out = new StringBuilder();
    out.append(symbol).append(", decided on ").append(day);
    out.append(" with score ").append(rounded(score, 2));
    if (resolution.isEmpty()) {
      return out.append(": pending").toString();
    }
    Resolution known = resolution.get();
    if (known.sold().isEmpty()) {
      out.append(": could not be bought on ").append(session);
    } else {
      out.append(": bought on ")
          .append(session)
          .append(", sold on ")
          .append(known.sold().get());
      out.append(", return ").append(rounded(known.gain() * 100, 2)).append(" %");
      out.append(
          Double.isNaN(known.alpha())
              ? ""
              : ", alpha against " + known.benchmark() + " " + rounded(known.alpha() * 100, 2)
                  + " %");
    }
    known.reflection().ifPresent(text -> out.append(". ").append(text));
    return out.toString();
  }

  private static String rounded(double value, int places) {
    return new BigDecimal(value).setScale(places, RoundingMode.HALF_UP).toPlainString();
  }
}
