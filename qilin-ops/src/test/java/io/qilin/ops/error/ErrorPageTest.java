package io.qilin.ops.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Degradation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", ".")).resolveSibling("docs").resolve("errors.md");

  @Test
  void whenTheCodesChange_thenThePageIsWrittenAnew() throws IOException {
    String generated = ErrorPage.text();
    if ("write".equals(System.getProperty("qilin.docs"))) {
      Files.writeString(PAGE, generated);
    }
    assertThat(Files.readString(PAGE).replace("\r\n", "\n"))
        .as("docs/errors.md is generated; write it anew with: mvn -Pfast test -pl qilin-ops -am "
            + "-Dtest=ErrorPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dqilin.docs=write")
        .isEqualTo(generated);
  }

  @Test
  void whenTheJavadocIsRead_thenEveryCodeHasItsMeaning() throws IOException {
    assertThat(ErrorSource.meanings())
        .containsOnlyKeys(ErrorCode.values())
        .allSatisfy((code, meaning) -> assertThat(meaning).as("%s", code).isNotBlank());
  }

  @Test
  void whenNumbersAreGiven_thenEachIsGivenOnceInItsRange() {
    assertThat(ErrorCode.values()).hasSizeGreaterThanOrEqualTo(30);
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::number))
        .doesNotHaveDuplicates()
        .allSatisfy(number -> assertThat(number).isBetween(1000, 6999));
  }

  /** The codes that the specification numbers, with the names that they have here. */
  @ParameterizedTest
  @CsvSource({
    "1000, UNKNOWN",
    "1001, INVALID_ARGUMENT",
    "1002, INVALID_CONFIGURATION",
    "2000, DATA_FETCH",
    "2001, DATA_QUALITY",
    "2002, DATA_NOT_FOUND",
    "2003, DATA_FORMAT",
    "3000, ANALYST_FAILED",
    "3001, ANALYST_TIMEOUT",
    "3002, ANALYST_NOT_FOUND",
    "4000, TRADING",
    "4001, ORDER_INVALID",
    "4002, POSITION",
    "4003, RISK_LIMIT",
    "5000, SYSTEM",
    "5001, RESOURCE_EXHAUSTED",
    "5002, TIMEOUT",
    "5003, NETWORK",
    "6000, AUTHENTICATION",
    "6001, AUTHORIZATION",
    "6002, RATE_LIMITED"
  })
  void whenTheSpecificationNumbersACode_thenItHasThatNumber(int number, ErrorCode code) {
    assertThat(code.number()).isEqualTo(number);
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void whenACodeIsOfRiskOrSecurity_thenItsDegradationIsNoFallback(ErrorCode code) {
    if (code.number() / 1000 == 6) {
      assertThat(code.degradation()).isEqualTo(Degradation.REFUSE);
    } else if (code == ErrorCode.RISK_LIMIT || code == ErrorCode.KILL_SWITCH) {
      assertThat(code.degradation()).isEqualTo(Degradation.STOP_TRADING);
    } else if (code.number() / 1000 == 4) {
      assertThat(code.degradation()).isEqualTo(Degradation.MANUAL_INTERVENTION);
    }
    assertThat(ErrorAdvice.mend(code)).isNotBlank().doesNotEndWith(".");
  }
}
