package io.qilin.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode.Degradation;
import io.qilin.api.error.ErrorCode.Severity;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {
  @Test
  void whenListed_thenThereAreThirtyOrMoreWithNumbersOfTheirOwn() {
    assertThat(ErrorCode.values()).hasSizeGreaterThanOrEqualTo(30);
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::number)).doesNotHaveDuplicates();
  }

  @Test
  void whenListed_thenNumbersAscendInsideTheSixRanges() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::number))
        .isSorted()
        .allMatch(number -> number >= 1000 && number <= 6999);
    assertThat(
            Arrays.stream(ErrorCode.values()).map(code -> code.number() / 1000).distinct())
        .containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void whenRiskForbids_thenTradingStops() {
    assertThat(ErrorCode.RISK_LIMIT.degradation()).isEqualTo(Degradation.STOP_TRADING);
    assertThat(ErrorCode.KILL_SWITCH.degradation()).isEqualTo(Degradation.STOP_TRADING);
    assertThat(ErrorCode.RISK_LIMIT.severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void whenSecurityFails_thenTheCallIsRefused() {
    assertThat(ErrorCode.values())
        .filteredOn(code -> code.number() >= 6000)
        .allMatch(code -> code.degradation() == Degradation.REFUSE);
  }

  @Test
  void whenAnAnalystFails_thenItAbstains() {
    assertThat(ErrorCode.ANALYST_FAILED.degradation()).isEqualTo(Degradation.ABSTAIN);
    assertThat(ErrorCode.ANALYST_TIMEOUT.degradation()).isEqualTo(Degradation.ABSTAIN);
  }

  @Test
  void whenTheCallerErred_thenRetryingCannotHelp() {
    assertThat(ErrorCode.INVALID_ARGUMENT.retryable()).isFalse();
    assertThat(ErrorCode.DATA_FORMAT.retryable()).isFalse();
    assertThat(ErrorCode.DATA_FETCH.retryable()).isTrue();
    assertThat(ErrorCode.NETWORK.retryable()).isTrue();
  }
}
