package io.qilin.data.demo;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Board;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.Symbol;
import io.qilin.api.market.TradingCalendar;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.data.demo.ListingPlan.WarningPhase;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which shares a demo market has: boards in the proportion of the real market, and fixed places in the list for
 * new listings, risk warnings and a delisting, so that even 20 shares show each of them but the last. Used once.
 */
final class ListingPlanner {
  /** Boards of 20 shares in a row: 6 Shanghai main, 6 Shenzhen main, 4 ChiNext, 3 STAR, 1 Beijing. */
  private static final Board[] PATTERN = {
    Board.SSE_MAIN, Board.SZSE_MAIN, Board.CHINEXT, Board.SSE_MAIN, Board.SZSE_MAIN,
    Board.STAR, Board.SSE_MAIN, Board.SZSE_MAIN, Board.CHINEXT, Board.SSE_MAIN,
    Board.SZSE_MAIN, Board.STAR, Board.SSE_MAIN, Board.SZSE_MAIN, Board.CHINEXT,
    Board.SZSE_MAIN, Board.STAR, Board.SSE_MAIN, Board.CHINEXT, Board.BSE
  };

  /** Sessions that a share lives at least, so that its warnings and gaps have room. */
  private static final int SHORTEST_LIFE = 20;

  /** Sessions from the listing within which nothing special happens. */
  private static final int QUIET_SESSIONS = 60;

  private static final int CONSOLIDATION_SESSIONS = 15;

  private final long seed;
  private final MarketRuleBook book;
  private final TradingCalendar calendar;
  private final List<LocalDate> days;

  /** How many shares of each sector have a name. */
  private final int[] named = new int[MarketFactors.SECTORS];

  ListingPlanner(long seed, MarketRuleBook book, TradingCalendar calendar, List<LocalDate> days) {
    this.seed = seed;
    this.book = book;
    this.calendar = calendar;
    this.days = days;
  }

  /** The shares, in the order of the list. */
  List<ListingPlan> plan(int symbols) {
    List<ListingPlan> plans = new ArrayList<>(symbols);
    Map<Board, Integer> used = new EnumMap<>(Board.class);
    for (int i = 0; i < symbols; i++) {
      Board board = PATTERN[i % PATTERN.length];
      if (index(book.opened(board)) + SHORTEST_LIFE > days.size()) {
        board = board.exchange() == Board.STAR.exchange() ? Board.SSE_MAIN : Board.SZSE_MAIN;
      }
      int number = used.getOrDefault(board, 0);
      used.put(board, number + 1);
      Symbol symbol = symbol(board, number);
      plans.add(share(i, board, symbol));
    }
    return plans;
  }

  /**
   * First codes of stretches that the exchanges had left free or nearly so at the end of 2025, with their lengths; the
   * last stretch of a board is only reached by large markets.
   */
  private static int[][] codes(Board board) {
    return switch (board) {
      case SSE_MAIN -> new int[][] {{605600, 400}, {603000, 1000}};
      case SZSE_MAIN -> new int[][] {{3500, 500}, {1500, 500}, {2001, 990}};
      case CHINEXT -> new int[][] {{302500, 500}, {301700, 300}};
      case STAR -> new int[][] {{688800, 180}, {688001, 700}};
      case BSE -> new int[][] {{920800, 200}};
      case SSE_FUND, SZSE_FUND -> new int[0][];
    };
  }

  private static Symbol symbol(Board board, int number) {
    int rest = number;
    for (int[] stretch : codes(board)) {
      if (rest < stretch[1]) {
        String digits = Integer.toString(stretch[0] + rest);
        return new Symbol("0".repeat(6 - digits.length()) + digits, board.exchange());
      }
      rest -= stretch[1];
    }
    throw new QilinException(
        ErrorCode.LIMIT_EXCEEDED,
        "the demo market has no code left for share " + number + " of board " + board);
  }

  private ListingPlan share(int number, Board board, Symbol symbol) {
    SeededRandom random = SeededRandom.of(seed, 2L * number);
    int n = days.size();
    int sector = random.between(0, MarketFactors.SECTORS - 1);
    int opened = index(book.opened(board));
    boolean isNew = opened > 0 || number % 20 == 8 || number % 20 == 11 || number % 40 == 13;
    int first = isNew ? random.between(opened, Math.max(opened, n - SHORTEST_LIFE - 1)) : 0;
    boolean delisted = number % 100 == 46 && n - first > 2 * QUIET_SESSIONS;
    int end = delisted ? random.between(first + 2 * QUIET_SESSIONS, n) : n;
    long startFen = Math.round(random.between(300, 3000) * random.between(0.8, 2.5));
    long floatYuan = (long) (random.between(2e9, 1e10) * (random.chance(0.15) ? 8 : 1));
    return new ListingPlan(
        symbol,
        board,
        DemoNames.name(sector, named[sector]++),
        sector,
        isNew ? Optional.of(days.get(first)) : oldListing(random, board),
        isNew,
        first,
        end,
        startFen,
        floatYuan * 100 / startFen,
        warnings(random, number, first, end, delisted));
  }

  /** A listing before the span, as far as the calendar can tell. */
  private Optional<LocalDate> oldListing(SeededRandom random, Board board) {
    List<LocalDate> all = calendar.days();
    int from = place(all, book.opened(board));
    int to = place(all, days.get(0)) - QUIET_SESSIONS;
    int at = random.between(from, Math.max(from, to));
    return to <= from ? Optional.empty() : Optional.of(all.get(at));
  }

  private List<WarningPhase> warnings(
      SeededRandom random, int number, int first, int end, boolean delisted) {
    List<WarningPhase> phases = new ArrayList<>();
    int earliest = first + (first == 0 ? 5 : QUIET_SESSIONS);
    if (delisted) {
      int consolidation = end - CONSOLIDATION_SESSIONS;
      int from = Math.max(earliest, consolidation - random.between(60, 240));
      phases.add(new WarningPhase(RiskWarning.STAR_ST, from, consolidation));
      phases.add(new WarningPhase(RiskWarning.DELISTING, consolidation, end));
    } else if (number % 20 == 3 || number % 40 == 4) {
      int latest = Math.max(earliest + 1, end - 40);
      int from =
          random.between(earliest, Math.max(earliest, earliest + (latest - earliest) * 6 / 10));
      int to = from + random.between(80, 480);
      boolean heavy = random.chance(0.5);
      int middle = from + (to - from) / 2;
      if (from < end) {
        phases.add(new WarningPhase(
            heavy ? RiskWarning.STAR_ST : RiskWarning.ST, from, Math.min(middle, end)));
      }
      if (middle < end) {
        phases.add(new WarningPhase(RiskWarning.ST, middle, Math.min(to, end)));
      }
    }
    return phases;
  }

  /** Index of the first day of the span on or after the date; the number of days if there is none. */
  private int index(LocalDate date) {
    return place(days, date);
  }

  private static int place(List<LocalDate> days, LocalDate date) {
    int at = java.util.Collections.binarySearch(days, date);
    return at < 0 ? -at - 1 : at;
  }
}
