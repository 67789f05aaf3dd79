package io.qilin.core.trading;

import io.qilin.api.alert.Alert;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Severity;
import io.qilin.api.error.QilinException;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.ClientOrderId;
import io.qilin.api.trading.Order;
import io.qilin.api.trading.OrderAck;
import io.qilin.api.trading.OrderState;
import io.qilin.api.trading.RejectReason;
import io.qilin.api.trading.Rejection;
import io.qilin.core.trading.OrderAttempt.Step;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The way of one order to the broker. It is in one of two states: <i>to send</i>, when the broker is
 * known not to have the order, and <i>to ask</i>, when it may have it. Sending leads to the second
 * state before the call is made, and only an answer of the broker leads out of it, so that whatever
 * is thrown, the order is asked for before it is sent again.
 *
 * <p>It ends: after the first time, each sending is paid for by a retry or a reconnection, and so is each
 * question but the first after a sending. Used by one thread, once.
 */
final class Sending {
  private static final String SOURCE = "trading";

  private final OrderDesk.Parts parts;
  private final ClientOrderId id;
  private final Order order;
  private final Map<Step, Integer> counts = new EnumMap<>(Step.class);
  private int retries;
  private int reconnects;
  private boolean toAsk;
  /** Whether the next sending was paid for. */
  private boolean paid = true;
  /** Whether a sending was never answered. */
  private boolean unanswered;

  /** What a call to the gateway came to: a value or a failure. */
  private record Answer<T>(Optional<T> value, ErrorCode code, String message) {}

  Sending(OrderDesk.Parts parts, ClientOrderId id, Order order) {
    this.parts = parts;
    this.id = id;
    this.order = order;
    this.retries = parts.policy().retries();
    this.reconnects = parts.policy().reconnects();
  }

  SendOutcome run() {
    try {
      Optional<SendOutcome> end = Optional.empty();
      while (end.isEmpty()) {
        end = toAsk ? ask() : submit();
      }
      return end.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unresolved(ErrorCode.CANCELLED, "the wait was interrupted");
    }
  }

  private Optional<SendOutcome> submit() throws InterruptedException {
    Optional<SendOutcome> veto = veto();
    if (veto.isPresent()) {
      return veto;
    }
    toAsk = true;
    paid = false;
    Answer<OrderAck> answer = call(() -> parts.gateway().submit(id, order));
    if (answer.value().isEmpty()) {
      record(Step.SUBMIT, answer.message());
      unanswered = true;
      return answer.code() == ErrorCode.TIMEOUT ? Optional.empty() : failed(answer);
    }
    OrderAck ack = answer.value().get();
    record(
        Step.SUBMIT,
        ack.fold(this::text, x -> text(x.rejection()), x -> "no answer: " + x.message()));
    if (ack instanceof OrderAck.Accepted accepted) {
      return Optional.of(new SendOutcome.Placed(accepted.state()));
    }
    if (ack instanceof OrderAck.Rejected rejected) {
      toAsk = false;
      return rejected(rejected.rejection());
    }
    unanswered = true;
    return Optional.empty();
  }

  private Optional<SendOutcome> ask() throws InterruptedException {
    Answer<Optional<OrderState>> answer = call(() -> parts.gateway().query(id));
    if (answer.value().isEmpty()) {
      record(Step.QUERY, answer.message());
      return failed(answer);
    }
    Optional<OrderState> known = answer.value().get();
    record(Step.QUERY, known.map(Sending::text).orElse("the broker does not have it"));
    toAsk = false;
    if (known.isPresent()) {
      return found(known.get());
    }
    return paid ? Optional.empty() : retry(ErrorCode.TIMEOUT, "the broker did not answer");
  }

  private Optional<SendOutcome> found(OrderState state) throws InterruptedException {
    if (!isThis(state.order())) {
      return rejected(Rejection.of(
          RejectReason.DUPLICATE_ID, "the broker has " + state.order() + " under the id " + id));
    }
    if (state.status() == OrderState.Status.REJECTED) {
      return rejected(state.rejection().orElseThrow());
    }
    return Optional.of(new SendOutcome.Placed(state));
  }

  /** Brokers may write a price with other decimals than were sent. */
  private boolean isThis(Order other) {
    return other.symbol().equals(order.symbol())
        && other.side() == order.side()
        && other.shares() == order.shares()
        && other.price().compareTo(order.price()) == 0;
  }

  private Optional<SendOutcome> rejected(Rejection rejection) throws InterruptedException {
    RejectReason reason = rejection.reason();
    if (reason.isTransient()) {
      return retry(reason.code(), "the broker refused it, " + text(rejection));
    }
    if (reason == RejectReason.INSUFFICIENT_FUNDS) {
      alert(reason.code(), Severity.CRITICAL, rejection.message(), rejection.figures());
    } else if (reason == RejectReason.POSITION_LIMIT) {
      alert(reason.code(), Severity.WARNING, rejection.message(), rejection.figures());
    }
    return Optional.of(new SendOutcome.Refused(id, rejection));
  }

  /** After a call that gave no answer. */
  private Optional<SendOutcome> failed(Answer<?> answer) throws InterruptedException {
    if (answer.code() == ErrorCode.NETWORK) {
      return reconnect(answer.message());
    }
    if (answer.code() == ErrorCode.TIMEOUT) {
      return retry(ErrorCode.TIMEOUT, answer.message());
    }
    return Optional.of(unresolved(answer.code(), answer.message()));
  }

  private Optional<SendOutcome> retry(ErrorCode cause, String why) throws InterruptedException {
    if (retries == 0) {
      return Optional.of(unresolved(cause, "all retries are used up; " + why));
    }
    retries--;
    paid = true;
    parts.pause().pause(parts.policy().retryWait());
    return Optional.empty();
  }

  private Optional<SendOutcome> reconnect(String why) throws InterruptedException {
    String last = why;
    while (reconnects > 0) {
      reconnects--;
      parts.pause().pause(parts.policy().reconnectWait());
      Answer<Boolean> answer = call(() -> {
        parts.gateway().connect();
        return true;
      });
      record(Step.RECONNECT, answer.value().isPresent() ? "connected" : answer.message());
      if (answer.value().isPresent()) {
        paid = true;
        return Optional.empty();
      }
      last = answer.message();
      if (answer.code() != ErrorCode.NETWORK && answer.code() != ErrorCode.TIMEOUT) {
        return Optional.of(unresolved(answer.code(), last));
      }
    }
    return Optional.of(unresolved(ErrorCode.NETWORK, "all reconnections are used up; " + last));
  }

  private Optional<SendOutcome> veto() {
    Optional<SendOutcome.Vetoed> veto = halted();
    if (veto.isEmpty()) {
      veto = forbidden();
    }
    veto.ifPresent(found ->
        record(Step.CHECK, found.verdict().rule() + ": " + found.verdict().reason()));
    return veto.map(found -> found);
  }

  private Optional<SendOutcome.Vetoed> halted() {
    Answer<Optional<String>> answer = call(parts.halt());
    Optional<String> reason = answer.value().orElse(Optional.of(answer.message()));
    return reason.map(
        why -> vetoed(ErrorCode.KILL_SWITCH, new RiskVerdict.Reject("kill-switch", why)));
  }

  private Optional<SendOutcome.Vetoed> forbidden() {
    Answer<RiskVerdict> answer = call(() -> parts.check().apply(order));
    RiskVerdict verdict =
        answer.value().orElse(new RiskVerdict.Reject("risk-check", answer.message()));
    return verdict.fold(
        Optional::empty, reject -> Optional.of(vetoed(ErrorCode.RISK_LIMIT, reject)));
  }

  private SendOutcome.Vetoed vetoed(ErrorCode code, RiskVerdict.Reject reject) {
    return new SendOutcome.Vetoed(id, code, reject, unanswered);
  }

  private SendOutcome unresolved(ErrorCode cause, String why) {
    String message = "order " + id + ", " + order + ", needs a person: " + why
        + (unanswered
            ? "; the broker may have it: look there before it is sent under another id"
            : "; the broker does not have it");
    alert(ErrorCode.TRADING, Severity.CRITICAL, message, Map.of());
    return new SendOutcome.Unresolved(id, cause, message, unanswered);
  }

  private void alert(
      ErrorCode code, Severity severity, String message, Map<String, BigDecimal> figures) {
    Alert alert = new Alert(parts.clock().instant(), code, SOURCE, message, severity, figures);
    Answer<Boolean> answer = call(() -> {
      parts.alerts().alert(alert);
      return true;
    });
    record(Step.ALERT, answer.value().isPresent() ? message : "not delivered: " + answer.message());
  }

  private void record(Step step, String result) {
    int number = counts.merge(step, 1, Integer::sum);
    parts.log().record(new OrderAttempt(parts.clock().instant(), id, order, step, number, result));
  }

  /** Calls what others wrote; whatever it throws is an answer. */
  private static <T> Answer<T> call(Supplier<T> call) {
    try {
      T value = Objects.requireNonNull(call.get(), "nothing was returned");
      return new Answer<>(Optional.of(value), ErrorCode.UNKNOWN, "");
    } catch (QilinException e) {
      return new Answer<>(Optional.empty(), e.code(), String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      String what =
          e.getClass().getSimpleName() + " " + QilinException.quote(String.valueOf(e.getMessage()));
      return new Answer<>(Optional.empty(), ErrorCode.UNKNOWN, what);
    }
  }

  private String text(OrderAck.Accepted accepted) {
    return text(accepted.state());
  }

  private static String text(OrderState state) {
    return state.status() + ", " + state.filledShares() + " of " + state.order().shares()
        + " filled";
  }

  private static String text(Rejection rejection) {
    return rejection.reason() + ": " + rejection.message();
  }
}
