package io.qilin.agents.analyst;

import io.qilin.agents.internal.OwnDays;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.LhbSeatRow;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How well shares did that a known seat had bought, counted from the lists in the snapshot: bought
 * at the opening of the share's next day of trading, as nobody can earlier, and sold at the close of
 * the day after, as nobody may before. What is not over by the snapshot's day does not count.
 */
final class SeatTrack {
  /** As many further trades of no result are added, which draws a short record to the middle. */
  static final int SHRINKAGE = 20;

  private static final class Tally {
    private int trades;
    private int wins;
    private double returns;
  }

  private final Map<String, Tally> tallies = new HashMap<>();

  SeatTrack(MarketSnapshot snapshot, SeatTable table) {
    if (!table.isEmpty()) {
      Panel raw = snapshot.raw();
      for (int i = 0; i < raw.symbols().size(); i++) {
        Symbol symbol = raw.symbols().get(i);
        List<LhbSeatRow> rows = snapshot.records().of(LhbSeatRow.class, symbol);
        for (int from = 0; from < rows.size(); ) {
          int end = endOfDay(rows, from);
          add(snapshot, table, i, rows.subList(from, end));
          from = end;
        }
      }
    }
  }

  /** Index after the last row of the day of a row. */
  static int endOfDay(List<LhbSeatRow> rows, int from) {
    int end = from;
    while (end < rows.size() && rows.get(end).date().equals(rows.get(from).date())) {
      end++;
    }
    return end;
  }

  private void add(MarketSnapshot snapshot, SeatTable table, int i, List<LhbSeatRow> rows) {
    LocalDate date = rows.get(0).date();
    double result = result(snapshot, i, date);
    SeatList list = SeatList.of(rows);
    if (Double.isNaN(result) || list.windowDays() != 1) {
      return;
    }
    for (Seat seat : list.seats()) {
      Optional<KnownSeat> known = table.find(seat, date);
      if (known.isPresent() && seat.net() > 0) {
        Tally tally = tallies.computeIfAbsent(known.get().name(), name -> new Tally());
        tally.trades++;
        tally.wins += result > 0 ? 1 : 0;
        tally.returns += result;
      }
    }
  }

  private static double result(MarketSnapshot snapshot, int i, LocalDate date) {
    Panel panel = snapshot.adjusted();
    int listed = Collections.binarySearch(panel.days(), date);
    if (listed < 0 || !panel.has(Field.OPEN)) {
      return Double.NaN;
    }
    double bought = Double.NaN;
    int own = 0;
    for (int d = listed + 1; d < panel.endRow(i); d++) {
      if (OwnDays.traded(panel, i, d)) {
        own++;
        bought = own == 1 ? panel.value(Field.OPEN, i, d) : bought;
        if (own == 2) {
          double result = panel.value(Field.CLOSE, i, d) / bought - 1;
          return Double.isFinite(result) ? result : Double.NaN;
        }
      }
    }
    return Double.NaN;
  }

  /** The share of trades with a gain: (wins + 20 / 2) / (trades + 20). */
  double winRate(String name) {
    Tally tally = tallies.getOrDefault(name, new Tally());
    return (tally.wins + SHRINKAGE / 2.0) / (tally.trades + SHRINKAGE);
  }

  /** The mean return: Σ returns / (trades + 20). */
  double meanReturn(String name) {
    Tally tally = tallies.getOrDefault(name, new Tally());
    return tally.returns / (tally.trades + SHRINKAGE);
  }
}
