package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import java.util.List;
import java.util.Optional;

/** The standard formula sheet of the {@link LonghuBangAnalyst}. */
final class StandardSeats implements LonghuBangAnalyst.SeatSheet {
  static final ScoreSheet SHEET = new ScoreSheet(
      LonghuBangAnalyst.ID,
      List.of(
          new ScoreSheet.Part("net-to-amount", "fraction", 250, "longhu-bang"),
          new ScoreSheet.Part("net-to-float", "fraction", 150, "longhu-bang"),
          new ScoreSheet.Part("institutions", "fraction", 100, "longhu-bang"),
          new ScoreSheet.Part("connect", "fraction", 50, "longhu-bang"),
          new ScoreSheet.Part("concentration", "1", 100, "longhu-bang"),
          new ScoreSheet.Part("dominance", "fraction", 50, "longhu-bang"),
          new ScoreSheet.Part("wash", "fraction", 100, "longhu-bang"),
          new ScoreSheet.Part("appearances", "days", 100, "longhu-bang"),
          new ScoreSheet.Part("seat-win-rate", "fraction", 50, "longhu-bang, bars"),
          new ScoreSheet.Part("seat-return", "fraction", 50, "longhu-bang, bars")));

  /** Net purchases over the amount, over the float, and mean returns, that count as the best. */
  private static final double BEST_OF_AMOUNT = 0.10;

  private static final double BEST_OF_FLOAT = 0.02;
  private static final double BEST_OF_CLASS = 0.05;
  private static final double BEST_RETURN = 0.05;
  private static final double EVEN = 0.2;

  private final MarketSnapshot snapshot;
  private final SeatTable table;
  private final SeatTrack track;

  StandardSeats(MarketSnapshot snapshot, SeatTable table) {
    this.snapshot = snapshot;
    this.table = table;
    this.track = new SeatTrack(snapshot, table);
  }

  @Override
  public ScoreSheet.Row empty() {
    return SHEET.row();
  }

  @Override
  public ScoreSheet.Row row(int instrument, SeatList list, double appearances) {
    Symbol symbol = snapshot.raw().symbols().get(instrument);
    int last = snapshot.raw().days().size() - 1;
    double worth = new ShareStatus(snapshot, symbol).floatShares(snapshot.day())
        * snapshot.raw().value(Field.CLOSE, instrument, last);
    double amount = list.amount() > 0 ? list.amount() : Double.NaN;
    double net = list.net(seat -> true);
    ScoreSheet.Row row = SHEET.row();
    around(row, 0, net / amount, BEST_OF_AMOUNT);
    around(row, 1, net / worth, BEST_OF_FLOAT);
    around(row, 2, list.net(Seat::institution) / amount, BEST_OF_CLASS);
    around(row, 3, list.net(Seat::connect) / amount, BEST_OF_CLASS);
    concentration(row, list.purchases());
    double wash = list.washShare();
    row.set(6, wash, 1 - wash);
    row.set(7, appearances, 1 - (appearances - 1) / 5);
    known(row, list);
    return row;
  }

  /** A measure for which 0 is the middle. */
  private static void around(ScoreSheet.Row row, int part, double raw, double best) {
    row.set(part, raw, 0.5 + raw / (2 * best));
  }

  private static void concentration(ScoreSheet.Row row, List<Double> purchases) {
    double sum = purchases.stream().mapToDouble(Double::doubleValue).sum();
    double largest = purchases.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    double squares = 0;
    for (double bought : purchases) {
      squares += bought / sum * (bought / sum);
    }
    double index = sum > 0 ? squares : Double.NaN;
    double first = sum > 0 ? largest / sum : Double.NaN;
    row.set(4, index, 1 - (index - EVEN) / (1 - EVEN));
    row.set(5, first, 1 - (first - EVEN) / (1 - EVEN));
    if (first > 0.5) {
      row.flag("ONE_SEAT");
    }
  }

  private void known(ScoreSheet.Row row, SeatList list) {
    double weight = 0;
    double wins = 0;
    double returns = 0;
    for (Seat seat : list.seats()) {
      Optional<KnownSeat> known = table.find(seat, snapshot.day());
      if (known.isPresent() && seat.net() > 0) {
        weight += seat.buy();
        wins += seat.buy() * track.winRate(known.get().name());
        returns += seat.buy() * track.meanReturn(known.get().name());
      }
    }
    double rate = weight > 0 ? wins / weight : Double.NaN;
    double mean = weight > 0 ? returns / weight : Double.NaN;
    row.set(8, rate, rate);
    around(row, 9, mean, BEST_RETURN);
  }
}
