package io.qilin.core.trading;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Degradation;
import io.qilin.api.error.QilinException;
import io.qilin.api.risk.RiskVerdict;
import io.qilin.api.trading.ClientOrderId;
import io.qilin.api.trading.OrderState;
import io.qilin.api.trading.Rejection;
import java.util.Objects;
import java.util.function.Function;

/** What became of an order that was given to the {@link OrderDesk}. */
public sealed interface SendOutcome {
  /** The answer to each case. */
  <R> R fold(
      Function<Placed, R> placed,
      Function<Refused, R> refused,
      Function<Vetoed, R> vetoed,
      Function<Unresolved, R> unresolved);

  /**
   * The state of an order that the broker took.
   *
   * @throws QilinException otherwise: the rejection's code, RISK_LIMIT or KILL_SWITCH for a veto,
   *     TRADING for an order that needs a person
   */
  default OrderState orThrow() {
    return fold(
        Placed::state,
        refused -> {
          throw new QilinException(
              refused.rejection().reason().code(),
              "the broker refused order " + refused.id() + ", "
                  + refused.rejection().reason() + ": " + refused.rejection().message());
        },
        vetoed -> {
          throw new QilinException(
              vetoed.code(),
              "order " + vetoed.id() + " was not sent, " + vetoed.verdict().rule() + ": "
                  + vetoed.verdict().reason());
        },
        unresolved -> {
          throw new QilinException(ErrorCode.TRADING, unresolved.message());
        });
  }

  /**
   * The broker has the order, once.
   *
   * @param state where it stood when the broker last spoke of it
   */
  record Placed(OrderState state) implements SendOutcome {
    /** Checks that the state is there. */
    public Placed {
      Objects.requireNonNull(state, "state");
    }

    @Override
    public <R> R fold(
        Function<Placed, R> placed,
        Function<Refused, R> refused,
        Function<Vetoed, R> vetoed,
        Function<Unresolved, R> unresolved) {
      return placed.apply(this);
    }
  }

  /**
   * The broker refused the order for a reason that does not pass by itself.
   *
   * @param id the order's id
   * @param rejection why
   */
  record Refused(ClientOrderId id, Rejection rejection) implements SendOutcome {
    /** Checks that the parts are there. */
    public Refused {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(rejection, "rejection");
    }

    @Override
    public <R> R fold(
        Function<Placed, R> placed,
        Function<Refused, R> refused,
        Function<Vetoed, R> vetoed,
        Function<Unresolved, R> unresolved) {
      return refused.apply(this);
    }
  }

  /**
   * The kill switch or a risk rule forbade to send the order, or to send it again.
   *
   * @param id the order's id
   * @param code KILL_SWITCH or RISK_LIMIT
   * @param verdict which rule, and why
   * @param mayBeLive whether an earlier attempt was never answered, so that the broker may have the
   *     order after all
   */
  record Vetoed(ClientOrderId id, ErrorCode code, RiskVerdict.Reject verdict, boolean mayBeLive)
      implements SendOutcome {
    /** Checks that the parts are there. */
    public Vetoed {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(verdict, "verdict");
    }

    @Override
    public <R> R fold(
        Function<Placed, R> placed,
        Function<Refused, R> refused,
        Function<Vetoed, R> vetoed,
        Function<Unresolved, R> unresolved) {
      return vetoed.apply(this);
    }
  }

  /**
   * All attempts are used up, or the gateway failed in a way that no attempt can mend: a person has
   * to look. A later {@link OrderDesk#send} with the same id and order is safe.
   *
   * @param id the order's id
   * @param cause what stood in the way last
   * @param message what happened and what to do, one line
   * @param mayBeLive whether an attempt was never answered, so that the broker may have the order
   */
  record Unresolved(ClientOrderId id, ErrorCode cause, String message, boolean mayBeLive)
      implements SendOutcome {
    /** Checks that the parts are there. */
    public Unresolved {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(cause, "cause");
      Objects.requireNonNull(message, "message");
    }

    /** What to do instead: always {@link Degradation#MANUAL_INTERVENTION}. */
    public Degradation degradation() {
      return ErrorCode.TRADING.degradation();
    }

    @Override
    public <R> R fold(
        Function<Placed, R> placed,
        Function<Refused, R> refused,
        Function<Vetoed, R> vetoed,
        Function<Unresolved, R> unresolved) {
      return unresolved.apply(this);
    }
  }
}
