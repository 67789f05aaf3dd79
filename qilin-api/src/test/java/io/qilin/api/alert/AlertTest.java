package io.qilin.api.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Severity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertTest {
  private static final Alert ALERT =
      new Alert(Instant.EPOCH, ErrorCode.DATA_QUALITY, "quality", "score 0.5");

  @Test
  void whenSent_thenTheSinkHasIt() {
    List<Alert> seen = new ArrayList<>();
    AlertSink sink = seen::add;
    sink.alert(ALERT);
    assertThat(seen).containsExactly(ALERT);
  }

  @Test
  void whenAPartIsNull_thenThatIsTheError() {
    assertThatNullPointerException()
        .isThrownBy(() -> new Alert(null, ErrorCode.IO, "a", "b"))
        .withMessage("at");
    assertThatNullPointerException()
        .isThrownBy(() -> new Alert(Instant.EPOCH, null, "a", "b"))
        .withMessage("code");
    assertThatNullPointerException()
        .isThrownBy(() -> new Alert(Instant.EPOCH, ErrorCode.IO, null, "b"))
        .withMessage("source");
    assertThatNullPointerException()
        .isThrownBy(() -> new Alert(Instant.EPOCH, ErrorCode.IO, "a", null))
        .withMessage("message");
  }

  @Test
  void whenNothingElseIsSaid_thenItIsAsBadAsItsCode() {
    assertThat(ALERT.severity()).isEqualTo(ErrorCode.DATA_QUALITY.severity());
    assertThat(ALERT.figures()).isEmpty();
  }

  @Test
  void whenItHasFigures_thenTheyAreACopyInTheOrderOfTheirNames() {
    Map<String, BigDecimal> figures = new HashMap<>();
    figures.put("required", BigDecimal.TEN);
    figures.put("available", BigDecimal.ONE);
    Alert alert =
        new Alert(Instant.EPOCH, ErrorCode.INSUFFICIENT_CASH, "a", "b", Severity.CRITICAL, figures);
    figures.clear();
    assertThat(alert.figures().keySet()).containsExactly("available", "required");
    assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
  }
}
