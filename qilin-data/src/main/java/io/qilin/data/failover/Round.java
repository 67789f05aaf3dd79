package io.qilin.data.failover;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One query put to the members of a chain. The asking thread does all the deciding; calls run on the executor and put
 * what comes of them into a queue, from which the asking thread takes it, waiting no longer than until the next thing
 * is due: the end of a call's time, of the query's time, a retry, or a second member's start. So there is no timer and
 * no lock; a round is used once, by one thread.
 *
 * @param <T> the answer
 */
final class Round<T> {
  /** Errors that say that the member is well: it has nothing for this query. */
  private static final Set<ErrorCode> ANSWERS = EnumSet.of(
      ErrorCode.DATA_NOT_FOUND,
      ErrorCode.UNSUPPORTED,
      ErrorCode.INVALID_ARGUMENT,
      ErrorCode.LIMIT_EXCEEDED,
      ErrorCode.DATE_OUT_OF_RANGE,
      ErrorCode.NOT_A_TRADING_DAY);

  /**
   * A good answer.
   *
   * @param <T> the answer
   * @param value the answer
   * @param member who gave it
   */
  record Win<T>(T value, Member member) {}

  /** A member to be tried again. */
  private record Retry(Member member, int number, long at) {}

  private final List<Member> members;
  private final Ask<T> ask;
  private final ChainTerms terms;
  private final Consumer<ChainEvent> events;
  private final BlockingQueue<Flight.Landing<T>> landings = new LinkedBlockingQueue<>();
  private final List<Flight<T>> flights = new ArrayList<>();
  private final List<Retry> retries = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final long begun;
  private final long end;
  /** The latest moment that is known to have come: a wait that ended proves it, whatever the ticker shows. */
  private long floor;

  private int next;
  private long lastStart;

  Round(List<Member> members, Ask<T> ask, ChainTerms terms, Consumer<ChainEvent> events) {
    this.members = members;
    this.ask = ask;
    this.terms = terms;
    this.events = events;
    this.begun = terms.ticker().getAsLong();
    this.end = begun + terms.deadline().toNanos();
    this.floor = begun;
    this.lastStart = begun;
  }

  /** What was tried, in the order in which it ended. */
  List<Attempt> attempts() {
    return attempts;
  }

  /**
   * Asks until there is a good answer, no member is left, or the time is over.
   *
   * @throws InterruptedException if the asking thread is interrupted; all calls are given up
   */
  Optional<Win<T>> run() throws InterruptedException {
    try {
      startNext();
      while (!flights.isEmpty() || !retries.isEmpty()) {
        long now = now();
        if (now - end >= 0) {
          break;
        }
        long wake = wake();
        Flight.Landing<T> landed = terms.waiting().poll(landings, Math.max(0, wake - now));
        if (landed == null) {
          floor = later(floor, wake);
        } else if (flights.remove(landed.flight())) {
          Optional<Win<T>> won = land(landed);
          if (won.isPresent()) {
            return won;
          }
        }
        whatIsDue();
      }
      return Optional.empty();
    } finally {
      giveUp(Optional.empty());
    }
  }

  private long now() {
    floor = later(floor, terms.ticker().getAsLong());
    return floor;
  }

  private static long later(long a, long b) {
    return b - a > 0 ? b : a;
  }

  private long wake() {
    long wake = end;
    for (Flight<T> flight : flights) {
      wake = earlier(wake, due(flight));
    }
    for (Retry retry : retries) {
      wake = earlier(wake, retry.at());
    }
    return hedging() ? earlier(wake, lastStart + hedge()) : wake;
  }

  private static long earlier(long a, long b) {
    return b - a < 0 ? b : a;
  }

  private static long due(Flight<?> flight) {
    return flight.startedAt() + flight.member().settings().deadline().toNanos();
  }

  private boolean hedging() {
    return terms.hedgeAfter().isPresent() && next < members.size();
  }

  private long hedge() {
    return terms.hedgeAfter().map(Duration::toNanos).orElse(Long.MAX_VALUE / 2);
  }

  private void whatIsDue() {
    long now = now();
    boolean gone = false;
    for (Flight<T> flight : List.copyOf(flights)) {
      if (now - due(flight) >= 0) {
        flights.remove(flight);
        timeOut(flight, now, "no answer within " + flight.member().settings().deadline());
        gone = true;
      }
    }
    for (Retry retry : List.copyOf(retries)) {
      if (now - retry.at() >= 0) {
        retries.remove(retry);
        gone |= !launch(retry.member(), retry.number());
      }
    }
    boolean slow = hedging() && now - (lastStart + hedge()) >= 0;
    if (gone || slow) {
      startNext();
    }
  }

  /** Starts the next member that can be asked. */
  private void startNext() {
    while (next < members.size()) {
      Member member = members.get(next++);
      if (!member.capabilities().contains(ask.needs())) {
        note(
            member,
            AttemptOutcome.NOT_CAPABLE,
            Optional.empty(),
            "does not serve " + ask.needs(),
            0);
      } else if (launch(member, 1)) {
        return;
      }
    }
  }

  private boolean launch(Member member, int number) {
    if (!member.occupy()) {
      note(
          member,
          AttemptOutcome.BUSY,
          Optional.empty(),
          member.settings().concurrency() + " calls have not ended yet",
          0);
      return false;
    }
    Optional<CallGuard.Pass> pass = member.enter();
    if (pass.isEmpty()) {
      member.leave();
      note(member, AttemptOutcome.CIRCUIT_OPEN, Optional.empty(), "its guard is open", 0);
      return false;
    }
    long now = now();
    Flight<T> flight =
        new Flight<>(member, pass.get(), number, now, ask, terms.check(), terms.ticker(), landings);
    try {
      flight.start(terms.executor());
    } catch (RuntimeException | OutOfMemoryError e) {
      // A refusal, or no memory for one more thread: the guard's pass must not be lost with it.
      pass.get().abandoned();
      note(
          member,
          AttemptOutcome.NOT_STARTED,
          Optional.of(ErrorCode.RESOURCE_EXHAUSTED),
          "the executor refused the call: " + e.getClass().getSimpleName(),
          0);
      return false;
    }
    member.called(number > 1);
    flights.add(flight);
    lastStart = now;
    return true;
  }

  private Optional<Win<T>> land(Flight.Landing<T> landed) {
    Flight<T> flight = landed.flight();
    Member member = flight.member();
    long took = Math.max(0, landed.at() - flight.startedAt());
    member.took(took);
    QilinException error = landed.error();
    T value = landed.value();
    if (error != null) {
      failed(flight, error, took);
    } else if (landed.wrong().isPresent() || value == null) {
      String wrong = landed.wrong().orElse("the answer is null");
      fail(flight, AttemptOutcome.INVALID_ANSWER, ErrorCode.DATA_QUALITY, wrong, took);
      startNext();
    } else {
      flight.pass().succeeded(took);
      member.reportState();
      giveUp(Optional.of(flight));
      note(member, AttemptOutcome.SERVED, Optional.empty(), "", took);
      return Optional.of(new Win<>(value, member));
    }
    return Optional.empty();
  }

  private void failed(Flight<T> flight, QilinException error, long took) {
    Member member = flight.member();
    String reason = String.valueOf(error.getMessage());
    if (ANSWERS.contains(error.code())) {
      flight.pass().succeeded(took);
      member.reportState();
      note(member, AttemptOutcome.NO_DATA, Optional.of(error.code()), reason, took);
      startNext();
      return;
    }
    fail(flight, AttemptOutcome.FAILED, error.code(), reason, took);
    long at = now() + member.pause(flight.number());
    boolean again = error.code().retryable()
        && flight.number() < member.settings().attempts()
        && at - end < 0
        && member.mayRetry();
    if (again) {
      retries.add(new Retry(member, flight.number() + 1, at));
    } else {
      startNext();
    }
  }

  private void timeOut(Flight<T> flight, long now, String reason) {
    flight.cancel();
    long took = now - flight.startedAt();
    if (flight.begun()) {
      flight.member().took(took);
      fail(flight, AttemptOutcome.TIMED_OUT, ErrorCode.TIMEOUT, reason, took);
    } else {
      notBegun(flight, took);
    }
  }

  private void notBegun(Flight<T> flight, long took) {
    flight.pass().abandoned();
    note(
        flight.member(),
        AttemptOutcome.NOT_STARTED,
        Optional.of(ErrorCode.RESOURCE_EXHAUSTED),
        "the executor did not begin the call in time",
        took);
  }

  private void fail(
      Flight<T> flight, AttemptOutcome outcome, ErrorCode code, String reason, long took) {
    Member member = flight.member();
    flight.pass().failed(took, new QilinException(code, member.name() + ": " + reason));
    member.failed(reason);
    member.reportState();
    note(member, outcome, Optional.of(code), reason, took);
  }

  /** Ends the calls that still run: after a win, or when the time is over. */
  private void giveUp(Optional<Flight<T>> winner) {
    long now = now();
    for (Flight<T> flight : List.copyOf(flights)) {
      flights.remove(flight);
      long took = now - flight.startedAt();
      boolean overtaken = winner.isPresent() && winner.get().startedAt() - flight.startedAt() > 0;
      boolean slow =
          winner.isEmpty() && took >= Math.min(hedge(), terms.deadline().toNanos());
      if (flight.begun() && overtaken) {
        flight.cancel();
        flight.member().took(took);
        String reason = "no answer before " + winner.get().member().name() + ", which began later";
        fail(flight, AttemptOutcome.OVERTAKEN, ErrorCode.TIMEOUT, reason, took);
      } else if (slow) {
        timeOut(flight, now, "no answer before the end of the query's " + terms.deadline());
      } else {
        flight.cancel();
        flight.pass().abandoned();
        note(flight.member(), AttemptOutcome.CANCELLED, Optional.empty(), "given up", took);
      }
    }
  }

  private void note(
      Member member, AttemptOutcome outcome, Optional<ErrorCode> code, String reason, long took) {
    Attempt attempt = new Attempt(member.name(), outcome, code, reason, Duration.ofNanos(took));
    attempts.add(attempt);
    if (outcome != AttemptOutcome.SERVED && outcome != AttemptOutcome.CANCELLED) {
      events.accept(new ChainEvent.PassedOver(attempt));
    }
  }

  /** The error that a query ends with when no member answered. */
  static QilinException lost(String kind, List<Attempt> attempts, @Nullable String noCopy) {
    Set<ErrorCode> codes = EnumSet.noneOf(ErrorCode.class);
    attempts.forEach(attempt -> attempt.code().ifPresent(codes::add));
    boolean none = attempts.stream().allMatch(a -> a.outcome() == AttemptOutcome.NOT_CAPABLE);
    ErrorCode code = none
        ? ErrorCode.UNSUPPORTED
        : codes.size() == 1 ? codes.iterator().next() : ErrorCode.DATA_FETCH;
    List<String> told = attempts.stream().map(Attempt::toString).toList();
    return new QilinException(
        code,
        "no member of the chain answered the query for " + kind + ": " + String.join("; ", told)
            + (noCopy == null ? "" : "; " + noCopy));
  }
}
