package io.qilin.agents.llm;

import io.qilin.agents.llm.RouteMember.Outcome;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmCall;
import io.qilin.api.llm.LlmReply;
import io.qilin.api.llm.LlmRequest;
import io.qilin.api.progress.Cancellation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One call of a router: its attempts, one after another or two at once, until one answers or the time is over. For one thread. */
final class RoutedCall {
  /** An attempt that has not ended. */
  private record Running(
      RouteMember member, long since, boolean hedge, Cancellation cancellation) {}

  private final LlmRouterTerms terms;
  private final LlmRequest request;
  private final LlmCall call;
  private final ArrayDeque<RouteMember> untried;
  private final ArrayDeque<RouteMember> busy = new ArrayDeque<>();
  private final List<Running> running = new ArrayList<>();
  private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
  private final long deadline;
  private boolean hedged;
  /** When the attempt that was begun last has had its share of the time. */
  private long shareUntil;

  private Optional<QilinException> last = Optional.empty();

  RoutedCall(LlmRouterTerms terms, List<RouteMember> order, LlmRequest request, LlmCall call) {
    this.terms = terms;
    this.request = request;
    this.call = call;
    this.untried = new ArrayDeque<>(order);
    this.deadline = terms.ticker().getAsLong() + Watch.nanos(call.timeout());
  }

  LlmReply run() {
    try {
      return ask().orElseGet(this::withoutModel);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(
          ErrorCode.CANCELLED, "the thread was interrupted that waited for an answer", e);
    } finally {
      running.forEach(attempt -> attempt.cancellation().cancel());
    }
  }

  private Optional<LlmReply> ask() throws InterruptedException {
    while (left() > 0) {
      call.cancellation().check();
      if (!running.isEmpty() || begin(false)) {
        Outcome outcome = outcomes.poll(patience(), TimeUnit.NANOSECONDS);
        if (outcome != null) {
          Optional<LlmReply> reply = settle(outcome);
          if (reply.isPresent()) {
            return reply;
          }
        } else {
          hurry();
        }
      } else if (busy.isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private long left() {
    return deadline - terms.ticker().getAsLong();
  }

  /** How long an outcome is waited for before anything else is considered. */
  private long patience() {
    long now = terms.ticker().getAsLong();
    long until = Math.min(Watch.SLICE, left());
    if (!untried.isEmpty()) {
      until = Math.min(until, shareUntil - now);
      if (!hedged && terms.hedgeAfter().isPresent() && !running.isEmpty()) {
        until = Math.min(until, hedgeAt() - now);
      }
    }
    return Math.max(0, until);
  }

  private long hedgeAt() {
    return running.get(0).since() + Watch.nanos(terms.hedgeAfter().orElse(Duration.ZERO));
  }

  /** Asks another beside one that is late. */
  private void hurry() throws InterruptedException {
    if (untried.isEmpty() || running.isEmpty()) {
      return;
    }
    long now = terms.ticker().getAsLong();
    if (now - shareUntil >= 0) {
      begin(true);
    } else if (!hedged && terms.hedgeAfter().isPresent() && now - hedgeAt() >= 0) {
      hedged = begin(true);
    }
  }

  /** Begins an attempt with the next member that can be asked; false if there is none now. */
  private boolean begin(boolean hedge) throws InterruptedException {
    while (!untried.isEmpty()) {
      RouteMember member = untried.remove();
      if (!member.enter(0)) {
        busy.add(member);
      } else if (begin(member, hedge)) {
        return true;
      }
    }
    // Everybody who may be asked is busy: wait a little for the one that comes first in the order.
    if (hedge || busy.isEmpty()) {
      return false;
    }
    RouteMember member = busy.element();
    if (!member.enter(Math.max(0, Math.min(Watch.SLICE, left())))) {
      return false;
    }
    busy.remove();
    return begin(member, false);
  }

  private boolean begin(RouteMember member, boolean hedge) {
    OptionalLong pass = member.pass();
    long left = left();
    if (pass.isEmpty() || left <= 0) {
      member.leave(pass);
      return false;
    }
    long others = untried.stream().filter(other -> !other.isOpen()).count();
    long share = Math.max(1, left / (1 + others));
    long now = terms.ticker().getAsLong();
    shareUntil = now + share;
    Duration time = Duration.ofNanos(share);
    if (terms.executor().isEmpty()) {
      Outcome outcome = member.attempt(
          request, call.withTimeout(time), pass.getAsLong(), hedge, new OnText(call.onText()));
      running.add(new Running(member, now, hedge, new Cancellation()));
      outcomes.add(outcome);
      return true;
    }
    Cancellation own = new Cancellation();
    try {
      terms.executor().get().execute(() -> attempt(member, pass.getAsLong(), hedge, time, own));
    } catch (RejectedExecutionException e) {
      member.leave(pass);
      last = Optional.of(new QilinException(
          ErrorCode.LLM_UNAVAILABLE,
          "the executor of the router takes no more work; give it a thread for every call at once",
          e));
      return false;
    }
    running.add(new Running(member, now, hedge, own));
    return true;
  }

  /** On a thread of the executor. */
  private void attempt(
      RouteMember member, long pass, boolean hedge, Duration time, Cancellation own) {
    @Nullable Outcome outcome = null;
    try {
      outcome = member.attempt(
          request, new LlmCall(time, own, text -> {}), pass, hedge, new OnText(text -> {}));
    } finally {
      outcomes.add(outcome != null ? outcome : died(member, hedge));
    }
  }

  private static Outcome died(RouteMember member, boolean hedge) {
    return new Outcome(
        member,
        Optional.empty(),
        Optional.of(new QilinException(
            ErrorCode.LLM_UNAVAILABLE,
            "the client " + QilinException.quote(member.name())
                + " died of an error; see the executor's handler of uncaught exceptions")),
        0,
        hedge);
  }

  private Optional<LlmReply> settle(Outcome outcome) {
    running.removeIf(attempt -> attempt.member() == outcome.member());
    if (outcome.reply().isPresent()) {
      tell(outcome, LlmRoute.USED);
      left(running);
      LlmReply reply = outcome.reply().get();
      if (terms.executor().isPresent() && !reply.text().isEmpty()) {
        call.onText().accept(reply.text());
      }
      return outcome.reply();
    }
    QilinException error = outcome.error().orElseThrow();
    tell(outcome, LlmRoute.failed(error));
    if (isFinal(error)) {
      throw error;
    }
    last = Optional.of(error);
    return Optional.empty();
  }

  /** Whether asking another cannot help, or must not be tried. */
  private boolean isFinal(QilinException error) {
    return switch (error.code()) {
      case INVALID_ARGUMENT, LLM_NOT_RECORDED -> true;
      case CANCELLED -> terms.executor().isEmpty();
      default -> false;
    };
  }

  private void tell(Outcome outcome, String what) {
    terms
        .listener()
        .accept(new LlmRoute(
            outcome.member().name(), what, Duration.ofNanos(outcome.nanos()), outcome.hedge()));
  }

  private void left(List<Running> attempts) {
    long now = terms.ticker().getAsLong();
    for (Running attempt : attempts) {
      terms
          .listener()
          .accept(new LlmRoute(
              attempt.member().name(),
              LlmRoute.LEFT,
              Duration.ofNanos(now - attempt.since()),
              attempt.hedge()));
    }
  }

  private LlmReply withoutModel() {
    left(running);
    if (terms.fallback().isEmpty()) {
      throw failure();
    }
    LlmReply reply = terms.fallback().get().reply(request);
    terms.listener().accept(new LlmRoute(LlmFallback.MODEL, LlmRoute.USED, Duration.ZERO, false));
    if (!reply.text().isEmpty()) {
      call.onText().accept(reply.text());
    }
    return reply;
  }

  private QilinException failure() {
    if (left() <= 0) {
      QilinException late = new QilinException(
          ErrorCode.LLM_TIMEOUT,
          "no model answered within " + call.timeout() + "; give the call more time or the router a"
              + " fallback");
      last.ifPresent(late::addSuppressed);
      return late;
    }
    return last.orElseGet(() -> new QilinException(
        ErrorCode.LLM_UNAVAILABLE,
        "every model failed too often a short while ago and is left alone; try again later or give the"
            + " router a fallback"));
  }
}
