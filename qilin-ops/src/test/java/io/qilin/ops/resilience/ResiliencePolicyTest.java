package io.qilin.ops.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResiliencePolicyTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration NEGATIVE = Duration.ofNanos(-1);

  @Test
  void whenNothingIsSet_thenTheDefaultsAreThoseOfTheDocumentation() {
    ResiliencePolicy policy = ResiliencePolicy.DEFAULT;
    assertThat(policy.attempts()).isEqualTo(2);
    assertThat(policy.retryShare()).isEqualTo(0.1);
    assertThat(policy.breakerWindow()).isEqualTo(20);
    assertThat(policy.breakerMinimumCalls()).isEqualTo(10);
    assertThat(policy.breakerFailureShare()).isEqualTo(0.5);
    assertThat(policy.breakerSlowCall()).isEqualTo(Duration.ofSeconds(2));
    assertThat(policy.breakerOpen()).isEqualTo(Duration.ofSeconds(10));
    assertThat(policy.breakerOpenJitter()).isEqualTo(0.1);
    assertThat(policy.breakerProbes()).isEqualTo(2);
    assertThat(policy.attemptTimeout()).contains(Duration.ofSeconds(2));
    assertThat(policy.deadline()).contains(Duration.ofSeconds(10));
    assertThat(policy.concurrent()).contains(64);
    assertThat(policy.rateLimit()).isEmpty();
    assertThat(policy.hedgeAfter()).isEmpty();
  }

  @Test
  void whenABuilderIsMadeFromAPolicy_thenItBuildsTheSame() {
    ResiliencePolicy policy = ResiliencePolicy.builder()
        .attempts(3)
        .backoff(Duration.ofMillis(7), Duration.ofMillis(70))
        .retryShare(0.2)
        .breakerWindow(40, 20)
        .breakerFailureShare(0.3)
        .breakerSlow(Duration.ofMillis(300), 0.4)
        .breakerOpen(Duration.ofSeconds(3), 0.5)
        .breakerProbes(4)
        .attemptTimeout(Duration.ofMillis(400))
        .deadline(SECOND)
        .concurrent(5, Duration.ofMillis(6))
        .rateLimit(8, SECOND, Duration.ofMillis(9))
        .hedgeAfter(Duration.ofMillis(100))
        .build();
    assertThat(policy.toBuilder().build()).isEqualTo(policy);
    assertThat(policy.toBuilder().withoutConcurrencyLimit().build().concurrent())
        .isEmpty();
    assertThat(policy.toBuilder().onCallersThread().build().deadline()).isEqualTo(Optional.empty());
  }

  private static Arguments wrong(String name, UnaryOperator<ResiliencePolicy.Builder> change) {
    return Arguments.of(name, change);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong("attempts", b -> b.attempts(0)),
        wrong("attempts", b -> b.attempts(4)),
        wrong("backoff", b -> b.backoff(NEGATIVE, SECOND)),
        wrong("longestBackoff", b -> b.backoff(SECOND, Duration.ofDays(2))),
        wrong("retryShare", b -> b.retryShare(Double.NaN)),
        wrong("retryShare", b -> b.retryShare(1.1)),
        wrong("breakerWindow", b -> b.breakerWindow(0, 0)),
        wrong("breakerWindow", b -> b.breakerWindow(10_001, 1)),
        wrong("breakerMinimumCalls", b -> b.breakerWindow(10, 11)),
        wrong("breakerFailureShare", b -> b.breakerFailureShare(0)),
        wrong("breakerFailureShare", b -> b.breakerFailureShare(Double.POSITIVE_INFINITY)),
        wrong("breakerSlowCall", b -> b.breakerSlow(Duration.ZERO, 0.5)),
        wrong("breakerSlowShare", b -> b.breakerSlow(SECOND, -0.1)),
        wrong("breakerOpen", b -> b.breakerOpen(Duration.ofNanos(999_999), 0)),
        wrong("breakerOpenJitter", b -> b.breakerOpen(SECOND, 1.5)),
        wrong("breakerProbes", b -> b.breakerProbes(0)),
        wrong("attemptTimeout", b -> b.attemptTimeout(Duration.ZERO)),
        wrong("deadline", b -> b.deadline(Duration.ofDays(400_000_000_000L))),
        wrong("concurrent", b -> b.concurrent(0, Duration.ZERO)),
        wrong("concurrentWait", b -> b.concurrent(1, NEGATIVE)),
        wrong("rateLimit", b -> b.rateLimit(0, SECOND, Duration.ZERO)),
        wrong("ratePeriod", b -> b.rateLimit(1, Duration.ZERO, Duration.ZERO)),
        wrong("rateWait", b -> b.rateLimit(1, SECOND, NEGATIVE)),
        wrong("hedgeAfter", b -> b.hedgeAfter(Duration.ZERO)),
        wrong("hedgeAfter", b -> b.hedgeAfter(Duration.ofSeconds(2))),
        wrong("hedgeAfter", b -> b.onCallersThread().deadline(SECOND).hedgeAfter(SECOND)));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whenAPartIsOutOfRange_thenItIsRefusedByName(
      String name, UnaryOperator<ResiliencePolicy.Builder> change) {
    ResiliencePolicy.Builder builder = change.apply(ResiliencePolicy.builder());
    assertThatThrownBy(builder::build)
        .isInstanceOfSatisfying(
            QilinException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
        .hasMessageContaining(name);
  }
}
