package io.qilin.agents.desk;

import io.qilin.agents.internal.OwnDays;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Panel;
import io.qilin.api.market.Symbol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Asks all analysts at once, on the caller's executor, and waits for them no longer than the
 * deadline. An analyst that throws, answers nonsense or is late abstains on every share, with the
 * reason and the code 3000 or 3001; it never gets a score of its own making.
 */
final class Hearing {
  /** What one analyst answered: opinions, or why there are none. */
  private record Answer(Map<Symbol, Opinion> opinions, Optional<String> failure) {
    static Answer failed(ErrorCode code, String reason) {
      return new Answer(Map.of(), Optional.of("QILIN-" + code.number() + " " + reason));
    }
  }

  private final List<NamedAnalyst> analysts;
  private final List<Answer> answers = new ArrayList<>();
  private final Panel raw;

  /**
   * Asks and waits.
   *
   * @throws QilinException CANCELLED if the thread is interrupted while it waits
   */
  Hearing(
      List<NamedAnalyst> analysts,
      MarketSnapshot snapshot,
      Executor executor,
      Duration deadline,
      DeskMonitor monitor) {
    this.analysts = analysts;
    this.raw = snapshot.raw();
    CountDownLatch pending = new CountDownLatch(analysts.size());
    List<FutureTask<Map<Symbol, Opinion>>> tasks = new ArrayList<>();
    List<Optional<String>> refused = new ArrayList<>();
    for (NamedAnalyst named : analysts) {
      FutureTask<Map<Symbol, Opinion>> task =
          new FutureTask<>(() -> monitor.analyze(named, snapshot));
      tasks.add(task);
      refused.add(start(task, pending, executor));
    }
    await(pending, deadline, tasks);
    for (int k = 0; k < tasks.size(); k++) {
      Optional<String> refusal = refused.get(k);
      answers.add(
          refusal.isPresent()
              ? Answer.failed(ErrorCode.ANALYST_FAILED, refusal.get())
              : answer(tasks.get(k), deadline));
      String id = analysts.get(k).id();
      answers.get(k).failure().ifPresent(reason -> monitor.failed(id, reason));
    }
  }

  private static Optional<String> start(
      FutureTask<Map<Symbol, Opinion>> task, CountDownLatch pending, Executor executor) {
    try {
      executor.execute(() -> {
        task.run();
        pending.countDown();
      });
      return Optional.empty();
    } catch (RuntimeException | OutOfMemoryError e) {
      // The error is what a pool throws that gets no thread of the system any more.
      pending.countDown();
      return Optional.of("the executor refused the analyst: " + describe(e));
    }
  }

  private static void await(
      CountDownLatch pending, Duration deadline, List<FutureTask<Map<Symbol, Opinion>>> tasks) {
    try {
      if (!pending.await(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
        tasks.forEach(task -> task.cancel(true));
      }
    } catch (InterruptedException e) {
      tasks.forEach(task -> task.cancel(true));
      Thread.currentThread().interrupt();
      throw new QilinException(
          ErrorCode.CANCELLED, "interrupted while the analysts were at work", e);
    }
  }

  private static Answer answer(FutureTask<Map<Symbol, Opinion>> task, Duration deadline) {
    if (!task.isDone() || task.isCancelled()) {
      return Answer.failed(ErrorCode.ANALYST_TIMEOUT, "no answer within " + deadline);
    }
    try {
      Map<Symbol, Opinion> opinions = task.get();
      return opinions == null
          ? Answer.failed(ErrorCode.ANALYST_FAILED, "the analyst answered null")
          : new Answer(opinions, Optional.empty());
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return Answer.failed(ErrorCode.ANALYST_FAILED, "the analyst failed: " + describe(cause));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QilinException(
          ErrorCode.CANCELLED, "interrupted while the analysts were at work", e);
    }
  }

  static String describe(Throwable failure) {
    String message = failure.getMessage();
    return failure.getClass().getSimpleName()
        + (message == null ? "" : " " + QilinException.quote(message));
  }

  /** Whether an analyst answered and has no data on any of the shares. */
  boolean silent(int analyst, List<Symbol> traded) {
    Answer answer = answers.get(analyst);
    return answer.failure().isEmpty()
        && traded.stream()
            .allMatch(symbol -> opinion(analyst, symbol)
                .filter(opinion -> opinion.coverage() > 0 || scoredOrFailed(opinion))
                .isEmpty());
  }

  /** Whether an opinion is a score, or an abstention that a defect brought about. */
  private static boolean scoredOrFailed(Opinion opinion) {
    return opinion.<Boolean>fold(
        scored -> true, abstained -> abstained.reason().startsWith("QILIN-"));
  }

  /** The opinion of one analyst on a share that traded; empty if it left the share out. */
  Optional<Opinion> opinion(int analyst, Symbol symbol) {
    String id = analysts.get(analyst).id();
    Answer answer = answers.get(analyst);
    if (answer.failure().isPresent()) {
      return Optional.of(abstain(id, symbol, answer.failure().get()));
    }
    try {
      Opinion opinion = answer.opinions().get(symbol);
      return opinion == null ? Optional.empty() : Optional.of(sane(id, symbol, opinion));
    } catch (RuntimeException | AssertionError | LinkageError | StackOverflowError e) {
      return Optional.of(abstain(id, symbol, code() + "the answer cannot be read: " + describe(e)));
    }
  }

  private static Opinion sane(String id, Symbol symbol, Opinion opinion) {
    return opinion.symbol().equals(symbol) && opinion.analyst().equals(id)
        ? opinion
        : abstain(
            id,
            symbol,
            code() + "the opinion is signed " + QilinException.quote(opinion.analyst())
                + " and about " + opinion.symbol());
  }

  static String code() {
    return "QILIN-" + ErrorCode.ANALYST_FAILED.number() + " ";
  }

  private static Opinion abstain(String analyst, Symbol symbol, String reason) {
    return new Opinion.Abstained(analyst, symbol, reason, 0, List.of(), List.of(), List.of());
  }

  /** The instruments that traded on the snapshot's day, by symbol. */
  List<Symbol> traded() {
    List<Symbol> out = new ArrayList<>();
    int last = raw.days().size() - 1;
    for (int i = 0; i < raw.symbols().size(); i++) {
      if (OwnDays.traded(raw, i, last)) {
        out.add(raw.symbols().get(i));
      }
    }
    return out;
  }
}
