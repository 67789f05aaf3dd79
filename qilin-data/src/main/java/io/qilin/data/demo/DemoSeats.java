package io.qilin.data.demo;

import io.qilin.api.market.Field;
import io.qilin.api.record.LhbSeatRow;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.PublicationTimes;
import java.util.List;

/**
 * Dragon-Tiger lists of the demo market, for shares that moved 7 % or more: five buyers and five sellers, one of them in
 * both lists. Together they traded less than half of the day's amount. All branches are invented.
 */
final class DemoSeats {
  private static final double LISTED = 0.07;
  private static final int SEATS = 5;
  private static final int BRANCHES = 40;
  private static final String INSTITUTION = "机构专用";

  private DemoSeats() {}

  static void add(DemoRecords.ShareDay share, List<MarketRecord> made) {
    double move = share.move();
    if (!(Math.abs(move) >= LISTED)) {
      return;
    }
    SeededRandom random = share.random(DemoRecords.Kind.SEATS);
    double amount = share.value(Field.AMOUNT);
    int first = random.between(0, BRANCHES - 1);
    double buyers = Math.max(0.01, 0.04 + move * random.between(0.0, 0.15));
    double sellers = Math.max(0.01, 0.04 - move * random.between(0.0, 0.15));
    boolean institution = random.chance(0.3);
    for (int k = 0; k < SEATS; k++) {
      double part = fen(amount * buyers / (1 + k) * random.between(0.6, 1.0));
      double back = fen(part * random.between(0.0, 0.3));
      boolean anonymous = institution && k == 1;
      String name = anonymous ? INSTITUTION : branch(first + k);
      row(share, LhbSeatRow.SeatSide.BUY5, name, part, back, amount, made);
      if (k == 0) {
        row(share, LhbSeatRow.SeatSide.SELL5, name, part, back, amount, made);
      }
    }
    for (int k = 1; k < SEATS; k++) {
      double part = fen(amount * sellers / (1 + k) * random.between(0.6, 1.0));
      double back = fen(part * random.between(0.0, 0.3));
      row(share, LhbSeatRow.SeatSide.SELL5, branch(first + SEATS + k), back, part, amount, made);
    }
  }

  private static void row(
      DemoRecords.ShareDay share,
      LhbSeatRow.SeatSide side,
      String name,
      double buy,
      double sell,
      double amount,
      List<MarketRecord> made) {
    made.add(new LhbSeatRow(
        share.symbol(),
        share.date(),
        PublicationTimes.ofLhb(share.date()),
        share.source(),
        share.move() > 0 ? "日涨幅偏离值达7%" : "日跌幅偏离值达7%",
        1,
        side,
        "",
        name,
        buy,
        sell,
        amount));
  }

  private static String branch(int number) {
    return "拟演示证券第" + number % BRANCHES + "营业部";
  }

  private static double fen(double yuan) {
    return Math.rint(yuan * 100) / 100;
  }
}
