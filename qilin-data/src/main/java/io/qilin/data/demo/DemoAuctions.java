package io.qilin.data.demo;

import io.qilin.api.market.Field;
import io.qilin.api.record.AuctionTick;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.trading.Side;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Opening call auctions of the demo market: a tick every half minute that ends at the open of the day's bar; what is
 * matched at 09:25 is a small part of the day's volume.
 */
final class DemoAuctions {
  private static final int START = 9 * 3600 + 15 * 60;
  private static final int LENGTH = 600;
  private static final int STEP = 30;

  private DemoAuctions() {}

  static void add(DemoRecords.ShareDay share, List<MarketRecord> made) {
    SeededRandom random = share.random(DemoRecords.Kind.AUCTION);
    double reference = share.value(Field.PRE_CLOSE);
    double open = share.value(Field.OPEN);
    double match = share.value(Field.VOLUME) * random.between(0.005, 0.03);
    boolean atLimit = share.fact().limits().filter(limits -> limits.isUp(open)).isPresent();
    double rest = atLimit ? match * random.between(1.0, 5.0) : match * 0.4 * random.normal();
    for (int second = 0; second <= LENGTH; second += STEP) {
      double done = second / (double) LENGTH;
      double price = second == LENGTH ? open : between(reference, open, done, random);
      double matched = match * (0.3 + 0.7 * done);
      tick(share, second, price, matched, rest * done, made);
    }
  }

  private static double between(double from, double to, double done, SeededRandom random) {
    double way = Math.max(0, Math.min(1, done + 0.1 * random.normal()));
    return Math.rint((from + (to - from) * way) * 100) / 100;
  }

  private static void tick(
      DemoRecords.ShareDay share,
      int second,
      double price,
      double matched,
      double rest,
      List<MarketRecord> made) {
    Instant at = PublicationTimes.startOf(share.date()).plusSeconds(START + second);
    double left = 100 * Math.rint(Math.abs(rest) / 100);
    made.add(new AuctionTick(
        share.symbol(),
        at,
        at,
        share.source(),
        price,
        100 * Math.rint(matched / 100),
        left,
        left == 0 ? Optional.empty() : Optional.of(rest > 0 ? Side.BUY : Side.SELL)));
  }
}
