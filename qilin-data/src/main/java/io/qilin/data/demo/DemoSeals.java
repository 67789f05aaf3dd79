package io.qilin.data.demo;

import io.qilin.api.market.Field;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.record.SealTick;
import io.qilin.core.rules.LimitUpFact;
import java.time.Instant;
import java.util.List;

/**
 * Queues at limit-up of the demo market, for days on which the bar touched it: a tick every ten minutes of trading from the
 * first seal to the close or to the break.
 */
final class DemoSeals {
  private static final int OPENING_MATCH = 9 * 3600 + 25 * 60;
  private static final int OPENING = OPENING_MATCH + 300;
  private static final int NOON = 2 * 3600;
  private static final int LUNCH = 90 * 60;
  private static final int TRADING = 4 * 3600;
  private static final int STEP = 600;
  private static final int NEVER = 2 * TRADING;

  private DemoSeals() {}

  static void add(DemoRecords.ShareDay share, List<MarketRecord> made) {
    LimitUpFact fact = share.fact();
    if (!fact.touched() || fact.beyondLimits()) {
      return;
    }
    SeededRandom random = share.random(DemoRecords.Kind.SEAL);
    double queue = share.value(Field.VOLUME) * random.between(0.05, 0.6);
    double drift = random.between(-0.02, 0.04);
    boolean early = fact.oneWord() || fact.tBoard();
    int first = early ? -300 : 60 * random.between(1, 200);
    int opened = fact.tBoard() || fact.broken() || (!early && random.chance(0.25))
        ? first + 60 * random.between(5, 30)
        : NEVER;
    boolean seals = true;
    for (int second = first; second < TRADING && seals; second += STEP) {
      if (second < opened) {
        tick(share, second, queue, 0, made);
      }
      if (second < opened && second + STEP >= opened) {
        tick(share, opened, 0, queue / 10, made);
        seals = fact.sealed();
      } else if (second >= opened + STEP) {
        tick(share, second, queue, 0, made);
      }
      queue *= 1 + drift;
    }
    if (fact.sealed()) {
      tick(share, TRADING, queue, 0, made);
    }
  }

  /**
   * Adds a tick.
   *
   * @param trading seconds of trading since the opening
   */
  private static void tick(
      DemoRecords.ShareDay share,
      int trading,
      double queue,
      double offered,
      List<MarketRecord> made) {
    int clock = OPENING + trading + (trading > NOON ? LUNCH : 0);
    Instant at = PublicationTimes.startOf(share.date()).plusSeconds(clock);
    double waiting = queue > 0 ? Math.max(100, 100 * Math.rint(queue / 100)) : 0;
    double price = share.fact().limits().orElseThrow().up();
    made.add(new SealTick(
        share.symbol(),
        at,
        at,
        share.source(),
        waiting,
        Math.rint(waiting * price * 100) / 100,
        100 * Math.rint(offered / 100)));
  }
}
