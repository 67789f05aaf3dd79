package io.qilin.agents.analyst;

import io.qilin.agents.internal.OwnDays;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.LhbSeatRow;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Judges a share by who bought and sold it, where the exchange published that (龙虎榜, Dragon-Tiger
 * list): only shares with {@link LhbSeatRow} records of the snapshot's day are spoken about. The
 * lists come out in the evening; a snapshot that was taken before holds none, and the analyst is
 * silent.
 *
 * <p>What is read. A share has a list for each reason and window. One is judged, never a sum of
 * several: of one day, if there is any, else of three days, flag {@code THREE_DAY}; of several the
 * one with the most seats. A seat counts once, with what it bought and what it sold, wherever in the
 * list it stands; institutions (机构专用) have no names of their own and are told apart by their
 * amounts. Of two rows of one seat that contradict each other the later holds; of one moment,
 * neither, flag {@code CONTRADICTORY}.
 *
 * <p><b>Formula sheet</b> of {@link Preset#STANDARD}; B and S are what a seat bought and sold, A is
 * what was traded over the window, all in yuan.
 *
 * <table>
 *   <caption>Parts; the weights add up to 1; values are clipped to [0, 1]</caption>
 *   <tr><th>part</th><th>weight</th><th>raw value</th><th>value</th></tr>
 *   <tr><td>net-to-amount</td><td>0.25</td><td>Σ (B − S) / A</td><td>0.5 + raw / 0.20</td></tr>
 *   <tr><td>net-to-float</td><td>0.15</td><td>Σ (B − S) / (free-float shares × close)</td>
 *       <td>0.5 + raw / 0.04</td></tr>
 *   <tr><td>institutions</td><td>0.10</td><td>Σ (B − S) / A of 机构专用; not known if none is
 *       listed</td><td>0.5 + raw / 0.10</td></tr>
 *   <tr><td>connect</td><td>0.05</td><td>the same of Stock Connect (沪股通专用, 深股通专用)</td>
 *       <td>0.5 + raw / 0.10</td></tr>
 *   <tr><td>concentration</td><td>0.10</td><td>Σ (B / Σ B)² of the five largest buyers</td>
 *       <td>1 − (raw − 0.2) / 0.8</td></tr>
 *   <tr><td>dominance</td><td>0.05</td><td>largest B / Σ B of the five; above 0.5 flag {@code
 *       ONE_SEAT}</td><td>1 − (raw − 0.2) / 0.8</td></tr>
 *   <tr><td>wash</td><td>0.10</td><td>part of Σ (B + S) done by seats with |B − S| &lt; 0.2 (B +
 *       S)</td><td>1 − raw</td></tr>
 *   <tr><td>appearances</td><td>0.10</td><td>days of trading running with a list; needs lists of the
 *       day before</td><td>1 − (raw − 1) / 5</td></tr>
 *   <tr><td>seat-win-rate</td><td>0.05</td><td>mean over known seats that bought on balance, by B,
 *       of (wins + 10) / (trades + 20)</td><td>raw</td></tr>
 *   <tr><td>seat-return</td><td>0.05</td><td>the same of Σ returns / (trades + 20)</td>
 *       <td>0.5 + raw / 0.10</td></tr>
 * </table>
 *
 * <p>Known seats are a table of the host's, each entry with the days on which it holds; names are
 * compared whole. How well a seat did is counted from earlier lists in the snapshot: bought at the
 * next opening, sold at the close of the day after. {@code KNOWN_BUYER} and {@code KNOWN_SELLER} mark
 * hot money, {@code RETAIL_CROWD} a purchase by a seat of {@link KnownSeat.Kind#RETAIL}; no kind has
 * a bonus of its own. Further flags: {@code WASH} (half of the trading), {@code INSTITUTIONS_BUY},
 * {@code INSTITUTIONS_SELL}, {@code UNITS_SUSPECT} (a seat that traded more than was traded at all,
 * or an amount far from that of the bar: it abstains).
 *
 * <p>{@link Preset#LEGACY} follows the point table of qilin_stack, as fractions: known buyers 0.375
 * (3 all, 1 a half), net 0.312 (above 50 million yuan all, above 0 two fifths), no known seller
 * 0.188, limit-up 0.125. Without a table of known seats it abstains.
 *
 * <p>Immutable apart from the {@link LimitUpMemo}; safe to share.
 */
public final class LonghuBangAnalyst implements ConfiguredAnalyst {
  /** {@code longhu-bang}. */
  public static final String ID = "longhu-bang";

  private static final double FAR = 0.2;

  private final Preset preset;
  private final SeatTable table;
  private final LimitUpMemo memo;

  private LonghuBangAnalyst(Builder from) {
    this.preset = from.preset;
    this.table = new SeatTable(from.seats);
    this.memo = from.memo;
  }

  /** The analyst with its standard formulas and no known seats. */
  public LonghuBangAnalyst() {
    this(new Builder());
  }

  /** Starts with the standard formulas and no known seats. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects what the analyst reads. Not thread-safe. */
  public static final class Builder {
    private Preset preset = Preset.STANDARD;
    private Collection<KnownSeat> seats = List.of();
    private LimitUpMemo memo = new LimitUpMemo();

    private Builder() {}

    /** The formula sheet; standard unless set. */
    public Builder preset(Preset sheet) {
      preset = Objects.requireNonNull(sheet, "preset");
      return this;
    }

    /** Seats that somebody knows by name, each with the days on which that holds; none unless set. */
    public Builder knownSeats(Collection<KnownSeat> known) {
      seats = List.copyOf(known);
      return this;
    }

    /** Limit-up facts shared with other analysts of the desk; its own unless set. */
    public Builder memo(LimitUpMemo shared) {
      memo = Objects.requireNonNull(shared, "memo");
      return this;
    }

    /**
     * The analyst.
     *
     * @throws QilinException DATA_CONFLICT if one alias belongs to two known seats on one day
     */
    public LonghuBangAnalyst build() {
      return new LonghuBangAnalyst(this);
    }
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "Dragon-Tiger list (龙虎榜)";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("preset", preset.toString());
  }

  @Override
  public Map<String, String> inputs(LocalDate day) {
    return table.isEmpty() ? Map.of() : Map.of("known-seats", table.fingerprint(day));
  }

  @Override
  public Map<Symbol, Opinion> analyze(MarketSnapshot snapshot) {
    if (!snapshot.records().has(LhbSeatRow.class)) {
      return Map.of();
    }
    SeatSheet sheet = preset == Preset.LEGACY
        ? new LegacySeats(snapshot, memo.of(snapshot), table)
        : new StandardSeats(snapshot, table);
    Set<LocalDate> listDays = new HashSet<>();
    snapshot.records().all(LhbSeatRow.class).forEach(row -> listDays.add(row.date()));
    SortedMap<Symbol, Opinion> opinions = new TreeMap<>();
    for (int i : CrossSection.traded(snapshot)) {
      Symbol symbol = snapshot.raw().symbols().get(i);
      List<LhbSeatRow> rows = snapshot.records().of(LhbSeatRow.class, symbol);
      List<LhbSeatRow> today = ofDay(rows, snapshot.day());
      if (!today.isEmpty()) {
        double appearances = appearances(snapshot.raw(), i, rows, listDays);
        opinions.put(symbol, opinion(snapshot, i, SeatList.of(today), appearances, sheet));
      }
    }
    return Collections.unmodifiableMap(opinions);
  }

  private static List<LhbSeatRow> ofDay(List<LhbSeatRow> rows, LocalDate day) {
    int from = rows.size();
    while (from > 0 && rows.get(from - 1).date().equals(day)) {
      from--;
    }
    return rows.subList(from, rows.size());
  }

  private Opinion opinion(
      MarketSnapshot snapshot, int i, SeatList list, double appearances, SeatSheet sheet) {
    boolean wrong = list.impossible() || farFromBar(snapshot, i, list);
    ScoreSheet.Row row = wrong ? sheet.empty() : sheet.row(i, list, appearances);
    row.warn("judged by the list " + QilinException.quote(list.reason()));
    if (wrong) {
      row.flag(SealRecords.UNITS);
      row.warn("the amounts do not fit what was traded; look for another unit");
    }
    list.flags().forEach(row::flag);
    if (!list.flags().isEmpty()) {
      row.warn("rows of one list contradict each other");
    }
    if (list.windowDays() == 3) {
      row.flag("THREE_DAY");
    }
    if (list.washShare() >= 0.5) {
      row.flag("WASH");
    }
    double institutions = list.net(Seat::institution);
    if (institutions != 0 && !Double.isNaN(institutions)) {
      row.flag(institutions > 0 ? "INSTITUTIONS_BUY" : "INSTITUTIONS_SELL");
    }
    seatFlags(list, snapshot.day()).forEach(row::flag);
    return row.opinion(snapshot.raw().symbols().get(i));
  }

  /** Whether a list of one day and the bar disagree about what was traded. */
  private static boolean farFromBar(MarketSnapshot snapshot, int i, SeatList list) {
    if (list.windowDays() != 1 || !snapshot.raw().has(Field.AMOUNT)) {
      return false;
    }
    double amount = snapshot.raw().value(Field.AMOUNT, i, snapshot.raw().days().size() - 1);
    return amount > 0 && Math.abs(list.amount() - amount) > FAR * amount;
  }

  private Set<String> seatFlags(SeatList list, LocalDate day) {
    Set<String> flags = new TreeSet<>();
    for (Seat seat : list.seats()) {
      table.find(seat, day).ifPresent(known -> {
        boolean hot = known.kind() == KnownSeat.Kind.HOT_MONEY;
        if (seat.net() > 0) {
          flags.add(hot ? "KNOWN_BUYER" : "RETAIL_CROWD");
        } else if (hot && seat.net() < 0) {
          flags.add("KNOWN_SELLER");
        }
      });
    }
    return flags;
  }

  /** Days of trading running with a list; {@code NaN} if no list of the day before is known. */
  private static double appearances(
      Panel raw, int i, List<LhbSeatRow> rows, Set<LocalDate> listDays) {
    Set<LocalDate> own = new HashSet<>();
    rows.forEach(row -> own.add(row.date()));
    int count = 0;
    for (int d = raw.endRow(i) - 1; d >= raw.firstRow(i); d--) {
      if (OwnDays.traded(raw, i, d)) {
        LocalDate day = raw.days().get(d);
        if (!own.contains(day)) {
          return listDays.contains(day) ? count : Double.NaN;
        }
        count++;
      }
    }
    return Double.NaN;
  }

  /** Turns a list into a row of a score sheet. */
  interface SeatSheet {
    ScoreSheet.Row empty();

    ScoreSheet.Row row(int instrument, SeatList list, double appearances);
  }
}
