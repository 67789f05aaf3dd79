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
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * How every share of a panel stood to its price limits on every day: which touched, sealed or broke
 * limit-up, and for how many days running. The one place where limit-up is decided from daily bars;
 * quality checks, analysts and back-tests read it from here.
 *
 * <p>What it takes from where:
 *
 * <ul>
 *   <li>limits: the {@link MarketRuleBook} at the day, for the board and the risk warning that the
 *       share's {@link SecurityTimeline} states for the day; without a timeline for the board of
 *       its code and no warning;
 *   <li>reference price: {@code $pre_close}; where that is not known, the close of the share's
 *       previous day of trading, flagged as assumed;
 *   <li>days of trading: rows with a close and a positive volume (a volume not known
 *       counts as trading); a suspension neither ends nor lengthens a streak;
 *   <li>the day of the listing: counted over these rows from the {@code listDate} of the timeline,
 *       over the days of the panel before the share's first row, and over weekdays before the
 *       panel; without a list date the share counts as long listed.
 * </ul>
 *
 * <p>A fund counts as an ordinary one (10 %), as its code does not tell which index it tracks; one
 * that moves 20 % shows {@link LimitUpFact#beyondLimits()}.
 *
 * <p>A day is computed when it is asked for; what an answer needs lies on that day or before, so
 * that cutting the panel after the day changes nothing. Immutable and safe to share between
 * threads.
 */
public final class LimitUpFacts {
  private static final List<Field> NEEDED = List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE);

  private static final int WARNINGS = RiskWarning.values().length;
  private static final int CASES = LimitCase.values().length;
  /** Kinds of shares with rules of their own. */
  private static final int KINDS = Board.values().length * WARNINGS * CASES;

  private final Panel panel;
  private final BarColumns bars;
  private final Map<Symbol, SecurityTimeline> securities;
  private final MarketRuleBook book;
  /** What each share is, by its index, made when first asked for; who comes second may make them again. */
  private final AtomicReferenceArray<LimitRows> rows;
  /** The rules of each kind of share on each day, empty where the book has none; made as the rows. */
  private final AtomicReferenceArray<Optional<BoardRules>> rules;

  private LimitUpFacts(Panel panel, Map<Symbol, SecurityTimeline> securities, MarketRuleBook book) {
    this.panel = panel;
    this.bars = BarColumns.of(panel);
    this.securities = securities;
    this.book = book;
    this.rows = new AtomicReferenceArray<>(panel.symbols().size());
    this.rules = new AtomicReferenceArray<>(panel.days().size() * KINDS);
  }

  /**
   * The facts of a panel.
   *
   * @param raw unadjusted daily bars with {@code $open $high $low $close}, and {@code $volume} and
   *     {@code $pre_close} if there are any
   * @param securities the dated status of the shares; may lack some or all of them
   * @param book the rules
   * @throws QilinException INVALID_ARGUMENT if the prices are adjusted; DATA_NOT_FOUND if a needed
   *     field is missing
   */
  public static LimitUpFacts of(
      Panel raw, Map<Symbol, SecurityTimeline> securities, MarketRuleBook book) {
    Objects.requireNonNull(book, "book");
    if (raw.adjustment() != Adjustment.RAW) {
      throw QilinException.invalid("price limits are of raw prices, these are adjusted "
          + raw.adjustment() + "; use panel.withAdjustment(RAW)");
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

  /** The rules of the share on the day; empty where the rule book has none. */
  public Optional<BoardRules> rules(int instrument, int day) {
    return rows(instrument, day).rulesOn(day);
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
   * Sealed days among the last days on which the share traded, this one included: the M of "N days
   * M boards" (N 天 M 板).
   *
   * @param window how many of the share's own days of trading, positive
   * @throws QilinException INVALID_ARGUMENT if the window is not positive or an index outside the
   *     panel
   */
  public int sealedDays(int instrument, int day, int window) {
    if (window <= 0) {
      throw QilinException.invalid("a window is a positive number of days, was " + window);
    }
    return rows(instrument, day).sealedDays(day, window);
  }

  private LimitRows rows(int instrument, int day) {
    int instruments = panel.symbols().size();
    if (instrument < 0
        || instrument >= instruments
        || day < 0
        || day >= panel.days().size()) {
      throw QilinException.invalid("instrument " + instrument + ", day " + day
          + " is outside the panel of " + instruments + " × " + panel.days().size());
    }
    LimitRows known = rows.get(instrument);
    if (known == null) {
      known = readRows(instrument);
      rows.set(instrument, known);
    }
    return known;
  }

  private LimitRows readRows(int instrument) {
    Symbol symbol = panel.symbols().get(instrument);
    return new LimitRows(
        this, bars, panel, instrument, Optional.ofNullable(securities.get(symbol)));
  }

  /** The rules of a day; empty where the book has none. */
  @SuppressWarnings("EnumOrdinal") // places in a table that lives no longer than this object
  Optional<BoardRules> rules(int day, Board board, RiskWarning warning, LimitCase limitCase) {
    int kind = (board.ordinal() * WARNINGS + warning.ordinal()) * CASES + limitCase.ordinal();
    int at = kind * panel.days().size() + day;
    Optional<BoardRules> known = rules.get(at);
    if (known == null) {
      known = findRules(panel.days().get(day), board, warning, limitCase);
      rules.set(at, known);
    }
    return known;
  }

  private Optional<BoardRules> findRules(
      LocalDate date, Board board, RiskWarning warning, LimitCase limitCase) {
    return date.isBefore(book.firstDay())
        ? Optional.empty()
        : book.at(date).findOrOrdinary(board, warning, limitCase);
  }
}
