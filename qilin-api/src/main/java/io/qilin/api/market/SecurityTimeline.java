package io.qilin.api.market;

import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one code stood for over time: a code may be renamed, warned, delisted and given to another company. Each status
 * holds from its day until the next one. Immutable and safe to share.
 */
public final class SecurityTimeline {
  private final Symbol symbol;
  private final List<SecurityStatus> statuses;

  private SecurityTimeline(Symbol symbol, List<SecurityStatus> statuses) {
    this.symbol = symbol;
    this.statuses = statuses;
  }

  /**
   * A timeline from its parts in any order.
   *
   * @throws QilinException INVALID_ARGUMENT without any status, with statuses of several symbols, or with two that begin
   *     on one day
   */
  public static SecurityTimeline of(List<SecurityStatus> statuses) {
    if (statuses.isEmpty()) {
      throw QilinException.invalid("a timeline needs at least one status");
    }
    List<SecurityStatus> sorted = new ArrayList<>(statuses);
    sorted.sort(Comparator.comparing(SecurityStatus::from));
    Symbol symbol = sorted.get(0).symbol();
    for (int i = 0; i < sorted.size(); i++) {
      if (!sorted.get(i).symbol().equals(symbol)) {
        throw QilinException.invalid("a timeline is of one symbol, got " + symbol + " and "
            + sorted.get(i).symbol());
      }
      if (i > 0 && sorted.get(i).from().equals(sorted.get(i - 1).from())) {
        throw QilinException.invalid(
            "two statuses of " + symbol + " begin on " + sorted.get(i).from());
      }
    }
    return new SecurityTimeline(symbol, List.copyOf(sorted));
  }

  /** The share. */
  public Symbol symbol() {
    return symbol;
  }

  /** All statuses, oldest first. */
  public List<SecurityStatus> statuses() {
    return statuses;
  }

  /** What held on the day; empty before the first status. */
  public Optional<SecurityStatus> on(LocalDate day) {
    Objects.requireNonNull(day, "day");
    for (int i = statuses.size() - 1; i >= 0; i--) {
      if (!statuses.get(i).from().isAfter(day)) {
        return Optional.of(statuses.get(i));
      }
    }
    return Optional.empty();
  }

  /** What was known at the end of a day: the timeline without later statuses; empty if nothing was. */
  public Optional<SecurityTimeline> until(LocalDate day) {
    List<SecurityStatus> known =
        statuses.stream().filter(s -> !s.from().isAfter(day)).toList();
    return known.isEmpty() ? Optional.empty() : Optional.of(new SecurityTimeline(symbol, known));
  }
}
