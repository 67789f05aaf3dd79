package io.qilin.agents.analyst;

import io.qilin.api.record.AuctionTick;
import io.qilin.api.record.PublicationTimes;
import io.qilin.api.trading.Side;
import io.qilin.core.rules.PriceLimits;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What one opening call auction showed, by the clock: phase A from 09:15:00, in which orders may be
 * cancelled, phase B from 09:20:00, in which not, the match from 09:25:00. Values not known are
 * {@code NaN}.
 */
final class AuctionFacts {
  private static final int START = 9 * 3600 + 15 * 60;
  private static final int LOCKED = START + 300;
  private static final int MATCH = LOCKED + 300;
  private static final int OPEN = MATCH + 300;
  /** The first snapshot of phase B must come within so many seconds. */
  private static final int LATEST_FIRST = 30;

  private final Optional<PriceLimits> limits;
  private double largestOfA;
  private int firstOfB = -1;
  private double priceOfB = Double.NaN;
  private double matchedOfB = Double.NaN;
  private int pricesOfB;
  private double meanOfB;
  private double squaresOfB;
  private int limitSince = -1;
  private int secondsAtLimit;
  private double price = Double.NaN;
  private double matched = Double.NaN;
  private double signedRest = Double.NaN;

  private AuctionFacts(Optional<PriceLimits> limits) {
    this.limits = limits;
  }

  /**
   * The facts of an auction.
   *
   * @param ticks ticks of one share in order of time, of any days
   * @param limits the day's limits, if known
   */
  static AuctionFacts of(List<AuctionTick> ticks, LocalDate day, Optional<PriceLimits> limits) {
    long midnight = PublicationTimes.startOf(day).getEpochSecond();
    AuctionFacts facts = new AuctionFacts(limits);
    for (AuctionTick tick : Origins.largest(between(ticks, midnight + START, midnight + OPEN))) {
      facts.see((int) (tick.eventTime().getEpochSecond() - midnight), tick);
    }
    return facts;
  }

  /** Ticks from one second on and before another. */
  private static List<AuctionTick> between(List<AuctionTick> ticks, long from, long to) {
    int end = ticks.size();
    while (end > 0 && ticks.get(end - 1).eventTime().getEpochSecond() >= to) {
      end--;
    }
    int begin = end;
    while (begin > 0 && ticks.get(begin - 1).eventTime().getEpochSecond() >= from) {
      begin--;
    }
    return ticks.subList(begin, end);
  }

  private void see(int second, AuctionTick tick) {
    if (second < LOCKED) {
      largestOfA = Math.max(largestOfA, tick.matchedVolume());
    } else if (second < MATCH) {
      if (firstOfB < 0) {
        firstOfB = second;
        priceOfB = tick.indicativePrice();
        matchedOfB = tick.matchedVolume();
      }
      spread(tick.indicativePrice());
      limitUntil(second);
      boolean atLimit = limits.isPresent() && limits.get().isUp(tick.indicativePrice());
      limitSince = atLimit ? second : -1;
    } else {
      limitUntil(MATCH);
      price = tick.indicativePrice();
      matched = tick.matchedVolume();
      double sign = tick.unmatchedSide().filter(side -> side == Side.SELL).isPresent() ? -1 : 1;
      signedRest = sign * tick.unmatchedVolume();
    }
  }

  /** Welford's running mean and sum of squares. */
  private void spread(double value) {
    if (!Double.isNaN(value)) {
      pricesOfB++;
      double off = value - meanOfB;
      meanOfB += off / pricesOfB;
      squaresOfB += off * (value - meanOfB);
    }
  }

  private void limitUntil(int second) {
    if (limitSince >= 0) {
      secondsAtLimit += second - limitSince;
      limitSince = -1;
    }
  }

  private boolean startSeen() {
    return firstOfB >= 0 && firstOfB <= LOCKED + LATEST_FIRST;
  }

  /** Price of the match at 09:25 in yuan. */
  double price() {
    return price;
  }

  /** Shares matched at 09:25. */
  double matched() {
    return matched;
  }

  /** Shares left over at the price: positive for buyers, negative for sellers. */
  double signedRest() {
    return signedRest;
  }

  /** Left-over shares with their sign over all shares at the price, in [−1, 1]. */
  double imbalance() {
    double all = matched + Math.abs(signedRest);
    return all > 0 ? signedRest / all : Double.NaN;
  }

  /** Price at 09:25 over that at 09:20, less 1. */
  double drift() {
    return startSeen() ? price / priceOfB - 1 : Double.NaN;
  }

  /** The part of the largest match of phase A that was gone at 09:20:00, in [0, 1]. */
  double withdrawn() {
    return startSeen() && largestOfA > 0 ? Math.max(0, 1 - matchedOfB / largestOfA) : Double.NaN;
  }

  /** The part of phase B in which the price stood at limit-up. */
  double timeAtLimit() {
    return startSeen() && limits.isPresent() ? secondsAtLimit / (double) (MATCH - firstOfB) : 0;
  }

  /** Sample deviation of the prices of phase B over their mean. */
  double volatility() {
    return pricesOfB < 2 ? Double.NaN : Math.sqrt(squaresOfB / (pricesOfB - 1)) / meanOfB;
  }
}
