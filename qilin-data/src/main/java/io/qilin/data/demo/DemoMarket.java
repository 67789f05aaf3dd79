package io.qilin.data.demo;

import io.qilin.api.analysis.SnapshotRecords;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.market.TradingCalendar;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.Bars;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.data.calendar.AShareCalendar;
import io.qilin.data.internal.DailyRules;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A synthetic A-share market: made-up companies, real trading days, real exchange rules. It lets everything be tried
 * without data, network or key. <strong>It is not market data.</strong> Its prices come from a random number generator
 * with a small predictable part built in (see below); a profit made on it says nothing about any market.
 *
 * <p>What is true of it: every price lies on the tick and inside the day's limits of {@link MarketRuleBook}, given the
 * day's reference price; main boards, ChiNext, STAR and Beijing, new listings with their days without limit, dated ST,
 * *ST and delisting phases, ex-dividend and ex-bonus days with the exchange's reference price, suspensions, limit-up
 * streaks, one-word and broken boards, falls at the lower limit. Prices are RAW; a suspended day is a row of {@code NaN}
 * inside a share's span. Volume is whole shares, amount is yuan to the fen, {@code $vwap} is amount / volume and lies in
 * [low, high]. {@code $factor} is 1 on a share's first day and changes on ex-dates only, so that
 * {@code close × factor} is comparable over time.
 *
 * <p>What is built in and can be found by a factor: market and sector returns common to many shares, a slowly fading
 * drift of each share, a weak reversal of yesterday's own noise, sealed limit-ups that go on more often than chance and
 * sag afterwards, a faint pull towards the first price, and turnover that follows moves. A factor that finds one of them
 * has a rank IC of one to three hundredths.
 *
 * <p>All companies are invented; names begin with 拟 ("imitated"). A code that belongs, or comes to belong, to a listed
 * company has nothing to do with it. Beijing codes begin with 920 throughout.
 *
 * <p>The same arguments give the same bits on every machine: integer random numbers, no mathematical library call whose
 * result may differ, no clock. Immutable and safe to share.
 */
public final class DemoMarket {
  /** Shares of the default market. */
  public static final int DEFAULT_SYMBOLS = 300;

  /** Years of the default market. */
  public static final int DEFAULT_YEARS = 5;

  /** Seed of the default market. */
  public static final long DEFAULT_SEED = 42;

  /** Last day of the default market. */
  public static final LocalDate DEFAULT_END = LocalDate.of(2025, 12, 31);

  /** The most shares that can be asked for. */
  public static final int MAX_SYMBOLS = 3000;

  /** The most years that can be asked for. */
  public static final int MAX_YEARS = 20;

  /** The most that shares × years may be: about 300 MB. */
  public static final int MAX_SYMBOL_YEARS = 15_000;

  private final Bars bars;
  private final Map<Symbol, SecurityTimeline> securities;
  private final TradingCalendar calendar;
  private final DemoRecords records;

  private DemoMarket(
      long seed, Bars bars, Map<Symbol, SecurityTimeline> securities, TradingCalendar calendar) {
    this.records = new DemoRecords(seed, bars.panel(), securities, bars.provenance());
    this.bars = bars;
    this.securities = securities;
    this.calendar = calendar;
  }

  /**
   * A market that ends on {@link #DEFAULT_END}.
   *
   * @param symbols how many shares, 1 to {@link #MAX_SYMBOLS}
   * @param years how many years, 1 to {@link #MAX_YEARS}
   * @param seed any number; another seed is another market
   * @throws QilinException INVALID_ARGUMENT if a number is out of its range
   */
  public static DemoMarket of(int symbols, int years, long seed) {
    return builder().symbols(symbols).years(years).seed(seed).build();
  }

  /** Starts with the default market: 300 shares, 5 years until 2025-12-31, seed 42. */
  public static Builder builder() {
    return new Builder();
  }

  /** The bars: raw prices and {@code $vwap $volume $amount $factor $pre_close}, marked as synthetic. */
  public Bars bars() {
    return bars;
  }

  /** What every share was over time. */
  public Map<Symbol, SecurityTimeline> securities() {
    return securities;
  }

  /** The trading calendar that the market keeps. */
  public TradingCalendar calendar() {
    return calendar;
  }

  /**
   * What a source would tell beside the bars about a day, the days before it, and the opening auction of the next: money
   * flows of 70 days, Dragon-Tiger lists of 25, queues at limit-up of 20, news and posts of 30, themes, quarterly reports
   * of three years, and the ticks of the auction. All is invented and fits the bars; the same arguments give the same bits.
   *
   * @param day a day of the market
   * @param asOf the moment of decision; what became public later is left out
   * @throws QilinException NOT_A_TRADING_DAY or DATE_OUT_OF_RANGE if the market does not hold the day
   */
  public SnapshotRecords records(LocalDate day, Instant asOf) {
    return records.known(day, asOf);
  }

  private static DemoMarket make(int symbols, int years, long seed, LocalDate end) {
    TradingCalendar calendar = AShareCalendar.load();
    List<LocalDate> days = span(calendar, years, end);
    MarketFactors factors = MarketFactors.of(seed, days.size());
    MarketRuleBook book = MarketRuleBook.aShare();
    book.at(days.get(0));
    List<ListingPlan> plans = new ListingPlanner(seed, book, calendar, days).plan(symbols);
    DailyRules rules = new DailyRules(book, days);
    Panel.Builder panel = Panel.builder(days, Adjustment.RAW);
    Map<Symbol, SecurityTimeline> securities = new TreeMap<>();
    long rows = 0;
    for (int i = 0; i < plans.size(); i++) {
      ListingPlan plan = plans.get(i);
      SharePath path = new SharePath(seed, i, plan, factors, rules, days);
      add(panel, plan, path);
      rows += Arrays.stream(path.close).filter(close -> !Double.isNaN(close)).count();
      securities.put(plan.symbol(), Timelines.of(plan, path.floatChanges, days));
    }
    String origin = "symbols=" + symbols + ",years=" + years + ",seed=" + seed + ",end="
        + days.get(days.size() - 1);
    Provenance provenance = new Provenance(DemoProvider.ID, origin, true);
    return new DemoMarket(
        seed,
        new Bars(panel.build(), provenance, rows, List.of()),
        Collections.unmodifiableMap(securities),
        calendar);
  }

  private static List<LocalDate> span(TradingCalendar calendar, int years, LocalDate end) {
    LocalDate start = end.minusYears(years).plusDays(1);
    calendar.count(start, end);
    return calendar.days().stream()
        .filter(day -> !day.isBefore(start) && !day.isAfter(end))
        .toList();
  }

  private static void add(Panel.Builder panel, ListingPlan plan, SharePath path) {
    column(panel, plan, path, Field.OPEN, path.open);
    column(panel, plan, path, Field.HIGH, path.high);
    column(panel, plan, path, Field.LOW, path.low);
    column(panel, plan, path, Field.CLOSE, path.close);
    column(panel, plan, path, Field.VWAP, path.vwap);
    column(panel, plan, path, Field.VOLUME, path.volume);
    column(panel, plan, path, Field.AMOUNT, path.amount);
    column(panel, plan, path, Field.FACTOR, path.factor);
    column(panel, plan, path, Field.PRE_CLOSE, path.preClose);
  }

  private static void column(
      Panel.Builder panel, ListingPlan plan, SharePath path, Field field, double[] values) {
    double[] rows = path.length == values.length ? values : Arrays.copyOf(values, path.length);
    panel.column(plan.symbol(), field, plan.firstDay(), rows);
  }

  /** Says which market to make. Not thread-safe. */
  public static final class Builder {
    private int symbols = DEFAULT_SYMBOLS;
    private int years = DEFAULT_YEARS;
    private long seed = DEFAULT_SEED;
    private LocalDate end = DEFAULT_END;

    private Builder() {}

    /** How many shares, 1 to {@link #MAX_SYMBOLS}; 300 unless set. */
    public Builder symbols(int count) {
      symbols = count;
      return this;
    }

    /** How many years until the end, 1 to {@link #MAX_YEARS}; 5 unless set. */
    public Builder years(int count) {
      years = count;
      return this;
    }

    /** The seed; 42 unless set. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** The last day; the market ends on the last trading day up to it; 2025-12-31 unless set. */
    public Builder end(LocalDate day) {
      end = Objects.requireNonNull(day, "day");
      return this;
    }

    /**
     * Makes the market.
     *
     * @throws QilinException INVALID_ARGUMENT if a number is out of its range; DATE_OUT_OF_RANGE if the calendar or the
     *     rule book does not cover the span
     */
    public DemoMarket build() {
      requireRange("symbols", symbols, MAX_SYMBOLS);
      requireRange("years", years, MAX_YEARS);
      if ((long) symbols * years > MAX_SYMBOL_YEARS) {
        throw QilinException.invalid("a demo market holds at most " + MAX_SYMBOL_YEARS
            + " symbols × years, asked for " + symbols + " × " + years);
      }
      return make(symbols, years, seed, end);
    }

    private static void requireRange(String name, int value, int max) {
      if (value < 1 || value > max) {
        throw QilinException.invalid(
            name + " of a demo market must be 1 to " + max + ", was " + value);
      }
    }
  }
}
