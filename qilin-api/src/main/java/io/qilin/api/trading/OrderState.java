package io.qilin.api.trading;

import io.qilin.api.error.QilinException;
import io.qilin.api.money.Money;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a broker knows of one order at one moment. Immutable.
 *
 * @param id the sender's id
 * @param order the order as it was sent
 * @param status where it stands
 * @param fills what was traded so far, oldest first
 * @param rejection why it was refused or ended before it was filled; always there if REJECTED, perhaps
 *     if CANCELLED, else empty
 */
public record OrderState(
    ClientOrderId id, Order order, Status status, List<Fill> fills, Optional<Rejection> rejection) {
  /** Where an order stands. */
  public enum Status {
    /** Taken, nothing traded yet. */
    NEW(true),
    /** A part is traded, the rest may be. */
    PARTIALLY_FILLED(true),
    /** All is traded. */
    FILLED(false),
    /** Ended before all was traded; what was traded stays traded. */
    CANCELLED(false),
    /** Refused; nothing was traded. */
    REJECTED(false);

    private final boolean open;

    Status(boolean open) {
      this.open = open;
    }

    /** Whether more of the order may be traded. */
    public boolean isOpen() {
      return open;
    }
  }

  /**
   * Copies the fills and checks that the parts fit each other.
   *
   * @throws QilinException INVALID_ARGUMENT if the filled shares contradict the order or the status,
   *     or a rejection is missing or out of place
   */
  public OrderState {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(status, "status");
    fills = List.copyOf(fills);
    long filled = sum(fills, order.shares());
    boolean fits = switch (status) {
      case NEW, REJECTED -> filled == 0;
      case PARTIALLY_FILLED -> filled > 0 && filled < order.shares();
      case FILLED -> filled == order.shares();
      case CANCELLED -> filled < order.shares();
    };
    if (!fits) {
      throw QilinException.invalid("order " + id + " of " + order.shares() + " shares cannot be "
          + status + " with " + filled + " filled");
    }
    boolean explained = switch (status) {
      case REJECTED -> rejection.isPresent();
      case CANCELLED -> true;
      case NEW, PARTIALLY_FILLED, FILLED -> rejection.isEmpty();
    };
    if (!explained) {
      throw QilinException.invalid("order " + id + " is " + status + " and "
          + (rejection.isPresent() ? "has a rejection" : "has no rejection"));
    }
  }

  /** An order that was taken, with what is filled so far: NEW, PARTIALLY_FILLED or FILLED. */
  public static OrderState working(ClientOrderId id, Order order, List<Fill> fills) {
    Status status = fills.isEmpty()
        ? Status.NEW
        : sum(fills, order.shares()) < order.shares() ? Status.PARTIALLY_FILLED : Status.FILLED;
    return new OrderState(id, order, status, fills, Optional.empty());
  }

  /** An order that was refused. */
  public static OrderState rejected(ClientOrderId id, Order order, Rejection rejection) {
    return new OrderState(id, order, Status.REJECTED, List.of(), Optional.of(rejection));
  }

  /**
   * The same order, ended before it is filled.
   *
   * @param why what ended it, if it was not the sender
   * @throws QilinException INVALID_ARGUMENT if it is filled already
   */
  public OrderState cancelled(Optional<Rejection> why) {
    return new OrderState(id, order, Status.CANCELLED, fills, why);
  }

  /** How many shares are traded. */
  public long filledShares() {
    return sum(fills, order.shares());
  }

  /** How many shares are not traded, whether or not they still may be. */
  public long remainingShares() {
    return order.shares() - filledShares();
  }

  /** Fees of all fills. */
  public Money fees() {
    return fills.stream().map(Fill::fees).reduce(Money.ZERO, Money::plus);
  }

  /** The sum of the fills; more than the order has is refused before it could wrap around. */
  private static long sum(List<Fill> fills, long ordered) {
    long sum = 0;
    for (Fill fill : fills) {
      if (fill.shares() > ordered - sum) {
        throw QilinException.invalid(
            "the fills are more than the " + ordered + " shares of the order");
      }
      sum += fill.shares();
    }
    return sum;
  }
}
