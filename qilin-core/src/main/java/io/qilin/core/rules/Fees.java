package io.qilin.core.rules;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.money.Money;
import io.qilin.api.trading.Side;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The costs of trading on one board on one date, exact to the fen. Obtained from {@link
 * DatedRules#fees}. Immutable and safe to share.
 */
public final class Fees {
  private final RuleTables tables;
  private final LocalDate date;
  private final Board board;
  private final Commission commission;

  Fees(RuleTables tables, LocalDate date, Board board, Commission commission) {
    this.tables = tables;
    this.date = date;
    this.board = board;
    this.commission = commission;
  }

  /**
   * What an order costs that was filled as a whole. Each part is rounded half up to the fen, then
   * the minimum commission is applied.
   *
   * @param side buy or sell
   * @param amount price times shares, not negative
   * @param shares number of shares, positive; the transfer fee before 2015-08-01 went by face value
   * @throws QilinException INVALID_ARGUMENT if the amount is negative or the shares are not
   *     positive
   */
  public TradeCost of(Side side, Money amount, long shares) {
    Objects.requireNonNull(side, "side");
    if (amount.isNegative() || shares <= 0) {
      throw QilinException.invalid(
          "costs need an amount that is not negative and a positive number of shares, were "
              + amount + " and " + shares);
    }
    Money exchange = commission.includesExchangeFees()
        ? Money.ZERO
        : handlingFee(side, amount, shares).plus(regulatoryFee(side, amount, shares));
    return new TradeCost(
        commission.of(amount),
        fee(FeeKind.STAMP_TAX, side, amount, shares),
        fee(FeeKind.TRANSFER, side, amount, shares),
        exchange);
  }

  /** The same totals in whole fen, for the many orders that are only checked. */
  public FenFees inFen() {
    List<FeeKind> kinds = commission.includesExchangeFees()
        ? List.of(FeeKind.STAMP_TAX, FeeKind.TRANSFER)
        : List.of(FeeKind.STAMP_TAX, FeeKind.TRANSFER, FeeKind.HANDLING, FeeKind.REGULATORY);
    return new FenFees(
        commission, kinds.stream().flatMap(kind -> feeRate(kind).stream()).toList());
  }

  private Optional<FeeRate> feeRate(FeeKind kind) {
    return tables.fee(kind, board, date);
  }

  /**
   * The exchange's handling fee (经手费), whether or not it is inside the commission; zero where no
   * rate is known.
   */
  public Money handlingFee(Side side, Money amount, long shares) {
    return fee(FeeKind.HANDLING, side, amount, shares);
  }

  /**
   * The regulatory fee (证管费), whether or not it is inside the commission; zero where no rate is
   * known.
   */
  public Money regulatoryFee(Side side, Money amount, long shares) {
    return fee(FeeKind.REGULATORY, side, amount, shares);
  }

  private Money fee(FeeKind kind, Side side, Money amount, long shares) {
    return feeRate(kind).map(rate -> rate.of(side, amount, shares)).orElse(Money.ZERO);
  }
}
