package io.qilin.core.backtest;

import io.qilin.api.error.QilinException;
import io.qilin.api.money.Money;
import io.qilin.api.trading.PlannedOrder;
import io.qilin.api.trading.RejectReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of an order at the exchange, before the account is asked to pay.
 *
 * @param order the order
 * @param fills the fills in the order of time; empty if there are none
 * @param refusal why not all of it was filled; empty if all was
 */
public record Execution(PlannedOrder order, List<Part> fills, Optional<Refusal> refusal) {
  private static final double MOST_MILLS = 9e18;

  /**
   * One fill at one price.
   *
   * @param minute minute of the day at which the bar ends that filled it: 570 for the opening
   *     auction, 900 for the close and for whatever the day as a whole filled
   * @param shares how many, positive
   * @param mills price in thousandths of a yuan, on the tick and within the day's limits
   */
  public record Part(int minute, long shares, long mills) {
    /**
     * Checks the signs.
     *
     * @throws QilinException INVALID_ARGUMENT unless shares and price are positive
     */
    public Part {
      if (shares <= 0 || mills <= 0) {
        throw QilinException.invalid("a fill is positive, was " + shares + " at " + mills);
      }
    }
  }

  /**
   * Why something was not filled.
   *
   * @param reason the rule or event
   * @param message what was wrong and the nearest value that is allowed
   */
  public record Refusal(RejectReason reason, String message) {
    /** Checks that every part is there. */
    public Refusal {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(message, "message");
    }
  }

  /**
   * Copies the fills.
   *
   * @throws QilinException INVALID_ARGUMENT if more is filled than ordered, or all without a refusal
   */
  public Execution {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(refusal, "refusal");
    fills = List.copyOf(fills);
    double value = 0;
    for (Part part : fills) {
      value += (double) part.shares() * part.mills();
    }
    if (value > MOST_MILLS) {
      throw QilinException.invalid("fills of " + order + " are worth more than can be counted");
    }
    long sum = sum(fills);
    if (sum > Math.max(0, order.shares()) || (refusal.isEmpty() && sum != order.shares())) {
      throw QilinException.invalid(sum + " shares filled of " + order + ", " + refusal);
    }
  }

  static Execution refused(PlannedOrder order, Refusal refusal) {
    return new Execution(order, List.of(), Optional.of(refusal));
  }

  /** Shares filled. */
  public long filled() {
    return sum(fills);
  }

  /** Shares not filled. */
  public long unfilled() {
    return Math.max(0, order.shares()) - filled();
  }

  /** Prices times shares, half up to the fen. */
  public Money amount() {
    long mills = 0;
    for (Part part : fills) {
      mills += part.shares() * part.mills();
    }
    return Money.ofFen(Math.floorDiv(mills + 5, 10));
  }

  /** The average price in yuan; {@code NaN} without a fill. */
  public double averagePrice() {
    double mills = 0;
    for (Part part : fills) {
      mills += (double) part.shares() * part.mills();
    }
    return mills / filled() / 1000;
  }

  /**
   * The first fills only.
   *
   * @param shares how many shares to keep, at most those filled
   */
  Execution cut(long shares, Refusal why) {
    List<Part> kept = new ArrayList<>();
    long left = shares;
    for (Part part : fills) {
      long take = Math.min(left, part.shares());
      if (take > 0) {
        kept.add(new Part(part.minute(), take, part.mills()));
        left -= take;
      }
    }
    return new Execution(order, kept, Optional.of(why));
  }

  private static long sum(List<Part> fills) {
    long sum = 0;
    for (Part part : fills) {
      sum += part.shares();
    }
    return sum;
  }
}
