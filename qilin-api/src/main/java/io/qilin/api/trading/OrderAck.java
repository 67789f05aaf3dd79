package io.qilin.api.trading;

import java.util.Objects;
import java.util.function.Function;

/** What a broker answers when an order is sent to it. */
public sealed interface OrderAck {
  /** The answer to each case. */
  <R> R fold(
      Function<Accepted, R> accepted, Function<Rejected, R> rejected, Function<Unknown, R> unknown);

  /** The broker took the order. */
  static OrderAck accepted(OrderState state) {
    return new Accepted(state);
  }

  /** The broker refused the order. */
  static OrderAck rejected(Rejection rejection) {
    return new Rejected(rejection);
  }

  /** The broker did not answer in time: it may have the order, or not. */
  static OrderAck unknown(String message) {
    return new Unknown(message);
  }

  /**
   * The broker took the order.
   *
   * @param state where it stands; it may be filled already
   */
  record Accepted(OrderState state) implements OrderAck {
    /** Checks that the state is there. */
    public Accepted {
      Objects.requireNonNull(state, "state");
    }

    @Override
    public <R> R fold(
        Function<Accepted, R> accepted,
        Function<Rejected, R> rejected,
        Function<Unknown, R> unknown) {
      return accepted.apply(this);
    }
  }

  /**
   * The broker refused the order; nothing was traded.
   *
   * @param rejection why
   */
  record Rejected(Rejection rejection) implements OrderAck {
    /** Checks that the reason is there. */
    public Rejected {
      Objects.requireNonNull(rejection, "rejection");
    }

    @Override
    public <R> R fold(
        Function<Accepted, R> accepted,
        Function<Rejected, R> rejected,
        Function<Unknown, R> unknown) {
      return rejected.apply(this);
    }
  }

  /**
   * No answer in time. Whether the broker has the order, only {@link BrokerGateway#query} can tell;
   * to send it again before that, under another id, could make two orders of it.
   *
   * @param message what was waited for, one line
   */
  record Unknown(String message) implements OrderAck {
    /** Checks that the message is there. */
    public Unknown {
      Objects.requireNonNull(message, "message");
    }

    @Override
    public <R> R fold(
        Function<Accepted, R> accepted,
        Function<Rejected, R> rejected,
        Function<Unknown, R> unknown) {
      return unknown.apply(this);
    }
  }
}
