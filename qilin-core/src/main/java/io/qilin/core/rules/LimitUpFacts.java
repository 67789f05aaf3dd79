package io.qilin.core.rules;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Board;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How every share of a panel stood to its price limits on every day: which touched, sealed or broke limit-up, and for how
 * many days running. The one place where limit-up is decided from daily bars; quality checks, analysts and back-tests
 * read it from here.
 *
 * <p>What it takes from where:
 *
 * <ul>
 *   <li>limits: the {@link MarketRuleBook} at the day, for the board and the risk warning that the share's {@link
 *       SecurityTimeline} states for the day; without a timeline for the board of its code and no warning;
 *   <li>reference price: {@code $pre_close}; where that is not known, the close of the share's previous day of trading,
 *       flagged as assumed;
 *   <li>days of trading: rows with a close, and with a volume that is not 0 (a volume not known counts as trading); a
 *       suspension neither ends nor lengthens a streak;
 *   <li>the day of the listing: counted over these rows from the {@code listDate} of the timeline, over the days of the
 *       panel before the share's first row, and over weekdays before the panel; without a list date the share counts as
 *       long listed.
 * </ul>
 *
 * <p>A day is computed when it is asked for; what an answer needs lies on that day or before, so that cutting the panel
 * after the day changes nothing. Immutable and safe to share between threads.
 */
public final class LimitUpFacts {
  private static final List<Field> NEEDED = List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE);

  private final Panel panel;
  private final Map<Symbol, SecurityTimeline> securities;
  private final MarketRuleBook book;
  /** Made when first asked for. Racing threads make equal ones, each fully built before it is seen. */
  private final @Nullable LimitRows[] rows;
  /** The rules of each day, board and warning, made when first asked for, as {@link #rows}. */
  private final @Nullable Optional<BoardRules>[] rules;

  @SuppressWarnings({"unchecked", "rawtypes"})
  private LimitUpFacts(Panel panel, Map<Symbol, SecurityTimeline> securities, MarketRuleBook book) {
    this.panel = panel;
    this.securities = securities;
    this.book = book;
    this.rows = new LimitRows[panel.symbols().size()];
    this.rules = new Optional[panel.days().size() * Board.values().length * KINDS];
  }

  /** Kinds of share with rules of their own: four warnings, each reformed or not. */
  private static final int KINDS = 2 * RiskWarning.values().length;

  /**
   * The facts of a panel.
   *
   * @param raw unadjusted daily bars with {@code $open $high $low $close}, and {@code $volume} and {@code $pre_close} if
   *     there are any
   * @param securities the dated status of the shares; may lack some or all of them
   * @param book the rules
   * @throws QilinException INVALID_ARGUMENT if the prices are adjusted; DATA_NOT_FOUND if a needed field is missing
   */
  public static LimitUpFacts of(
      Panel raw, Map<Symbol, SecurityTimeline> securities, MarketRuleBook book) {
    Objects.requireNonNull(book, "book");
    if (raw.adjustment() != Adjustment.RAW) {
      throw QilinException.invalid(
          "price limits are of raw prices, these are adjusted " + raw.adjustment()
              + "; use panel.withAdjustment(RAW)");
    }
    for (Field field : NEEDED) {
      if (!raw.has(field)) {
        throw new QilinException(
            ErrorCode.DATA_NOT_FOUND,
            "limit-up facts need " + NEEDED + ", the panel has only " + raw.fields());
      }
    }
    return new LimitUpFacts(raw, Map.copyOf(securities), book);
  }

  /** The panel of which these are the facts. */
  public Panel panel() {
    return panel;
  }

  /**
   * Everything about one share on one day.
   *
   * @param instrument index of the share in the panel
   * @param day index of the day in the panel
   * @throws QilinException INVALID_ARGUMENT if an index is outside the panel
   */
  public LimitUpFact at(int instrument, int day) {
    return rows(instrument, day).fact(day);
  }

  /** The day's price limits; empty if there are none or they are not known. */
  public Optional<PriceLimits> limits(int instrument, int day) {
    return at(instrument, day).limits();
  }

  /** Whether the highest price reached limit-up. */
  public boolean touched(int instrument, int day) {
    return at(instrument, day).touched();
  }

  /** Whether the close is limit-up. */
  public boolean sealed(int instrument, int day) {
    return at(instrument, day).sealed();
  }

  /** Whether limit-up was reached and not held. */
  public boolean broken(int instrument, int day) {
    return at(instrument, day).broken();
  }

  /** Whether every price of the day was limit-up. */
  public boolean oneWord(int instrument, int day) {
    return at(instrument, day).oneWord();
  }

  /** Whether it opened at limit-up, left it and closed there again. */
  public boolean tBoard(int instrument, int day) {
    return at(instrument, day).tBoard();
  }

  /** Whether the close is limit-down. */
  public boolean limitDownSealed(int instrument, int day) {
    return at(instrument, day).limitDownSealed();
  }

  /** Consecutive sealed days up to this one; see {@link LimitUpFact#streak()}. */
  public int streak(int instrument, int day) {
    return at(instrument, day).streak();
  }

  /**
   * Sealed days among the last days on which the share traded, this one included: the M of "N days M boards" (N 天 M 板).
   *
   * @param window how many of the share's own days of trading, positive
   * @throws QilinException INVALID_ARGUMENT if the window is not positive or an index outside the panel
   */
  public int sealedDays(int instrument, int day, int window) {
    if (window <= 0) {
      throw QilinException.invalid("a window is a positive number of days, was " + window);
    }
    return rows(instrument, day).sealedDays(day, window);
  }

  private LimitRows rows(int instrument, int day) {
    if (instrument < 0 || instrument >= rows.length || day < 0 || day >= panel.days().size()) {
      throw QilinException.invalid(
          "instrument " + instrument + ", day " + day + " is outside the panel of " + rows.length + " × "
              + panel.days().size());
    }
    LimitRows found = rows[instrument];
    if (found == null) {
      Symbol symbol = panel.symbols().get(instrument);
      found = new LimitRows(this, panel, instrument, Optional.ofNullable(securities.get(symbol)));
      rows[instrument] = found;
    }
    return found;
  }

  /** The rules of a day; empty where the book has none. */
  Optional<BoardRules> rules(int day, Board board, RiskWarning warning, boolean unreformed) {
    int kind = 2 * warning.ordinal() + (unreformed ? 1 : 0);
    int place = (day * Board.values().length + board.ordinal()) * KINDS + kind;
    Optional<BoardRules> found = rules[place];
    if (found == null) {
      found = findRules(day, board, warning, unreformed);
      rules[place] = found;
    }
    return found;
  }

  private Optional<BoardRules> findRules(int day, Board board, RiskWarning warning, boolean unreformed) {
    var date = panel.days().get(day);
    if (date.isBefore(book.firstDay())) {
      return Optional.empty();
    }
    DatedRules dated = book.at(date);
    Optional<BoardRules> special =
        unreformed ? dated.find(board, warning, LimitCase.UNREFORMED) : Optional.empty();
    return special.isPresent() ? special : dated.find(board, warning, LimitCase.ORDINARY);
  }
}
