package io.qilin.core.backtest;

import io.qilin.api.market.CorporateAction;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.PanelColumn;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.CorporateActionNotice;
import io.qilin.api.record.PublicationTimes;
import io.qilin.core.adjust.Payout;
import io.qilin.core.rules.DividendTax;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.core.rules.PriceLimits;
import io.qilin.core.rules.ReferencePrice;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Books what happens to holdings on their ex-dates, before the session. Where the exchange's
 * reference price fell below the last close and no corporate action is known, a {@link Payout} is
 * assumed that explains it, so that the ex-date is neither a loss nor a gain; a finding says so.
 */
final class ExDates {
  /** The first record date for which the rule book knows a dividend tax. */
  private static final LocalDate FIRST_TAXED = LocalDate.of(2005, 6, 13);

  private static final double HIGHEST_PRICE = 1e6;

  private static final DividendTax UNKNOWN_TAX =
      new DividendTax(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

  private final Panel panel;
  private final @Nullable PanelColumn reference;
  private final PanelColumn close;
  private final KnownActions actions;
  /** Holdings on an ex-date of which more became public too late. */
  private final Set<Missed> missed = new HashSet<>();

  private final boolean subscribe;
  private final List<BacktestFinding> findings;

  private LimitUpFacts facts;
  private Instant heardUntil = Instant.MIN;

  /** A share that was held on an ex-date. */
  private record Missed(Symbol symbol, LocalDate exDate) {}

  ExDates(
      LimitUpFacts facts, KnownActions actions, boolean subscribe, List<BacktestFinding> findings) {
    this.facts = facts;
    this.actions = actions;
    this.panel = facts.panel();
    this.reference = panel.has(Field.PRE_CLOSE) ? panel.column(Field.PRE_CLOSE) : null;
    this.close = panel.column(Field.CLOSE);
    this.subscribe = subscribe;
    this.findings = findings;
  }

  /** Judges by another knowledge of what the shares are from now on. */
  void facts(LimitUpFacts known) {
    facts = known;
  }

  /**
   * Books the ex-dates of a session.
   *
   * @param day index of the session
   * @param indices index of each share in the panel
   */
  void apply(Ledger ledger, int day, Map<Symbol, Integer> indices) {
    LocalDate date = panel.days().get(day);
    Map<Symbol, CorporateAction> today = actions.on(date);
    tellLate(date);
    for (Symbol symbol : actions.lateOn(date)) {
      if (ledger.shares(symbol) > 0) {
        missed.add(new Missed(symbol, date));
      }
    }
    for (Symbol symbol : List.copyOf(ledger.positions().keySet())) {
      CorporateAction own = today.get(symbol);
      if (own == null) {
        implied(ledger, day, symbol, indices.getOrDefault(symbol, -1));
      } else {
        book(ledger, day, own);
        compare(ledger, day, symbol, indices.getOrDefault(symbol, -1));
      }
    }
  }

  /** Says what became public since the last session and would have concerned an ex-date before. */
  private void tellLate(LocalDate date) {
    Instant now = PublicationTimes.startOf(date);
    for (CorporateActionNotice notice : actions.late(heardUntil, now)) {
      CorporateAction action = notice.action();
      if (missed.contains(new Missed(action.symbol(), action.exDate()))) {
        finding(
            date,
            action.symbol(),
            "late-action",
            "a corporate action with the ex-date " + action.exDate() + " became public at "
                + notice.asOf() + ", after that session began; the holding was booked by what was"
                + " known then");
      }
    }
    heardUntil = now;
  }

  private void book(Ledger ledger, int day, CorporateAction action) {
    LocalDate date = panel.days().get(day);
    Symbol symbol = action.symbol();
    long entitled = ledger.shares(symbol);
    LocalDate next = Calendars.next(panel.days(), day);
    ledger.dividend(date, symbol, action.cashPerShare(), tax(day));
    if (action.rightsRatio().signum() > 0) {
      rights(ledger, date, entitled, action, next);
    }
    ledger.bonus(date, symbol, entitled, action.bonusRatio(), date);
    remark(ledger, action);
  }

  private void rights(
      Ledger ledger, LocalDate date, long entitled, CorporateAction action, LocalDate next) {
    Position position = ledger.positions().get(action.symbol());
    BigDecimal market = BigDecimal.valueOf(position == null ? 0 : position.markMills(), 3);
    if (!subscribe) {
      finding(date, action.symbol(), "rights-lapsed", "rights are not taken up in this run");
    } else if (action.rightsPrice().compareTo(market) >= 0) {
      finding(
          date,
          action.symbol(),
          "rights-lapsed",
          "the price of " + action.rightsPrice().toPlainString()
              + " is not below the last close of " + market);
    } else if (!ledger.subscribe(date, entitled, action, next)) {
      finding(
          date,
          action.symbol(),
          "rights-lapsed",
          "the cash of " + ledger.cash()
              + " does not pay for the shares offered, or a fraction was offered");
    }
  }

  /** The value of a share falls to its reference price, also while it is suspended. */
  private static void remark(Ledger ledger, CorporateAction action) {
    Position position = ledger.positions().get(action.symbol());
    if (position != null && position.markMills() > 0) {
      BigDecimal value = BigDecimal.valueOf(position.markMills(), 3);
      ReferencePrice terms = new ReferencePrice(
          action.cashPerShare(), action.bonusRatio(), action.rightsRatio(), action.rightsPrice());
      boolean worthless = value.compareTo(action.cashPerShare()) <= 0;
      long tick = ReferencePrices.isFund(action.symbol()) ? 1 : 10;
      long mills = worthless ? 0 : terms.after(value, tick).movePointRight(3).longValue();
      ledger.mark(action.symbol(), mills);
    }
  }

  /** Whether the actions explain the reference price that the bars state. */
  private void compare(Ledger ledger, int day, Symbol symbol, int instrument) {
    Position position = ledger.positions().get(symbol);
    if (position == null || instrument < 0 || reference == null) {
      return;
    }
    double stated = reference.value(instrument, day);
    long tick = ReferencePrices.isFund(symbol) ? 1 : 10;
    if (stated > 0
        && stated <= HIGHEST_PRICE
        && Math.abs(PriceLimits.mills(stated) - position.markMills()) > tick) {
      finding(
          panel.days().get(day),
          symbol,
          "action-mismatch",
          "after the corporate actions the reference price would be "
              + OrderRules.yuan(position.markMills()) + ", the bars state "
              + OrderRules.yuan(PriceLimits.mills(stated)) + "; one of them is wrong");
    }
  }

  private DividendTax tax(int day) {
    LocalDate record = day == 0 ? panel.days().get(0) : panel.days().get(day - 1);
    return record.isBefore(FIRST_TAXED)
        ? UNKNOWN_TAX
        : MarketRuleBook.aShare().at(record).dividendTax();
  }

  private void implied(Ledger ledger, int day, Symbol symbol, int instrument) {
    Position position = ledger.positions().get(symbol);
    if (position == null || instrument < 0 || reference == null) {
      return;
    }
    double stated = reference.value(instrument, day);
    long mark = position.markMills();
    if (!(stated > 0 && stated <= HIGHEST_PRICE && close.value(instrument, day) > 0 && mark > 0)) {
      return;
    }
    long mills = PriceLimits.mills(stated);
    long tick = ReferencePrices.isFund(symbol) ? 1 : 10;
    if (Math.abs(mills - mark) <= tick) {
      return;
    }
    LocalDate date = panel.days().get(day);
    if (position.doubtful() || facts.at(instrument, day).beyondLimits()) {
      finding(
          date,
          symbol,
          "doubtful-reference",
          "the reference price " + OrderRules.yuan(mills) + " stands beside a bar that cannot be;"
              + " nothing was booked for its difference to " + OrderRules.yuan(mark));
      return;
    }
    if (mills > mark) {
      finding(
          date,
          symbol,
          "reference-above-close",
          "the reference price " + OrderRules.yuan(mills) + " is above the last close "
              + OrderRules.yuan(mark) + "; nothing was booked");
      return;
    }
    Payout payout = Payout.of(mark, mills, tick);
    String note = "reference price " + OrderRules.yuan(mills) + " after a close of "
        + OrderRules.yuan(mark) + ": booked as " + payout + ", as no corporate action is known";
    long entitled = position.shares();
    ledger.impliedCash(date, symbol, payout.cash(), note);
    ledger.bonus(date, symbol, entitled, payout.bonus(), date);
    ledger.mark(symbol, mills);
    finding(date, symbol, "implied-ex-date", note);
  }

  private void finding(LocalDate date, Symbol symbol, String rule, String message) {
    findings.add(new BacktestFinding(date, Optional.of(symbol), rule, message));
  }
}
