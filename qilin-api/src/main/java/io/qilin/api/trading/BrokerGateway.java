package io.qilin.api.trading;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.List;
import java.util.Optional;

/**
 * A connection to one account at one broker. Thread-safe. Every call has a deadline of the
 * implementation's own.
 *
 * <p><b>Idempotent.</b> A {@link ClientOrderId} names one order for the life of the account's day at
 * least, across connections. The same id with an equal order gives the answer to the first one, as
 * it stands now, and makes no second order; with another order it is refused with
 * {@link RejectReason#DUPLICATE_ID}, and the first order stays as it is. An order that is refused
 * for a {@linkplain RejectReason#isTransient transient} reason is not kept: {@link #query} does not
 * find it and the id can be used again. One that is refused for another reason is kept, as REJECTED.
 *
 * <p><b>Errors.</b> A call without connection, or whose connection is lost on the way, throws
 * {@link QilinException} with {@link ErrorCode#NETWORK}; one without an answer in time throws
 * {@link ErrorCode#TIMEOUT}, and {@link #submit} may return {@link OrderAck.Unknown} for it. After either of them the
 * broker may or may not have done what was asked. Other codes mean that it was not done and that to
 * try again is of no use.
 */
public interface BrokerGateway extends AutoCloseable {
  /**
   * Connects; does nothing if connected.
   *
   * @throws QilinException NETWORK or TIMEOUT if the broker cannot be reached; AUTHENTICATION or
   *     AUTHORIZATION if it does not let us in; INVALID_ARGUMENT if the gateway is closed
   */
  void connect();

  /** Whether there is a connection, as far as is known without a call. */
  boolean connected();

  /**
   * Sends an order.
   *
   * @param id the sender's name for it
   * @param order a limit order for the running or next session
   * @return what the broker says; a refusal is an answer and not an exception
   * @throws QilinException NETWORK, TIMEOUT
   */
  OrderAck submit(ClientOrderId id, Order order);

  /**
   * What the broker knows of an order, whether open or ended.
   *
   * @return empty if it does not have an order of this id
   * @throws QilinException NETWORK, TIMEOUT
   */
  Optional<OrderState> query(ClientOrderId id);

  /**
   * Ends an order; one that has ended already stays as it is.
   *
   * @return where it stands afterwards; empty if the broker does not have an order of this id
   * @throws QilinException NETWORK, TIMEOUT
   */
  Optional<OrderState> cancel(ClientOrderId id);

  /**
   * The orders of which more may be traded, in the order in which they came.
   *
   * @throws QilinException NETWORK, TIMEOUT
   */
  List<OrderState> openOrders();

  /**
   * What the account owns.
   *
   * @throws QilinException NETWORK, TIMEOUT
   */
  Portfolio portfolio();

  /** Disconnects for good; open orders stay open. Does nothing if closed. */
  @Override
  void close();
}
