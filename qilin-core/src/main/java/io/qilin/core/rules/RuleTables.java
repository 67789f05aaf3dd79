package io.qilin.core.rules;

import com.google.common.collect.ImmutableRangeMap;
import io.qilin.api.market.Board;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** All tables of the rule book, parsed once. */
final class RuleTables {
  /** No rule gives more first days a limit of their own. */
  static final int MOST_FIRST_DAYS = 5;

  /** A board: the day it opened, how it settles. */
  record BoardRow(LocalDate opened, Settlement settlement, List<String> prefixes) {}

  private record LimitKey(Board board, String limitCase) {}

  private record EventKey(Board board, LimitEvent event) {}

  private record FeeKey(FeeKind kind, Board board) {}

  private record HaltKey(Board board, int percent) {}

  private record CageWidth(int percent, int ticks) {}

  private final Map<Board, BoardRow> boards = new EnumMap<>(Board.class);
  private final Map<LimitKey, ImmutableRangeMap<LocalDate, LimitRate>> limits;
  private final Map<EventKey, ImmutableRangeMap<LocalDate, FirstDays>> firstDays;
  private final Map<Board, ImmutableRangeMap<LocalDate, Long>> ticks;
  private final Map<Board, ImmutableRangeMap<LocalDate, LotRule>> lots;
  private final Map<Board, ImmutableRangeMap<LocalDate, Long>> dailyBuyCaps;
  private final Map<Board, ImmutableRangeMap<LocalDate, CageWidth>> cages;
  private final Map<HaltKey, ImmutableRangeMap<LocalDate, NoLimitHalt>> halts;
  private final Map<FeeKey, ImmutableRangeMap<LocalDate, FeeRate>> fees;
  private final ImmutableRangeMap<LocalDate, DividendTax> dividendTaxes;
  private final Map<Board, ImmutableRangeMap<LocalDate, LocalTime>> earlyCloses;
  private final List<RuleTable.Row> sessions;
  private final List<RuleEntry> entries = new ArrayList<>();

  RuleTables() {
    RuleTable boardTable = table("boards", "opened");
    for (RuleTable.Row row : boardTable.rows()) {
      boards.put(
          row.board(),
          new BoardRow(
              row.date("opened"),
              row.word(Settlement.class, "settlement"),
              List.of(row.text("prefixes").split(" ", -1))));
    }
    limits = table("price-limits", "from")
        .dated(
            row -> new LimitKey(row.board(), row.text("case")),
            row -> new LimitRate(
                row.number("percent"),
                row.number("percent"),
                row.word(LimitRounding.class, "rounding")));
    firstDays = table("first-days", "from")
        .dated(
            row -> new EventKey(row.board(), row.word(LimitEvent.class, "event")),
            RuleTables::firstDays);
    ticks =
        table("ticks", "from").dated(RuleTable.Row::board, row -> (long) row.number("tick_mills"));
    lots = table("lots", "from")
        .dated(
            RuleTable.Row::board,
            row -> new LotRule(
                row.number("min_buy"),
                row.number("step"),
                row.number("odd"),
                row.number("max_limit"),
                row.number("max_market")));
    dailyBuyCaps = table("daily-buy-caps", "from")
        .dated(RuleTable.Row::board, row -> (long) row.number("shares"));
    cages = table("price-cages", "from")
        .dated(
            RuleTable.Row::board, row -> new CageWidth(row.number("percent"), row.number("ticks")));
    halts = table("no-limit-halts", "from")
        .dated(
            row -> new HaltKey(row.board(), row.number("percent")),
            row -> new NoLimitHalt(
                row.number("percent"),
                Duration.ofMinutes(row.number("minutes")),
                row.time("resume_by")));
    fees = table("fees", "from")
        .perBoard()
        .dated(
            row -> new FeeKey(row.word(FeeKind.class, "kind"), row.board()),
            row -> new FeeRate(
                row.word(FeeRate.Base.class, "base"), row.percent("buy"), row.percent("sell")));
    dividendTaxes = Objects.requireNonNull(table("dividend-taxes", "from")
        .dated(
            row -> "all",
            row ->
                new DividendTax(row.percent("month"), row.percent("year"), row.percent("longer")))
        .get("all"));
    earlyCloses = table("early-closes", "from")
        .perBoard()
        .dated(RuleTable.Row::board, row -> row.time("closed"));
    sessions = table("sessions", "from").perBoard().rows();
  }

  private RuleTable table(String name, String fromColumn) {
    RuleTable table = RuleTable.read(name);
    table.rows().forEach(row -> entries.add(row.entry(fromColumn)));
    return table;
  }

  private static FirstDays firstDays(RuleTable.Row row) {
    return new FirstDays(
        row.number("days"),
        row.text("up").isEmpty()
            ? null
            : new LimitRate(row.number("up"), row.number("down"), LimitRounding.HALF_UP),
        row.text("auction").isEmpty()
            ? null
            : new LimitRate(row.number("auction"), row.number("auction"), LimitRounding.HALF_UP));
  }

  List<RuleEntry> entries() {
    return List.copyOf(entries);
  }

  Map<Board, BoardRow> boards() {
    return boards;
  }

  BoardRow board(Board board) {
    return Objects.requireNonNull(boards.get(board), "board");
  }

  Optional<LimitRate> limit(Board board, String limitCase, LocalDate date) {
    return find(limits, new LimitKey(board, limitCase), date);
  }

  Optional<FirstDays> firstDays(Board board, LimitEvent event, LocalDate eventDate) {
    return find(firstDays, new EventKey(board, event), eventDate);
  }

  long tickMills(Board board, LocalDate date) {
    return find(ticks, board, date).orElseThrow(() -> DatedRules.noRule("tick of " + board, date));
  }

  LotRule lots(Board board, LocalDate date) {
    return find(lots, board, date).orElseThrow(() -> DatedRules.noRule("lot of " + board, date));
  }

  OptionalLong dailyBuyCap(Board board, LocalDate date) {
    Optional<Long> cap = find(dailyBuyCaps, board, date);
    return cap.isPresent() ? OptionalLong.of(cap.get()) : OptionalLong.empty();
  }

  Optional<PriceCage> cage(Board board, LocalDate date, long tickMills) {
    return find(cages, board, date)
        .map(width -> new PriceCage(width.percent(), width.ticks(), tickMills));
  }

  List<NoLimitHalt> halts(Board board, LocalDate date) {
    return halts.keySet().stream()
        .filter(key -> key.board() == board)
        .flatMap(key -> find(halts, key, date).stream())
        .sorted(Comparator.comparingInt(NoLimitHalt::percent))
        .toList();
  }

  Optional<FeeRate> fee(FeeKind kind, Board board, LocalDate date) {
    return find(fees, new FeeKey(kind, board), date);
  }

  Optional<DividendTax> dividendTax(LocalDate recordDate) {
    return Optional.ofNullable(dividendTaxes.get(recordDate));
  }

  Sessions sessions(Board board, LocalDate date) {
    Sessions whole = new Sessions(sessions.stream()
        .filter(row -> row.board() == board && row.period().contains(date))
        .map(row -> new Sessions.Part(
            row.word(SessionPhase.class, "phase"),
            row.time("start"),
            row.time("end"),
            row.yes("enter"),
            row.yes("cancel")))
        .toList());
    return find(earlyCloses, board, date).map(whole::until).orElse(whole);
  }

  private static <K, V> Optional<V> find(
      Map<K, ImmutableRangeMap<LocalDate, V>> table, K key, LocalDate date) {
    @Nullable ImmutableRangeMap<LocalDate, V> rows = table.get(key);
    return rows == null ? Optional.empty() : Optional.ofNullable(rows.get(date));
  }
}
