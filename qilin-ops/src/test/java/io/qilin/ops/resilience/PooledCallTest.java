package io.qilin.ops.resilience;

import static io.qilin.ops.resilience.Guard.POOLED;
import static io.qilin.ops.resilience.Guard.failing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls on the executor: time limits, hedges, places, threads that run out. */
@Timeout(60)
class PooledCallTest {
  private final Guard guard = new Guard();
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void close() {
    end.countDown();
    guard.close();
  }

  private static ErrorCode code(Outcome<?> outcome) {
    return outcome.fold(
        a -> ErrorCode.UNKNOWN, d -> ErrorCode.UNKNOWN, f -> f.error().code());
  }

  /** Hangs until it is interrupted or the test ends; by the ticker an hour passes at once. */
  private Callable<String> hanging(AtomicInteger calls) {
    return () -> {
      calls.incrementAndGet();
      guard.pass(Duration.ofHours(1));
      end.await();
      return "too late";
    };
  }

  /** The same, deaf to interrupts. */
  private Callable<String> deaf(CountDownLatch ended) {
    return () -> {
      guard.pass(Duration.ofHours(1));
      boolean done = false;
      while (!done) {
        try {
          end.await();
          done = true;
        } catch (InterruptedException e) {
          // Deaf is what it is to be.
          done = false;
        }
      }
      ended.countDown();
      return "too late";
    };
  }

  @Test
  void whenAllIsWell_thenTheAnswerComesFromTheExecutor() {
    Resilience vendor = guard.of(POOLED);
    assertThat(vendor.callOrThrow(Thread::currentThread)).isNotSameAs(Thread.currentThread());
    assertThat(vendor.state().freePlaces()).contains(64);
  }

  @Test
  void whenAnAttemptHangs_thenItIsGivenUpAndInterrupted() throws InterruptedException {
    Resilience vendor = guard.of(POOLED);
    CountDownLatch interrupted = new CountDownLatch(1);
    Outcome<String> outcome = vendor.callOnce(() -> {
      guard.pass(Duration.ofSeconds(3));
      try {
        end.await();
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
      return "too late";
    });
    assertThat(code(outcome)).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(outcome.failures().get(0).error()).hasMessageContaining("PT2S");
    Guard.await(interrupted);
    assertThat(vendor.state().attempts()).as("told to the breaker once").isEqualTo(1);
  }

  @Test
  void whenTheDeadlineIsOver_thenThereIsNoOtherAttempt() {
    Resilience vendor = guard.of(POOLED);
    AtomicInteger calls = new AtomicInteger();
    assertThat(code(vendor.call(hanging(calls)))).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(calls).hasValue(1);
  }

  @Test
  void whenTheTimeIsUsedUp_thenAKeptCopyIsStillServed() {
    Resilience vendor = guard.of(POOLED);
    Outcome<String> outcome =
        vendor.call(hanging(new AtomicInteger()), List.of(new Fallback<>("copy", () -> "copy")));
    assertThat(outcome.orThrow()).isEqualTo("copy");
    assertThat(outcome.degraded()).isTrue();
  }

  @Test
  void whenAFallbackHangs_thenTheNextIsAsked() {
    Resilience vendor = guard.of(POOLED);
    Outcome<String> outcome = vendor.call(
        failing(ErrorCode.DATA_NOT_FOUND),
        List.of(
            new Fallback<>("hangs", hanging(new AtomicInteger())),
            new Fallback<>("copy", () -> "copy")));
    assertThat(code(outcome))
        .as("the hanging one used up the time")
        .isIn(ErrorCode.DATA_NOT_FOUND, ErrorCode.UNKNOWN);
    assertThat(outcome.failures()).extracting(CallFailure::by).contains("hangs");
  }

  @Test
  void whenAFallbackThrowsAnError_thenItGoesToTheCaller() {
    Resilience vendor = guard.of(POOLED);
    Error error = new AssertionError("planted");
    assertThatThrownBy(() ->
            vendor.call(failing(ErrorCode.DATA_NOT_FOUND), List.of(new Fallback<>("broken", () -> {
              throw error;
            }))))
        .isSameAs(error);
  }

  @Test
  void whenWhatHangsIsDeaf_thenItKeepsItsPlaceUntilItEnds() throws InterruptedException {
    Resilience vendor = guard.of(POOLED.toBuilder().concurrent(2, Duration.ZERO).build());
    CountDownLatch ended = new CountDownLatch(2);
    vendor.callOnce(deaf(ended));
    vendor.callOnce(deaf(ended));
    assertThat(vendor.state().freePlaces()).contains(0);
    assertThat(code(vendor.call(() -> "third"))).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
    end.countDown();
    Guard.await(ended);
    // The place is given back a moment after the work has ended.
    Await.until("both places are free", () -> vendor.state().freePlaces().orElse(0) == 2);
    assertThat(vendor.callOrThrow(() -> "fourth")).isEqualTo("fourth");
    assertThat(vendor.state().attempts()).as("late ends are not told again").isEqualTo(3);
  }

  @Test
  void whenAnErrorIsThrownOnTheExecutor_thenItReachesTheCaller() {
    Resilience vendor = guard.of(POOLED);
    Error error = new StackOverflowError();
    assertThatThrownBy(() -> vendor.call(() -> {
          throw error;
        }))
        .isSameAs(error);
    assertThat(vendor.state().attempts()).isEqualTo(1);
  }

  @Test
  void whenTheCallerIsInterrupted_thenTheCallIsCancelledAndTheFlagIsKept()
      throws InterruptedException {
    Resilience vendor = guard.of(POOLED);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch given = new CountDownLatch(1);
    AtomicReference<Outcome<String>> outcome = new AtomicReference<>();
    AtomicBoolean flag = new AtomicBoolean();
    Thread caller = new Thread(() -> {
      outcome.set(vendor.call(() -> {
        begun.countDown();
        try {
          end.await();
        } catch (InterruptedException e) {
          given.countDown();
          throw e;
        }
        return "too late";
      }));
      flag.set(Thread.currentThread().isInterrupted());
    });
    caller.start();
    Guard.await(begun);
    caller.interrupt();
    caller.join(30_000);
    assertThat(code(outcome.get())).isEqualTo(ErrorCode.CANCELLED);
    assertThat(flag).isTrue();
    Guard.await(given);
    assertThat(vendor.state().attempts()).as("not the dependency's fault").isZero();
  }

  @Test
  void whenTheFirstIsLate_thenAHedgeAnswersAndTheFirstIsGivenUp() {
    Resilience vendor =
        guard.of(POOLED.toBuilder().hedgeAfter(Duration.ofMillis(100)).build());
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch given = new CountDownLatch(1);
    Outcome<String> outcome = vendor.call(() -> {
      if (calls.incrementAndGet() > 1) {
        return "hedge";
      }
      guard.pass(Duration.ofMillis(100));
      try {
        end.await();
      } catch (InterruptedException e) {
        given.countDown();
        throw e;
      }
      return "first";
    });
    assertThat(outcome.orThrow()).isEqualTo("hedge");
    assertThat(outcome).hasToString("answered by a hedge of 'vendor', after 2 attempts");
    assertThat(outcome.degraded()).isFalse();
    Guard.await(given);
    assertThat(vendor.state().hedgeWins()).isEqualTo(1);
    assertThat(vendor.state().attempts()).as("the first is of no account").isEqualTo(1);
  }

  @Test
  void whenTheHedgeFails_thenTheFirstStillCounts() throws InterruptedException {
    Resilience vendor =
        guard.of(POOLED.toBuilder().hedgeAfter(Duration.ofMillis(100)).build());
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch failed = new CountDownLatch(1);
    Outcome<String> outcome = vendor.call(() -> {
      if (calls.incrementAndGet() > 1) {
        failed.countDown();
        throw new QilinException(ErrorCode.DATA_FETCH, "the hedge");
      }
      guard.pass(Duration.ofMillis(100));
      failed.await();
      return "first";
    });
    assertThat(outcome.orThrow()).isEqualTo("first");
  }

  @Test
  void whenTheCallMustNotRunTwice_thenThereIsNoHedge() {
    Resilience vendor =
        guard.of(POOLED.toBuilder().hedgeAfter(Duration.ofMillis(100)).build());
    AtomicInteger calls = new AtomicInteger();
    assertThat(code(vendor.callOnce(hanging(calls)))).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(calls).hasValue(1);
  }

  @Test
  void whenNothingIsSaved_thenThereIsNoHedge() {
    Resilience vendor = guard.of(
        POOLED.toBuilder().retryShare(0).hedgeAfter(Duration.ofMillis(100)).build());
    AtomicInteger calls = new AtomicInteger();
    vendor.call(hanging(calls));
    assertThat(calls).hasValue(1);
    assertThat(vendor.state().hedges()).isZero();
  }

  @Test
  void whenTheExecutorIsFull_thenTheCallFailsTypedAndLaterOnesGoThrough() throws Exception {
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new SynchronousQueue<>());
    try {
      Resilience vendor = Resilience.builder(
              "vendor", POOLED, one, guard.nanos::get, guard.clock, 7)
          .build();
      CountDownLatch begun = new CountDownLatch(1);
      Future<?> busy = one.submit(() -> {
        begun.countDown();
        Guard.await(end);
      });
      Guard.await(begun);
      Outcome<String> outcome =
          vendor.call(() -> "x", List.of(new Fallback<>("copy", () -> "copy")));
      assertThat(outcome.orThrow()).as("the copy is fetched by the caller").isEqualTo("copy");
      assertThat(code(vendor.call(() -> "x"))).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
      assertThat(vendor.state().freePlaces()).contains(64);
      assertThat(vendor.state().breaker()).isEqualTo(BreakerState.CLOSED);
      end.countDown();
      busy.get(30, TimeUnit.SECONDS);
      Outcome<String> after = vendor.call(() -> "good");
      while (after.degraded() || code(after) == ErrorCode.RESOURCE_EXHAUSTED) {
        // The one thread is free a moment after its task has ended.
        after = vendor.call(() -> "good");
      }
      assertThat(after.orThrow()).isEqualTo("good");
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  void whenTheExecutorThrowsAndRunsItAllTheSame_thenItsAnswerCounts() {
    CountDownLatch begun = new CountDownLatch(1);
    Executor broken = task -> {
      guard.pool.execute(task);
      Guard.await(begun);
      throw new QilinException(ErrorCode.UNKNOWN, "the host's own tracing failed");
    };
    Resilience vendor = Resilience.builder(
            "vendor", POOLED, broken, guard.nanos::get, guard.clock, 7)
        .build();
    Outcome<String> outcome = vendor.callOnce(() -> {
      begun.countDown();
      return "sent";
    });
    assertThat(outcome.orThrow()).isEqualTo("sent");
    assertThat(vendor.state().refusals()).isZero();
    assertThat(vendor.state().freePlaces()).contains(64);
  }

  @Test
  void whenAnAttemptWaitsForAThreadForTooLong_thenItIsNeverMade() throws Exception {
    AtomicReference<Runnable> queued = new AtomicReference<>();
    Resilience vendor = Resilience.builder(
            "vendor",
            POOLED,
            task -> {
              queued.set(task);
              guard.pass(Duration.ofHours(1));
            },
            guard.nanos::get,
            guard.clock,
            7)
        .build();
    AtomicInteger calls = new AtomicInteger();
    assertThat(code(vendor.call(calls::incrementAndGet)))
        .as("not the dependency's fault")
        .isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
    assertThat(vendor.state().attempts()).isZero();
    assertThat(vendor.state().freePlaces()).contains(64);
    queued.get().run();
    assertThat(calls).hasValue(0);
    assertThat(vendor.state().freePlaces()).contains(64);
  }

  @Test
  void whenACallIsOlderThanTheOpening_thenOnlyProbesDecide() throws Exception {
    Resilience vendor = guard.of(
        POOLED.toBuilder().onCallersThread().deadline(Duration.ofHours(1)).build());
    CountDownLatch begun = new CountDownLatch(2);
    AtomicBoolean fails = new AtomicBoolean(true);
    Callable<String> old = () -> {
      boolean failing = fails.getAndSet(false);
      begun.countDown();
      end.await();
      if (failing) {
        throw new QilinException(ErrorCode.DATA_FETCH, "an old failure");
      }
      return "an old answer";
    };
    List<Future<Outcome<String>>> calls = List.of(
        guard.pool.submit(() -> vendor.callOnce(old)),
        guard.pool.submit(() -> vendor.callOnce(old)));
    Guard.await(begun);
    Guard.open(vendor);
    guard.pass(Duration.ofMillis(10_001));
    vendor.callOrThrow(() -> "probe");
    assertThat(vendor.state().breaker()).isEqualTo(BreakerState.PROBING);
    end.countDown();
    for (Future<Outcome<String>> call : calls) {
      call.get(30, TimeUnit.SECONDS);
    }
    assertThat(vendor.state().breaker()).as("two old ends later").isEqualTo(BreakerState.PROBING);
    vendor.callOrThrow(() -> "probe");
    assertThat(vendor.state().breaker()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void whenTheExecutorIsTheCallersThread_thenCallsStillWork() {
    Resilience vendor = Resilience.builder(
            "vendor", POOLED, Runnable::run, guard.nanos::get, guard.clock, 7)
        .build();
    assertThat(vendor.callOrThrow(() -> "same thread")).isEqualTo("same thread");
  }
}
