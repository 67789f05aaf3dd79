package io.qilin.api.trading;

import io.qilin.api.error.ErrorCode;

/**
 * Why an order, or a part of it, was not filled. Each reason says whether the same order may succeed when it is sent
 * again without a change.
 */
public enum RejectReason {
  /** Nobody knows the code. */
  UNKNOWN_SYMBOL(ErrorCode.ORDER_INVALID, false),
  /** Not listed yet. */
  NOT_LISTED(ErrorCode.ORDER_INVALID, false),
  /** Not listed any more. */
  DELISTED(ErrorCode.ORDER_INVALID, false),
  /** Suspended (停牌) for the session. */
  SUSPENDED(ErrorCode.ORDER_INVALID, false),
  /** The date is no trading day, or the phase does not exist on it. */
  SESSION_CLOSED(ErrorCode.ORDER_INVALID, false),
  /** No multiple of the lot, too few, too many, not positive, or an odd lot that is not the whole remainder. */
  LOT_SIZE(ErrorCode.ORDER_INVALID, false),
  /** The price lies between two ticks. */
  TICK(ErrorCode.ORDER_INVALID, false),
  /** The price lies outside the day's limits. */
  PRICE_LIMIT(ErrorCode.ORDER_INVALID, false),
  /** The price lies outside the price cage (价格笼子). */
  PRICE_CAGE(ErrorCode.ORDER_INVALID, false),
  /** The share has no usable price: not known, or its bar breaks the quality rules. */
  NO_PRICE(ErrorCode.DATA_QUALITY, false),
  /** More than is held. */
  POSITION(ErrorCode.POSITION, false),
  /** Held, but bought today (T+1). */
  NOT_SELLABLE(ErrorCode.POSITION, false),
  /** The cash does not pay for it with fees. */
  INSUFFICIENT_FUNDS(ErrorCode.INSUFFICIENT_CASH, false),
  /** A limit of the account or the broker on what may be held or bought. */
  POSITION_LIMIT(ErrorCode.RISK_LIMIT, false),
  /** A risk rule of the host forbids it. */
  RISK_RULE(ErrorCode.RISK_LIMIT, false),
  /** Sealed at limit-up: nobody sells. */
  LIMIT_UP(ErrorCode.TRADING, false),
  /** Locked at limit-down: nobody buys. */
  LIMIT_DOWN(ErrorCode.TRADING, false),
  /** The limit price was not reached. */
  NOT_REACHED(ErrorCode.TRADING, false),
  /** More than the allowed share of what traded. */
  VOLUME(ErrorCode.TRADING, false),
  /** The client order id was used for another order. */
  DUPLICATE_ID(ErrorCode.ORDER_INVALID, false),
  /** The broker refused for a reason that it does not state, or one not listed here. */
  REFUSED(ErrorCode.TRADING, false),
  /** The broker takes no more orders at the moment. */
  THROTTLED(ErrorCode.RATE_LIMITED, true),
  /** The broker or the exchange is temporarily not able to take orders. */
  UNAVAILABLE(ErrorCode.NETWORK, true);

  private final ErrorCode code;
  private final boolean transientReason;

  RejectReason(ErrorCode code, boolean transientReason) {
    this.code = code;
    this.transientReason = transientReason;
  }

  /** The error that it is where it has to be thrown. */
  public ErrorCode code() {
    return code;
  }

  /** Whether the same order may succeed later; every other reason is permanent, and a retry is wrong. */
  public boolean isTransient() {
    return transientReason;
  }
}
