package io.qilin.api.record;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * That a share belongs to a theme (题材, 概念) for some time, in somebody's opinion at some time. Its event is the beginning
 * of its first day; a theme that is drawn up later has an asOf after it and must not be read before.
 *
 * @param of the share
 * @param themeId the theme's code at the source
 * @param weight how much it belongs, a fraction; {@code NaN} if not known
 * @param from first day
 * @param to last day, empty while it lasts
 * @param asOf when it became public
 * @param source who says so
 */
public record ThemeMembership(
    Symbol of,
    String themeId,
    double weight,
    LocalDate from,
    Optional<LocalDate> to,
    Instant asOf,
    Provenance source)
    implements MarketRecord {
  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for an empty theme, a weight outside 0 to 1, or an end before the beginning
   */
  public ThemeMembership {
    Objects.requireNonNull(of, "of");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(source, "source");
    RecordChecks checks = RecordChecks.of("a theme", of);
    checks.name("themeId", themeId);
    checks.fraction("weight", weight);
    if (to.isPresent() && to.get().isBefore(from)) {
      throw checks.wrong("it ends on " + to.get() + ", before it begins on " + from);
    }
  }

  /** Whether the share belongs to the theme on a day. */
  public boolean holdsOn(LocalDate day) {
    return !day.isBefore(from) && (to.isEmpty() || !day.isAfter(to.get()));
  }

  @Override
  public Optional<Symbol> symbol() {
    return Optional.of(of);
  }

  /** The beginning of the first day. */
  @Override
  public Instant eventTime() {
    return PublicationTimes.startOf(from);
  }
}
