package io.qilin.core.risk;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.Symbol;
import io.qilin.api.risk.RiskContext;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.DatedRules;
import io.qilin.core.rules.Fees;
import io.qilin.core.rules.LimitEvent;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.core.rules.PriceLimits;
import java.util.Objects;
import java.util.Optional;

/**
 * What a rule must know of one share before a session, from the context alone. What is not known is
 * an error, which {@link RiskGate} makes a veto. Immutable; nothing is computed before it is asked
 * for.
 */
public final class ShareFacts {
  private final Symbol symbol;
  private final RiskContext context;
  private final Panel history;

  ShareFacts(Symbol symbol, RiskContext context) {
    this.symbol = Objects.requireNonNull(symbol, "symbol");
    this.context = context;
    this.history = context.history();
  }

  /** The facts of a share, which need not be in the history. */
  public static ShareFacts of(Symbol symbol, RiskContext context) {
    return new ShareFacts(symbol, context);
  }

  /** The share. */
  public Symbol symbol() {
    return symbol;
  }

  /** Its status in the session, as far as known. */
  public Optional<SecurityStatus> status() {
    return Optional.ofNullable(context.securities().get(symbol))
        .flatMap(timeline -> timeline.on(context.session()));
  }

  /**
   * Its board by its status, else by its code.
   *
   * @throws QilinException ORDER_INVALID if it is neither an A-share nor a fund
   */
  public Board board() {
    return status()
        .map(SecurityStatus::board)
        .or(() -> MarketRuleBook.boardOf(symbol))
        .orElseThrow(() -> new QilinException(
            ErrorCode.ORDER_INVALID,
            symbol + " is neither an A-share nor a fund; the rule book knows no rule for it"));
  }

  /** Its risk warning; none if its status is not known. */
  public RiskWarning warning() {
    return status().map(SecurityStatus::riskWarning).orElse(RiskWarning.NONE);
  }

  /**
   * The exchange's rules for it in the session.
   *
   * @throws QilinException ORDER_INVALID as {@link #board()}; DATE_OUT_OF_RANGE where the rule book
   *     has no rule
   */
  public BoardRules rule() {
    DatedRules rules = MarketRuleBook.aShare().at(context.session());
    return rules.ruleOf(symbol, status()).orElseGet(() -> rules.rule(board(), warning()));
  }

  /**
   * The costs of trading it in the session, with the default commission.
   *
   * @throws QilinException as {@link #rule()}
   */
  public Fees fees() {
    return MarketRuleBook.aShare().at(context.session()).fees(board());
  }

  /**
   * Which day of its listing the session is, 1 for the first; 0 if further back than any rule of
   * first days reaches, or not known.
   */
  public int listingDay() {
    return status()
        .flatMap(SecurityStatus::listDate)
        .filter(listed -> !listed.isAfter(context.session()))
        .map(listed -> LimitEvent.sessionSince(listed, history.days()))
        .orElse(0);
  }

  /** Whether it traded on the last day of the history. */
  public boolean tradedLastDay() {
    return history
        .find(symbol)
        .filter(i -> traded(i, history.days().size() - 1))
        .isPresent();
  }

  /**
   * The last raw close in thousandths of a yuan, suspended days passed over.
   *
   * @throws QilinException DATA_NOT_FOUND if there is none
   */
  public long closeMills() {
    int i = history.indexOf(symbol);
    for (int d = history.endRow(i) - 1; d >= history.firstRow(i); d--) {
      if (traded(i, d)) {
        return PriceLimits.mills(history.value(Field.CLOSE, i, d));
      }
    }
    throw new QilinException(
        ErrorCode.DATA_NOT_FOUND, "no close of " + symbol + " is known, so it has no value");
  }

  /**
   * The mean volume of the last days on which it traded.
   *
   * @param days how many to look at, fewer if there are fewer
   * @throws QilinException DATA_NOT_FOUND if no volume of the share is known
   */
  public double averageVolume(int days) {
    int i = history.indexOf(symbol);
    double sum = 0;
    int found = 0;
    for (int d = history.endRow(i) - 1; d >= history.firstRow(i) && found < days; d--) {
      double volume = history.value(Field.VOLUME, i, d);
      if (volume > 0 && traded(i, d)) {
        sum += volume;
        found++;
      }
    }
    if (found == 0) {
      throw new QilinException(ErrorCode.DATA_NOT_FOUND, "no volume of " + symbol + " is known");
    }
    return sum / found;
  }

  private boolean traded(int instrument, int day) {
    return history.value(Field.CLOSE, instrument, day) > 0
        && !(history.has(Field.VOLUME) && history.value(Field.VOLUME, instrument, day) <= 0);
  }
}
