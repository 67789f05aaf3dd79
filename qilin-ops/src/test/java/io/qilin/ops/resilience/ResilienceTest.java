package io.qilin.ops.resilience;

import static io.qilin.ops.resilience.Guard.DIRECT;
import static io.qilin.ops.resilience.Guard.failing;
import static io.qilin.ops.resilience.Guard.failingFirst;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.health.HealthStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls on the calling thread. */
@Timeout(60)
class ResilienceTest {
  private final Guard guard = new Guard();

  @AfterEach
  void close() {
    guard.close();
  }

  private static ErrorCode code(Outcome<?> outcome) {
    return outcome.fold(
        a -> ErrorCode.UNKNOWN, d -> ErrorCode.UNKNOWN, f -> f.error().code());
  }

  private static Origin origin(Outcome<?> outcome) {
    return outcome.fold(Outcome.Answered::origin, Outcome.Degraded::origin, failed -> {
      throw failed.error();
    });
  }

  @Test
  void whenAllIsWell_thenTheAnswerIsOfTheDependencyAtOnce() {
    Resilience vendor = guard.of(DIRECT);
    Thread caller = Thread.currentThread();
    Outcome<Thread> outcome = vendor.call(Thread::currentThread);
    assertThat(outcome.orThrow()).isSameAs(caller);
    assertThat(outcome.degraded()).isFalse();
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome).hasToString("answered by 'vendor', after 1 attempt");
    assertThat(vendor.callOrThrow(() -> 1)).isEqualTo(1);
    assertThat(vendor.health().status()).isEqualTo(HealthStatus.HEALTHY);
  }

  @Test
  void whenTheFirstAttemptFails_thenTheSecondFollowsAfterAPause() {
    Resilience vendor = guard.of(DIRECT);
    Outcome<String> outcome = vendor.call(failingFirst(1, ErrorCode.DATA_FETCH));
    assertThat(outcome.orThrow()).isEqualTo("good");
    assertThat(outcome)
        .hasToString("answered by 'vendor', after 2 attempts; met [vendor #1: DATA_FETCH]");
    assertThat(vendor.callOrThrow(failingFirst(1, ErrorCode.DATA_FETCH))).isEqualTo("good");
    assertThat(guard.pauses)
        .hasSize(2)
        .allSatisfy(pause -> assertThat(pause).isBetween(Duration.ZERO, Duration.ofMillis(100)));
    assertThat(vendor.state().retries()).isEqualTo(2);
  }

  @Test
  void whenAFailureIsNotTransient_thenThereIsOneAttempt() {
    Resilience vendor = guard.of(DIRECT);
    Outcome<String> outcome = vendor.call(failingFirst(1, ErrorCode.DATA_NOT_FOUND));
    assertThat(code(outcome)).isEqualTo(ErrorCode.DATA_NOT_FOUND);
    assertThat(outcome).hasToString("FAILED with DATA_NOT_FOUND; met [vendor #1: DATA_NOT_FOUND]");
  }

  @Test
  void whenTheHostSaysWhatIsTransient_thenThatCounts() {
    Resilience vendor = guard
        .builder(DIRECT)
        .transientWhen(e -> e.code() == ErrorCode.DATA_FORMAT)
        .build();
    assertThat(vendor.callOrThrow(failingFirst(1, ErrorCode.DATA_FORMAT))).isEqualTo("good");
    assertThatThrownBy(() -> vendor.callOrThrow(failingFirst(1, ErrorCode.DATA_FETCH)))
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenACallMustNotBeRepeated_thenItIsNot() {
    Resilience vendor = guard.of(DIRECT);
    assertThat(code(vendor.callOnce(failingFirst(1, ErrorCode.DATA_FETCH))))
        .isEqualTo(ErrorCode.DATA_FETCH);
  }

  @Test
  void whenNothingIsSavedYet_thenThereIsNoRetry() {
    Resilience vendor = guard.of(DIRECT.toBuilder().retryShare(0.1).build());
    for (int i = 0; i < 9; i++) {
      assertThat(code(vendor.call(failingFirst(1, ErrorCode.DATA_NOT_FOUND)))).isNotNull();
    }
    assertThat(vendor.callOrThrow(failingFirst(1, ErrorCode.DATA_FETCH))).isEqualTo("good");
    assertThat(code(vendor.call(failingFirst(1, ErrorCode.DATA_FETCH))))
        .isEqualTo(ErrorCode.DATA_FETCH);
  }

  @Test
  void whenTheExceptionIsNotQilins_thenItIsTypedAndItsWordsStayInTheCause() {
    Resilience vendor = guard.of(DIRECT.toBuilder().attempts(1).build());
    IOException lost = new IOException("jdbc://me:secret@host");
    assertThatThrownBy(() -> vendor.callOrThrow(() -> {
          throw lost;
        }))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO))
        .hasCause(lost)
        .hasMessageNotContaining("secret");
    assertThat(code(vendor.call(() -> {
          throw new java.util.ConcurrentModificationException();
        })))
        .isEqualTo(ErrorCode.UNKNOWN);
    assertThat(vendor.state().failures()).isEqualTo(2);
  }

  @Test
  @SuppressWarnings("NullAway") // what breaks its word is the case
  void whenNullIsAnswered_thenThatIsAFailure() {
    Resilience vendor = guard.of(DIRECT);
    assertThat(code(vendor.call(() -> null))).isEqualTo(ErrorCode.UNKNOWN);
    assertThat(vendor.state().failures()).isEqualTo(1);
  }

  @Test
  void whenAnErrorIsThrown_thenItGoesToTheCallerAndIsCounted() {
    Resilience vendor = guard.of(DIRECT.toBuilder().breakerWindow(1, 1).build());
    Error error = new StackOverflowError();
    Callable<String> broken = () -> {
      throw error;
    };
    assertThatThrownBy(() -> vendor.call(broken, List.of(new Fallback<>("copy", () -> "copy"))))
        .isSameAs(error);
    assertThat(vendor.state().breaker()).isEqualTo(BreakerState.OPEN);
    assertThat(vendor.state().freePlaces()).contains(64);
  }

  @Test
  void whenTheCallIsInterrupted_thenItIsCancelledAndTheFlagIsKept() {
    Resilience vendor = guard.of(DIRECT);
    Outcome<String> outcome = vendor.call(() -> {
      throw new InterruptedException();
    });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(code(outcome)).isEqualTo(ErrorCode.CANCELLED);
    assertThat(vendor.state().attempts()).as("told to the breaker").isZero();
  }

  @Test
  void whenThePauseIsInterrupted_thenTheCallIsCancelled() {
    Resilience vendor = guard
        .builder(DIRECT)
        .pause(length -> {
          throw new InterruptedException();
        })
        .build();
    Outcome<String> outcome =
        vendor.call(failing(ErrorCode.DATA_FETCH), List.of(new Fallback<>("copy", () -> "copy")));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(code(outcome)).isEqualTo(ErrorCode.CANCELLED);
  }

  @Test
  void whenHalfOfTenCallsFail_thenTheBreakerOpensAndNothingIsCalledAnyMore() {
    Resilience vendor = guard.of(DIRECT);
    AtomicInteger calls = new AtomicInteger();
    for (int i = 0; i < 10; i++) {
      int call = i;
      vendor.callOnce(() -> {
        calls.incrementAndGet();
        if (call % 2 == 0) {
          throw new QilinException(ErrorCode.DATA_FETCH, "down");
        }
        return call;
      });
    }
    assertThat(vendor.state().breaker()).isEqualTo(BreakerState.OPEN);
    assertThat(vendor.state().failureShare()).isEqualTo(0.5);
    Outcome<Integer> refused = vendor.call(calls::incrementAndGet);
    assertThat(code(refused)).isEqualTo(ErrorCode.NETWORK);
    assertThat(calls).hasValue(10);
    assertThat(vendor.health().status()).isEqualTo(HealthStatus.UNHEALTHY);
    assertThat(vendor.health().reason()).contains("vendor #1: DATA_FETCH");
  }

  @Test
  void whenTheOpenTimeIsOver_thenTwoProbesDecide() {
    Resilience vendor = guard.of(DIRECT);
    Guard.open(vendor);
    guard.pass(Duration.ofSeconds(10));
    assertThat(code(vendor.call(() -> "early"))).isEqualTo(ErrorCode.NETWORK);
    guard.pass(Duration.ofMillis(1));
    assertThat(vendor.callOrThrow(() -> "probe")).isEqualTo("probe");
    assertThat(vendor.state().breaker()).isEqualTo(BreakerState.PROBING);
    assertThat(vendor.health().status()).isEqualTo(HealthStatus.DEGRADED);
    vendor.callOrThrow(() -> "probe");
    assertThat(vendor.state().breaker()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void whenCallsAreSlow_thenTheBreakerOpensToo() {
    Resilience vendor = guard.of(DIRECT);
    for (int i = 0; i < 10; i++) {
      vendor.callOrThrow(() -> {
        guard.pass(Duration.ofMillis(2_001));
        return "late";
      });
    }
    assertThat(vendor.state().breaker()).isEqualTo(BreakerState.OPEN);
    assertThat(vendor.state().latency().p50()).isEqualTo(Duration.ofMillis(2_001));
  }

  @Test
  void whenTheCallerIsToBlame_thenTheBreakerStaysClosed() {
    Resilience vendor = guard.of(DIRECT);
    for (int i = 0; i < 100; i++) {
      vendor.call(failing(ErrorCode.INVALID_ARGUMENT));
    }
    assertThat(vendor.state().breaker()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void whenTheDependencyFails_thenTheFirstFallbackThatAnswersStandsInAndSaysSo() {
    Resilience vendor = guard.of(DIRECT);
    Instant fetched = Guard.START.minus(Duration.ofHours(3));
    List<Fallback<String>> chain = List.of(
        new Fallback<>("second", failing(ErrorCode.TIMEOUT)),
        new Fallback<>("kept copy", () -> "old", any -> Optional.of(fetched)),
        new Fallback<>("never", () -> "never"));
    Outcome<String> outcome = vendor.call(failing(ErrorCode.DATA_FETCH), chain);
    assertThat(outcome.degraded()).isTrue();
    assertThat(outcome.orThrow()).isEqualTo("old");
    assertThat(origin(outcome))
        .isEqualTo(
            new Origin(Origin.Kind.FALLBACK, "kept copy", 2, Optional.of(Duration.ofHours(3))));
    assertThat(outcome)
        .hasToString("DEGRADED: answered by fallback 'kept copy', PT3H old, after 2 attempts; met "
            + "[vendor #1: DATA_FETCH, vendor #2: DATA_FETCH, second #1: TIMEOUT]");
  }

  @Test
  void whenACopyIsFromTheFuture_thenItsAgeIsZero() {
    Resilience vendor = guard.of(DIRECT);
    Outcome<String> outcome = vendor.call(
        failing(ErrorCode.DATA_FETCH),
        List.of(new Fallback<>("copy", () -> "old", any -> Optional.of(Instant.MAX))));
    assertThat(origin(outcome).age()).contains(Duration.ZERO);
  }

  @Test
  void whenTheHostsOwnRulesThrow_thenTheFailureStaysWhatItIs() {
    Resilience vendor = guard
        .builder(DIRECT)
        .transientWhen(failed -> {
          throw new java.util.ConcurrentModificationException();
        })
        .build();
    Fallback<String> broken = new Fallback<>("broken", () -> "old", any -> {
      throw new java.util.ConcurrentModificationException();
    });
    Outcome<String> outcome = vendor.call(failing(ErrorCode.DATA_FETCH), List.of(broken));
    assertThat(code(outcome)).isEqualTo(ErrorCode.DATA_FETCH);
    assertThat(outcome.failures()).hasSize(2);
  }

  @Test
  void whenAllFallbacksFail_thenTheErrorIsThatOfTheDependency() {
    Resilience vendor = guard.of(DIRECT);
    Outcome<String> outcome = vendor.call(
        failing(ErrorCode.DATA_FETCH),
        List.of(new Fallback<>("second", failing(ErrorCode.TIMEOUT))));
    assertThat(code(outcome)).isEqualTo(ErrorCode.DATA_FETCH);
    assertThat(outcome.failures()).extracting(CallFailure::by).contains("second");
    assertThat(vendor.state().failedCalls()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void whenRiskOrSecurityFails_thenNothingStandsIn(ErrorCode failure) {
    Resilience vendor = guard.of(DIRECT.toBuilder().attempts(1).build());
    Outcome<String> outcome =
        vendor.call(failing(failure), List.of(new Fallback<>("second", () -> "second")));
    boolean never = failure.degradation() == ErrorCode.Degradation.REFUSE
        || failure.degradation() == ErrorCode.Degradation.STOP_TRADING
        || failure == ErrorCode.INVALID_ARGUMENT
        || failure == ErrorCode.INVALID_CONFIGURATION
        || failure == ErrorCode.CANCELLED
        || failure == ErrorCode.LOOK_AHEAD;
    assertThat(outcome.degraded()).isEqualTo(!never);
    if (never) {
      assertThat(code(outcome)).isEqualTo(failure);
    }
  }

  @Test
  void whenTheBreakerOpensBetweenAttempts_thenTheErrorIsStillThatOfTheDependency() {
    Resilience vendor = guard.of(DIRECT.toBuilder().breakerWindow(1, 1).build());
    Outcome<String> outcome = vendor.call(failing(ErrorCode.DATA_FETCH));
    assertThat(code(outcome)).isEqualTo(ErrorCode.DATA_FETCH);
    assertThat(outcome.failures())
        .extracting(failure -> failure.error().code())
        .containsExactly(ErrorCode.DATA_FETCH, ErrorCode.NETWORK);
  }

  @Test
  void whenTheRateIsUsedUp_thenACallWaitsForTheNextPeriodOrIsRefused() {
    ResiliencePolicy limited =
        DIRECT.toBuilder().rateLimit(2, Duration.ofSeconds(1), Duration.ZERO).build();
    Resilience vendor = guard.of(limited);
    vendor.callOrThrow(() -> 1);
    vendor.callOrThrow(() -> 2);
    assertThat(vendor.state().freePermits()).contains(0);
    assertThat(code(vendor.call(() -> 3))).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
    guard.pass(Duration.ofSeconds(1));
    assertThat(vendor.callOrThrow(() -> 4)).isEqualTo(4);

    vendor.policy(limited.toBuilder()
        .rateLimit(1, Duration.ofSeconds(1), Duration.ofSeconds(2))
        .build());
    vendor.callOrThrow(() -> 5);
    assertThat(vendor.callOrThrow(() -> 6)).isEqualTo(6);
    assertThat(guard.pauses).isNotEmpty();
  }

  @Test
  void whenAllPlacesAreTaken_thenTheCallIsRefusedAndTheBreakerHearsNothing() {
    Resilience vendor = guard.of(DIRECT.toBuilder().concurrent(1, Duration.ZERO).build());
    Outcome<ErrorCode> outcome = vendor.call(() -> {
      assertThat(vendor.health().status()).isEqualTo(HealthStatus.DEGRADED);
      return code(vendor.call(() -> "within"));
    });
    assertThat(outcome.orThrow()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
    assertThat(vendor.state().refusals()).isEqualTo(1);
    assertThat(vendor.state().attempts()).isEqualTo(1);
    assertThat(vendor.state().freePlaces()).contains(1);
  }

  @Test
  void whenThePolicyChanges_thenWhatIsRememberedStaysWhereItsSettingsDo() {
    Resilience vendor = guard.of(DIRECT);
    Guard.open(vendor);
    vendor.policy(DIRECT.toBuilder().attempts(3).concurrent(2, Duration.ZERO).build());
    assertThat(vendor.state().breaker()).isEqualTo(BreakerState.OPEN);
    assertThat(vendor.state().freePlaces()).contains(2);
    vendor.policy(DIRECT.toBuilder().breakerProbes(1).build());
    assertThat(vendor.state().breaker()).isEqualTo(BreakerState.CLOSED);
    assertThat(vendor.policy().breakerProbes()).isEqualTo(1);
  }

  @Test
  void whenThePolicyChangesDuringACall_thenTheCallEndsByItsOwn() {
    Resilience vendor = guard.of(DIRECT.toBuilder().concurrent(1, Duration.ZERO).build());
    vendor.callOrThrow(() -> {
      vendor.policy(DIRECT.toBuilder().concurrent(3, Duration.ZERO).build());
      return "under way";
    });
    assertThat(vendor.state().freePlaces())
        .as("the place was given back where it was taken")
        .contains(3);
  }

  @Test
  void whenManyFailuresWereMet_thenTheLastEightAreRemembered() {
    Resilience vendor = guard.of(DIRECT.toBuilder().attempts(1).build());
    for (int i = 0; i < 9; i++) {
      guard.clock.advance(Duration.ofSeconds(1));
      vendor.call(failing(i == 0 ? ErrorCode.IO : ErrorCode.DATA_NOT_FOUND));
    }
    assertThat(vendor.state().lastFailures())
        .hasSize(8)
        .allSatisfy(
            seen -> assertThat(seen.failure().error().code()).isEqualTo(ErrorCode.DATA_NOT_FOUND));
    assertThat(vendor.state().lastFailures().get(7).at()).isEqualTo(Guard.START.plusSeconds(9));
  }

  @Test
  void whenANameCannotBeATag_thenItIsRefused() {
    assertThatThrownBy(
            () -> Resilience.builder("Vendor A", DIRECT, Runnable::run, () -> 0, guard.clock, 1)
                .build())
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining("'Vendor A'");
  }

  @Test
  void whenTheSeedIsTheSame_thenThePausesAre() {
    Guard other = new Guard();
    for (Guard each : List.of(guard, other)) {
      Resilience vendor = each.of(DIRECT.toBuilder().attempts(3).build());
      for (int i = 0; i < 5; i++) {
        vendor.call(failing(ErrorCode.DATA_FETCH));
      }
    }
    assertThat(guard.pauses).isNotEmpty().isEqualTo(other.pauses);
    other.close();
  }
}
