package io.qilin.api.record;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Symbol;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Who bought and sold a share on one day, by size of the order (资金流向), and what was borrowed for it. The classes are
 * sizes of orders, not kinds of investors.
 *
 * <p>Order flows are public after the close, margin lending only on the next morning: a source that gives both gives two
 * records, first without margin, then with it and a later asOf.
 *
 * @param of the share
 * @param date the trading day
 * @param asOf when it became public, not before the close
 * @param source who says so
 * @param convention how orders were sorted
 * @param superLarge super-large orders (超大单)
 * @param large large orders (大单)
 * @param medium medium orders (中单)
 * @param small small orders (小单)
 * @param marginBuy bought with borrowed money (融资买入额) in yuan; {@code NaN} if not known
 * @param marginBalance what is still borrowed (融资余额) in yuan; {@code NaN} if not known
 * @param northboundNet net purchase by Stock Connect (北向资金净买入) in yuan; empty if not known, and always for days after
 *     2024-08-19, when its publication ended
 */
public record MoneyFlowDaily(
    Symbol of,
    LocalDate date,
    Instant asOf,
    Provenance source,
    FlowConvention convention,
    OrderFlow superLarge,
    OrderFlow large,
    OrderFlow medium,
    OrderFlow small,
    double marginBuy,
    double marginBalance,
    OptionalDouble northboundNet)
    implements MarketRecord {
  /** No net purchase by Stock Connect is public for later days. */
  public static final LocalDate LAST_NORTHBOUND_DAY = LocalDate.of(2024, 8, 19);

  /**
   * Checks the parts.
   *
   * @throws QilinException INVALID_ARGUMENT for a negative or infinite amount, a northbound figure after its end, or an
   *     asOf before the close
   */
  public MoneyFlowDaily {
    Objects.requireNonNull(of, "of");
    Objects.requireNonNull(date, "date");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(convention, "convention");
    Objects.requireNonNull(superLarge, "superLarge");
    Objects.requireNonNull(large, "large");
    Objects.requireNonNull(medium, "medium");
    Objects.requireNonNull(small, "small");
    Objects.requireNonNull(northboundNet, "northboundNet");
    RecordChecks checks = RecordChecks.of("the money flow", of);
    checks.amount("marginBuy", marginBuy);
    checks.amount("marginBalance", marginBalance);
    if (northboundNet.isPresent()) {
      double net = northboundNet.getAsDouble();
      checks.finite("northboundNet", net);
      if (Double.isNaN(net)) {
        throw checks.wrong("northboundNet is left out if it is not known, was NaN");
      }
      if (date.isAfter(LAST_NORTHBOUND_DAY)) {
        throw checks.wrong("no northboundNet was published for days after " + LAST_NORTHBOUND_DAY
            + ", this is one of " + date + "; leave it out");
      }
    }
    checks.publicAfter(PublicationTimes.closeOf(date), asOf);
  }

  /** Net purchase of super-large and large orders (主力净流入) in yuan; {@code NaN} if a part is not known. */
  public double mainNet() {
    return superLarge.net() + large.net();
  }

  @Override
  public Optional<Symbol> symbol() {
    return Optional.of(of);
  }

  /** The close of the day. */
  @Override
  public Instant eventTime() {
    return PublicationTimes.closeOf(date);
  }
}
