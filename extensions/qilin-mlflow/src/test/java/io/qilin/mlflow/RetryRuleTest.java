package io.qilin.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetryRuleTest {
  private final AtomicLong now = new AtomicLong();
  private final List<Long> pauses = new ArrayList<>();

  private Calls calls(int attempts) {
    return new Calls(
        attempts,
        Duration.ofSeconds(10),
        now::get,
        nanos -> {
          pauses.add(nanos);
          now.addAndGet(nanos);
        },
        new Random(1));
  }

  private static CallFailure busy(OptionalLong wait) {
    return CallFailure.again(new QilinException(ErrorCode.STORE_UNAVAILABLE, "busy"), wait);
  }

  private static HttpHeaders headers(String... pairs) {
    Map<String, List<String>> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], List.of(pairs[i + 1]));
    }
    return HttpHeaders.of(map, (name, value) -> true);
  }

  @Test
  void whenTheServerNamesAWait_thenItIsRead() {
    assertThat(RetryRule.serverWait(headers("Retry-After", "3"))).hasValue(3_000_000_000L);
    assertThat(RetryRule.serverWait(headers(
            "Retry-After", "Tue, 2 Jan 2024 07:00:05 GMT", "Date", "Tue, 2 Jan 2024 07:00:00 GMT")))
        .hasValue(5_000_000_000L);
    for (String wait :
        new String[] {"", "-1", "soon", "99999999999", "Tue, 2 Jan 2024 07:00:05 GMT"}) {
      assertThat(RetryRule.serverWait(headers("Retry-After", wait))).as(wait).isEmpty();
    }
  }

  @Test
  void whenTheServerNamesNone_thenWaitsGrowAndDiffer() {
    assertThat(RetryRule.ownWait(0, 0)).isEqualTo(200_000_000L);
    assertThat(RetryRule.ownWait(1, 0)).isEqualTo(400_000_000L);
    assertThat(RetryRule.ownWait(1, 1)).isEqualTo(200_000_000L);
    assertThat(RetryRule.ownWait(30, 0)).isEqualTo(5_000_000_000L);
  }

  @Test
  void whenAttemptsAreUsedUp_thenTheLastFailureIsThrown() {
    int[] tried = new int[1];
    MlflowFaultsTest.refuses(
        ErrorCode.STORE_UNAVAILABLE,
        () -> calls(3).safe(Duration.ofMinutes(1), left -> {
          tried[0]++;
          throw busy(OptionalLong.of(7));
        }));
    assertThat(tried[0]).isEqualTo(3);
    assertThat(pauses).containsExactly(7L, 7L);
  }

  @Test
  void whenTheWaitIsLongerThanTheTimeLeft_thenItIsNotWaited() {
    MlflowFaultsTest.refuses(
        ErrorCode.STORE_UNAVAILABLE,
        () -> calls(3).safe(Duration.ofSeconds(5), left -> {
          throw busy(OptionalLong.of(6_000_000_000L));
        }));
    assertThat(pauses).isEmpty();
  }

  @Test
  void whenSomethingIsMade_thenAnAttemptHasAllTheTimeAndIsLookedUpAndNotRepeated() {
    List<Long> given = new ArrayList<>();
    int[] looked = new int[1];
    QilinException thrown = MlflowFaultsTest.refuses(
        ErrorCode.TIMEOUT,
        () -> calls(4)
            .once(
                Duration.ofSeconds(30),
                left -> {
                  given.add(left);
                  now.addAndGet(left);
                  throw CallFailure.again(new QilinException(ErrorCode.TIMEOUT, "slow"));
                },
                () -> {
                  looked[0]++;
                  throw new QilinException(ErrorCode.STORE_UNAVAILABLE, "busy");
                }));
    assertThat(given).containsExactly(30_000_000_000L);
    assertThat(looked[0]).isEqualTo(1);
    assertThat(thrown.getSuppressed()).hasSize(1);
  }

  @Test
  void whenTheAnswerToSomethingMadeIsLost_thenItIsFound() {
    String made = calls(4)
        .once(
            Duration.ofSeconds(30),
            left -> {
              now.addAndGet(left);
              throw CallFailure.again(new QilinException(ErrorCode.TIMEOUT, "slow"));
            },
            () -> Optional.of("it"));
    assertThat(made).isEqualTo("it");
  }
}
