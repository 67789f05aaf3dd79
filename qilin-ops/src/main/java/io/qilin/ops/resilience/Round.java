package io.qilin.ops.resilience;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.error.ForeignError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call: attempts one after another, then the fallbacks. Used by the thread that calls, once. */
final class Round<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Round.class);

  private final Shared shared;
  private final Gate gate;
  private final Terms terms;
  private final Ask ask;
  private final Work<T> work;
  private final TimeLeft time;
  private final List<CallFailure> failures = new ArrayList<>(2);
  private int tried;
  private int begun;
  private @Nullable QilinException error;

  Round(Shared shared, Terms terms, Ask ask, Work<T> work) {
    this.shared = shared;
    this.gate = shared.gate();
    this.terms = terms;
    this.ask = ask;
    this.work = work;
    this.time = TimeLeft.of(gate.ticker(), terms.policy.deadline(), ask.within());
  }

  /** Goes on after a first attempt that the caller made itself. */
  Outcome<T> goOn(QilinException first, List<Fallback<T>> fallbacks) {
    tried = 1;
    begun = first instanceof RefusedException ? 0 : 1;
    met(first);
    return again(first) ? run(fallbacks) : standIn(first, fallbacks);
  }

  Outcome<T> run(List<Fallback<T>> fallbacks) {
    while (true) {
      tried++;
      QilinException failed;
      try {
        return terms.direct && ask.within().isEmpty() ? onThisThread() : onExecutor();
      } catch (QilinException e) {
        failed = e;
        if (error != e) {
          met(e);
        }
      } catch (InterruptedException e) {
        failed = gate.interrupted(e);
        met(failed);
      }
      if (!again(failed)) {
        return standIn(failed, fallbacks);
      }
    }
  }

  private Outcome<T> onThisThread() {
    begun++;
    try {
      return answered(gate.direct(terms, work, ask.wording()), Origin.Kind.PRIMARY);
    } catch (RefusedException e) {
      begun--;
      throw e;
    }
  }

  private Outcome<T> onExecutor() throws InterruptedException {
    Flight<T> flight = new Flight<>(gate, terms, shared.executor(), ask, work, this::met);
    try {
      Attempt<T> winner = flight.fly(time.atMost(terms.policy.attemptTimeout()));
      begun += flight.launched();
      if (winner.hedge()) {
        gate.tally().hedgeWins.increment();
      }
      return answered(winner.answer(), winner.hedge() ? Origin.Kind.HEDGE : Origin.Kind.PRIMARY);
    } catch (QilinException e) {
      begun += flight.launched();
      throw e;
    }
  }

  private Outcome<T> answered(T value, Origin.Kind kind) {
    return new Outcome.Answered<>(
        value, new Origin(kind, gate.name(), begun, Optional.empty()), failures);
  }

  private void met(QilinException e) {
    error = e;
    remember(new CallFailure(gate.name(), tried, e));
  }

  private void remember(CallFailure failure) {
    failures.add(failure);
    // Refusals are counted where they happen; they must not push what led to them out of memory.
    if (failure.error() instanceof RefusedException) {
      return;
    }
    gate.tally().failed(shared.clock().instant(), failure);
  }

  /** Whether there is another attempt; waits for its turn. */
  private boolean again(QilinException failed) {
    if (!ask.repeatable()
        || ask.cancelled().getAsBoolean()
        || tried >= terms.policy.attempts()
        || failed instanceof RefusedException
        || !isTransient(failed)) {
      return false;
    }
    Duration pause = terms.pauseAfter(tried, shared.random());
    if (time.nanos() <= pause.toNanos() || !terms.budget.take()) {
      return false;
    }
    try {
      gate.pause().pause(pause);
    } catch (InterruptedException e) {
      met(gate.interrupted(e));
      return false;
    }
    gate.tally().retries.increment();
    return true;
  }

  /** A rule that throws does not make a call fail in another way than it did. */
  private boolean isTransient(QilinException failed) {
    try {
      return shared.isTransient().test(failed);
    } catch (RuntimeException e) {
      LOG.warn("the rule for transient failures of {} failed: no retry", gate.name(), e);
      return false;
    }
  }

  /** The failure of the dependency itself says more than that it was not asked again. */
  private QilinException cause(QilinException last) {
    for (int i = failures.size() - 1; last instanceof RefusedException && i >= 0; i--) {
      if (!(failures.get(i).error() instanceof RefusedException)) {
        return failures.get(i).error();
      }
    }
    return last;
  }

  private Outcome<T> standIn(QilinException last, List<Fallback<T>> fallbacks) {
    QilinException cause = cause(error == null ? last : error);
    if (FailureRules.mayFallBack(cause)) {
      FallbackCall calls = new FallbackCall(shared, time.withGrace());
      for (Fallback<T> fallback : fallbacks) {
        try {
          T value = calls.ask(fallback);
          Origin origin = origin(fallback, value);
          gate.tally().fallbacks.increment();
          return new Outcome.Degraded<>(value, origin, failures);
        } catch (InterruptedException e) {
          cause = gate.interrupted(e);
          remember(new CallFailure(fallback.name(), 1, cause));
          break;
        } catch (RuntimeException e) {
          QilinException failed =
              ForeignError.typed(e, "'" + fallback.name() + "'", ErrorCode.UNKNOWN);
          remember(new CallFailure(fallback.name(), 1, failed));
        }
      }
    }
    gate.tally().failedCalls.increment();
    return new Outcome.Failed<>(cause, failures);
  }

  private Origin origin(Fallback<T> fallback, T value) {
    Optional<Duration> age = fallback
        .fetched()
        .apply(value)
        .map(fetched -> Duration.between(fetched, shared.clock().instant()))
        .map(length -> length.isNegative() ? Duration.ZERO : length);
    return new Origin(Origin.Kind.FALLBACK, fallback.name(), begun, age);
  }
}
