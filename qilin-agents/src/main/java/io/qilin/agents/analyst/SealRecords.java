package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.SnapshotRecords;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.BookSnapshot;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.record.MinuteBar;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.record.SealTick;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.LimitUpFact;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.PriceLimits;
import io.qilin.core.rules.SessionPhase;
import io.qilin.core.rules.Sessions;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Seal facts from what a snapshot's records hold: seal ticks, else order books, else minute bars.
 *
 * <ul>
 *   <li>From {@link SealTick} and {@link BookSnapshot}: sealed while somebody waits at limit-up and
 *       nothing is on offer. The first seal is the first such moment from 09:25 on; a break is a
 *       change from sealed to not sealed; what a closing auction shows is virtual and breaks
 *       nothing. The seal amount is the queue × limit-up at the last observation at or after 14:55.
 *       Traded volume is never taken for a seal.
 *   <li>From {@link MinuteBar}: the first seal is the end of the first minute with close = high =
 *       limit-up; a break is a minute that trades below after one that closed there. The queue is
 *       not known.
 * </ul>
 *
 * <p>Of several origins of one kind the one with the most records of the day is read.
 */
final class SealRecords {
  /** Records that contradict one another or the bars. */
  static final String CONTRADICTORY = "CONTRADICTORY";

  /** Volumes that look like lots of 100 shares, or amounts in units of 10,000 yuan. */
  static final String UNITS = "UNITS_SUSPECT";

  private static final int DAY = 24 * 3600;
  private static final double LOT = 100;
  private static final double TEN_THOUSAND = 10_000;
  private static final double NEAR = 0.05;

  private final LimitUpFact fact;
  private final PriceLimits limits;
  private final long midnight;
  private final List<String> flags = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private SealRecords(LimitUpFact fact, PriceLimits limits, long midnight) {
    this.fact = fact;
    this.limits = limits;
    this.midnight = midnight;
  }

  /** Whether there are records of any kind that is read here. */
  static boolean any(SnapshotRecords records) {
    return records.has(SealTick.class)
        || records.has(BookSnapshot.class)
        || records.has(MinuteBar.class);
  }

  /** The facts of a share on a day; empty without records of that day, or without a limit. */
  static Optional<SealReading> read(
      MarketSnapshot snapshot, LimitUpFacts facts, int instrument, int day) {
    LimitUpFact fact = facts.at(instrument, day);
    Optional<BoardRules> rules = facts.rules(instrument, day);
    if (fact.limits().isEmpty() || rules.isEmpty()) {
      return Optional.empty();
    }
    Symbol symbol = snapshot.raw().symbols().get(instrument);
    long midnight = PublicationTimes.startOf(snapshot.raw().days().get(day)).getEpochSecond();
    SealRecords reader = new SealRecords(fact, fact.limits().get(), midnight);
    int auction = closingAuction(rules.get().sessions());
    SnapshotRecords records = snapshot.records();
    SealCourse book = reader.ticks(records.of(SealTick.class, symbol), auction);
    if (!book.observed()) {
      book = reader.books(records.of(BookSnapshot.class, symbol), auction);
    }
    SealCourse minutes = reader.minutes(records.of(MinuteBar.class, symbol), auction);
    return reader.reading(symbol, snapshot, day, book, minutes);
  }

  private Optional<SealReading> reading(
      Symbol symbol, MarketSnapshot snapshot, int day, SealCourse book, SealCourse minutes) {
    SealCourse told = book.observed() ? book : minutes;
    if (!told.observed()) {
      return Optional.empty();
    }
    if (told.sealed() != fact.sealed()) {
      wrong(
          CONTRADICTORY,
          "the bar says " + (fact.sealed() ? "sealed" : "not sealed")
              + ", the last record of the day says otherwise");
    }
    SealFacts.Builder facts = SealFacts.builder(symbol, snapshot.raw().days().get(day));
    told.firstSeal().ifPresent(facts::firstSeal);
    facts.breaks(told.breaks());
    if (told.sealed()) {
      told.closingAmount().ifPresent(facts::sealAmount);
      told.trend().ifPresent(facts::trend);
    }
    return Optional.of(new SealReading(facts.build(), flags, warnings));
  }

  private SealCourse ticks(List<SealTick> all, int auction) {
    SealCourse course = new SealCourse(auction);
    for (SealTick tick : ofOneOrigin(all)) {
      course.see(second(tick), tick.sealed(), amount(tick));
    }
    return course;
  }

  private SealCourse books(List<BookSnapshot> all, int auction) {
    SealCourse course = new SealCourse(auction);
    for (BookSnapshot book : ofOneOrigin(all)) {
      boolean waits = !book.bids().isEmpty()
          && book.bids().get(0).volume() > 0
          && limits.isUp(book.bids().get(0).price());
      boolean offered = book.asks().stream().anyMatch(level -> level.volume() > 0);
      double amount = waits ? book.bids().get(0).volume() * limits.up() : Double.NaN;
      course.see(second(book), waits && !offered, amount);
    }
    return course;
  }

  private SealCourse minutes(List<MinuteBar> all, int auction) {
    SealCourse course = new SealCourse(auction);
    for (MinuteBar bar : ofOneOrigin(all)) {
      if (bar.volume() > 0) {
        int end = second(bar);
        if (!limits.isUp(bar.low())) {
          course.see(end - 30, false, Double.NaN);
        }
        course.see(end, limits.isUp(bar.close()) && limits.isUp(bar.high()), Double.NaN);
      }
    }
    return course;
  }

  /** What waits, in yuan, from two figures that should say the same. */
  private double amount(SealTick tick) {
    double byShares = tick.bid1Volume() * limits.up();
    double told = tick.sealAmount();
    if (!(told > 0) || !(byShares > 0)) {
      return byShares > 0 ? byShares : told;
    }
    double ratio = told / byShares;
    if (Math.abs(ratio - 1) <= NEAR) {
      return byShares;
    }
    if (Math.abs(ratio / LOT - 1) <= NEAR) {
      wrong(UNITS, "the queue looks counted in lots; its amount is taken");
      return told;
    }
    if (Math.abs(ratio * TEN_THOUSAND - 1) <= NEAR) {
      wrong(UNITS, "the seal amount looks given in units of 10,000 yuan; the queue is taken");
      return byShares;
    }
    wrong(CONTRADICTORY, "queue and seal amount of one moment do not fit; the amount is dropped");
    return Double.NaN;
  }

  private void wrong(String flag, String warning) {
    if (!flags.contains(flag)) {
      flags.add(flag);
    }
    if (!warnings.contains(warning)) {
      warnings.add(warning);
    }
  }

  private int second(MarketRecord record) {
    return (int) (record.eventTime().getEpochSecond() - midnight);
  }

  /** The records of the day, from the origin that has the most of them. */
  private <R extends MarketRecord> List<R> ofOneOrigin(List<R> all) {
    List<R> ofDay = new ArrayList<>();
    for (R record : all) {
      long second = record.eventTime().getEpochSecond() - midnight;
      if (second >= 0 && second < DAY) {
        ofDay.add(record);
      }
    }
    return Origins.largest(ofDay);
  }

  private static int closingAuction(Sessions sessions) {
    return sessions.parts().stream()
        .filter(part -> part.phase() == SessionPhase.CLOSING_AUCTION)
        .map(Sessions.Part::start)
        .findFirst()
        .orElse(LocalTime.of(15, 0))
        .toSecondOfDay();
  }
}
