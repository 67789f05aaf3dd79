package io.qilin.core.rules;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * The rules in force on one date. Obtained from {@link MarketRuleBook#at}. Immutable and safe to
 * share.
 */
public final class DatedRules {
  private final RuleTables tables;
  private final LocalDate date;

  DatedRules(RuleTables tables, LocalDate date) {
    this.tables = tables;
    this.date = date;
  }

  /** The date. */
  public LocalDate date() {
    return date;
  }

  /**
   * The rules of an ordinary share or fund.
   *
   * @param board where it is listed
   * @param warning its risk warning on the date
   * @throws QilinException DATE_OUT_OF_RANGE if the board had not opened or knew no such warning
   */
  public BoardRules rule(Board board, RiskWarning warning) {
    return rule(board, warning, LimitCase.ORDINARY);
  }

  /**
   * The rules of any share or fund.
   *
   * @param board where it is listed
   * @param warning its risk warning on the date
   * @param limitCase what else decides its price limit
   * @throws QilinException DATE_OUT_OF_RANGE if the board had not opened, or there was no such
   *     warning or case
   */
  public BoardRules rule(Board board, RiskWarning warning, LimitCase limitCase) {
    requireOpen(board);
    return find(board, warning, limitCase)
        .orElseThrow(
            () -> noRule("price limit of " + board + " with " + warning + ", " + limitCase, date));
  }

  /**
   * The rules of one share or fund: by its status, as far as known, else by its code as an ordinary
   * one without risk warning. An S-share gets the limit of S-shares where there is one.
   *
   * @param status its status on the date
   * @return empty if it is neither an A-share nor a fund, its board had not opened, or there was no
   *     such warning
   */
  public Optional<BoardRules> ruleOf(Symbol symbol, Optional<SecurityStatus> status) {
    RiskWarning warning = status.map(SecurityStatus::riskWarning).orElse(RiskWarning.NONE);
    LimitCase limitCase = status.map(LimitCase::of).orElse(LimitCase.ORDINARY);
    return status
        .map(SecurityStatus::board)
        .or(() -> MarketRuleBook.boardOf(symbol))
        .flatMap(board -> findOrOrdinary(board, warning, limitCase));
  }

  /**
   * The rules of a case, or of an ordinary share or fund where the board knew no such case on the
   * date.
   *
   * @return empty if the board had not opened, or there was no such warning
   */
  public Optional<BoardRules> findOrOrdinary(
      Board board, RiskWarning warning, LimitCase limitCase) {
    return find(board, warning, limitCase).or(() -> find(board, warning, LimitCase.ORDINARY));
  }

  /** As {@link #rule(Board, RiskWarning, LimitCase)}, but empty where that refuses. */
  Optional<BoardRules> find(Board board, RiskWarning warning, LimitCase limitCase) {
    Objects.requireNonNull(warning, "warning");
    if (date.isBefore(tables.board(board).opened())) {
      return Optional.empty();
    }
    return tables
        .limit(board, key(warning, limitCase), date)
        .map(rate ->
            new BoardRules(tables, date, board, warning, rate, tables.tickMills(board, date)));
  }

  private static String key(RiskWarning warning, LimitCase limitCase) {
    if (Objects.requireNonNull(limitCase, "limitCase") != LimitCase.ORDINARY) {
      return limitCase.name();
    }
    boolean warned = warning == RiskWarning.ST || warning == RiskWarning.STAR_ST;
    return warned ? "RISK_WARNING" : "NORMAL";
  }

  /**
   * The costs of trading with the default {@link Commission}.
   *
   * @throws QilinException DATE_OUT_OF_RANGE if the board had not opened
   */
  public Fees fees(Board board) {
    return fees(board, Commission.DEFAULT);
  }

  /**
   * The costs of trading.
   *
   * @throws QilinException DATE_OUT_OF_RANGE if the board had not opened
   */
  public Fees fees(Board board, Commission commission) {
    requireOpen(board);
    return new Fees(tables, date, board, Objects.requireNonNull(commission, "commission"));
  }

  /**
   * The tax on a dividend whose record date (股权登记日) is this date.
   *
   * @throws QilinException DATE_OUT_OF_RANGE before 2005-06-13
   */
  public DividendTax dividendTax() {
    return tables.dividendTax(date).orElseThrow(() -> noRule("dividend tax", date));
  }

  private void requireOpen(Board board) {
    LocalDate opened = tables.board(Objects.requireNonNull(board, "board")).opened();
    if (date.isBefore(opened)) {
      throw new QilinException(
          ErrorCode.DATE_OUT_OF_RANGE,
          "board " + board + " opened on " + opened + "; it has no rules on " + date);
    }
  }

  static QilinException noRule(String what, LocalDate date) {
    return new QilinException(
        ErrorCode.DATE_OUT_OF_RANGE, "the rule book has no " + what + " on " + date);
  }

  @Override
  public String toString() {
    return "DatedRules[" + date + "]";
  }
}
