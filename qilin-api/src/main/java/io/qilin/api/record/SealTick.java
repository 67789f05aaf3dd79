package io.qilin.api.record;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The queue that seals a share at limit-up (封单) at one moment. It is sealed as long as there is a queue and nobody
 * offers: {@code ask1Volume == 0}.
 *
 * @param of the share
 * @param eventTime when it stood so
 * @param asOf when it became public, not before
 * @param source who says so
 * @param bid1Volume shares that wait at limit-up, not negative
 * @param sealAmount their worth at limit-up in yuan (封单额); {@code NaN} if not known
 * @param ask1Volume shares offered at the best ask, not negative
 */
public record SealTick(
    Symbol of,
    Instant eventTime,
    Instant asOf,
    Provenance source,
    double bid1Volume,
    double sealAmount,
    double ask1Volume)
    implements MarketRecord {
  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for a negative or infinite figure, or an asOf before the event
   */
  public SealTick {
    Objects.requireNonNull(of, "of");
    Objects.requireNonNull(eventTime, "eventTime");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(source, "source");
    RecordChecks checks = RecordChecks.of("a seal", of);
    checks.shares("bid1Volume", bid1Volume);
    checks.amount("sealAmount", sealAmount);
    checks.shares("ask1Volume", ask1Volume);
    checks.publicAfter(eventTime, asOf);
  }

  /** Whether limit-up holds: somebody waits and nobody offers. */
  public boolean sealed() {
    return bid1Volume > 0 && ask1Volume == 0;
  }

  @Override
  public Optional<Symbol> symbol() {
    return Optional.of(of);
  }
}
