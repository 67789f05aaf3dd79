package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.qilin.api.alert.Alert;
import io.qilin.api.error.ErrorCode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordingAlertSinkTest {
  private final RecordingAlertSink sink = new RecordingAlertSink();

  private static Alert alert(String message) {
    return new Alert(Instant.EPOCH, ErrorCode.DATA_QUALITY, "quality", message);
  }

  @Test
  void whenAlertsArrive_thenTheyAreKeptInOrder() {
    sink.alert(alert("one"));
    sink.alert(alert("two"));
    assertThat(sink.alerts()).extracting(Alert::message).containsExactly("one", "two");
    sink.clear();
    assertThat(sink.alerts()).isEmpty();
  }

  @Test
  void whenNull_thenThatIsTheError() {
    assertThatNullPointerException().isThrownBy(() -> sink.alert(null)).withMessage("alert");
  }
}
