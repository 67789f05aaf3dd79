package io.qilin.ops.resilience;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An attempt on the executor, and a hedge beside it when it is late. Used by the thread that waits, once. */
final class Flight<T> {
  /** The ticker decides when time is over, and the caller may cancel: both are looked at this often. */
  private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(50);

  private static final Logger LOG = LoggerFactory.getLogger(Flight.class);
  /** After so many the time is looked at again: a stream may have no end. */
  private static final int MOST_MESSAGES = 1024;

  private static final long NEVER = Long.MAX_VALUE;

  private final Gate gate;
  private final Terms terms;
  private final Executor executor;
  private final Ask ask;
  private final Work<T> work;
  private final Consumer<QilinException> met;
  private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
  private final List<Attempt<T>> running = new ArrayList<>(2);
  private final long begun;
  private final long hedgeAt;
  private boolean hedgeConsidered;
  private int launched;

  Flight(
      Gate gate,
      Terms terms,
      Executor executor,
      Ask ask,
      Work<T> work,
      Consumer<QilinException> met) {
    this.gate = gate;
    this.terms = terms;
    this.executor = executor;
    this.ask = ask;
    this.work = work;
    this.met = met;
    this.begun = gate.ticker().getAsLong();
    this.hedgeAt =
        ask.hedged() ? terms.policy.hedgeAfter().map(Duration::toNanos).orElse(NEVER) : NEVER;
  }

  /** How many attempts were begun. */
  int launched() {
    return launched;
  }

  /**
   * The first good answer.
   *
   * @param limit how long it is waited for, in nanoseconds
   * @return the attempt that has it
   * @throws QilinException the last failure of those that ran, each of which was told to {@code met} before
   */
  Attempt<T> fly(long limit) throws InterruptedException {
    try {
      launch(false);
      while (true) {
        await(limit);
        Attempt<T> ended = ended();
        if (ended != null) {
          running.remove(ended);
          if (ended.good()) {
            return ended;
          }
          failed(ended);
        } else if (elapsed() >= limit) {
          throw tell(late(limit));
        } else if (ask.cancelled().getAsBoolean()) {
          throw new QilinException(
              ErrorCode.CANCELLED, "the caller cancelled the call of '" + gate.name() + "'");
        } else if (!hedgeConsidered && elapsed() >= hedgeAt) {
          hedge();
        }
      }
    } finally {
      for (Attempt<T> attempt : running) {
        attempt.giveUp(false);
      }
    }
  }

  private void failed(Attempt<T> ended) {
    Error broken = ended.broken();
    if (broken != null) {
      throw broken;
    }
    QilinException error = ended.error();
    if (error != null) {
      tell(error);
      if (running.isEmpty()) {
        throw error;
      }
    }
  }

  /** Whether it was the dependency or the executor that was late, only the attempts know; what had not begun never will. */
  private QilinException late(long limit) {
    int never = 0;
    for (Attempt<T> attempt : running) {
      never += attempt.giveUp(true) ? 0 : 1;
    }
    boolean begun = never < running.size();
    running.clear();
    launched -= never;
    if (begun) {
      return new LateException(gate.name(), Duration.ofNanos(limit), ask.wording());
    }
    gate.tally().refusals.increment();
    return gate.refused(Refusal.QUEUED, ask.wording(), null);
  }

  private QilinException tell(QilinException error) {
    met.accept(error);
    return error;
  }

  private long elapsed() {
    return gate.ticker().getAsLong() - begun;
  }

  /** Runs what attempts have sent, and waits for it if there is nothing. */
  private void await(long limit) throws InterruptedException {
    long until = !hedgeConsidered ? Math.min(limit, hedgeAt) : limit;
    Runnable message =
        inbox.poll(Math.max(0, Math.min(SLICE, until - elapsed())), TimeUnit.NANOSECONDS);
    int ran = 0;
    while (message != null) {
      message.run();
      ran++;
      message = ran < MOST_MESSAGES ? inbox.poll() : null;
    }
  }

  private @Nullable Attempt<T> ended() {
    for (Attempt<T> attempt : running) {
      if (attempt.ended()) {
        return attempt;
      }
    }
    return null;
  }

  private void launch(boolean hedge) throws InterruptedException {
    Refusal refusal = gate.enter(terms);
    if (refusal != null) {
      throw gate.refused(refusal, ask.wording(), null);
    }
    Attempt<T> attempt = new Attempt<>(gate, terms, ask.wording(), work, inbox, hedge);
    running.add(attempt);
    launched++;
    try {
      executor.execute(attempt);
    } catch (RuntimeException e) {
      if (!attempt.withdraw()) {
        // What was begun may have been done: to call it refused would have an order sent twice.
        LOG.warn("the executor of {} threw and runs the attempt all the same", gate.name(), e);
        return;
      }
      launched--;
      running.remove(attempt);
      gate.tally().refusals.increment();
      throw gate.refused(Refusal.REJECTED, ask.wording(), e);
    }
  }

  /** A hedge that is not let through is none, and is not tried again; the attempt that runs goes on. */
  private void hedge() throws InterruptedException {
    hedgeConsidered = true;
    if (!terms.budget.take()) {
      return;
    }
    try {
      launch(true);
      gate.tally().hedges.increment();
    } catch (RefusedException e) {
      LOG.debug("no hedge of {}: {}", gate.name(), e.refusal());
    }
  }
}
