package io.qilin.security.screening;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.qilin.security.FuzzBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A verdict for everything, the same twice. */
class ScreenerFuzzTest {
  private static final RequestScreener STRICT =
      RequestScreener.builder().paranoia(4).build();

  private static final List<String> TYPES = List.of(
      "application/json",
      "application/xml",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=b",
      "text/plain");

  @Test
  void whenFuzzedShortly_thenAllHolds() {
    byte[] attack =
        "1' or '1'='1; <script>x</script> ../../etc/passwd".getBytes(StandardCharsets.UTF_8);
    FuzzBytes.shortRun(100, attack, this::whenATextIsAnything_thenThereIsOneVerdict);
    FuzzBytes.shortRun(100, attack, this::whenARequestIsAnything_thenThereIsAVerdict);
  }

  @FuzzTest
  void whenATextIsAnything_thenThereIsOneVerdict(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    Verdict verdict = RequestScreener.DEFAULT.screenText("q", text);
    assertThat(RequestScreener.DEFAULT.screenText("q", text)).isEqualTo(verdict);
    // What the first level refuses, a higher one does.
    assertThat(verdict.refused() && !STRICT.screenText("q", text).refused()).isFalse();
  }

  @FuzzTest
  void whenARequestIsAnything_thenThereIsAVerdict(byte[] bytes) {
    FuzzBytes data = new FuzzBytes(bytes);
    ScreenedRequest.Builder request = ScreenedRequest.builder(data.text(10), data.text(100));
    for (int i = data.number(5); i > 0; i--) {
      request.header(data.text(20), data.text(60));
    }
    ScreenedRequest built = request
        .header("Content-Type", TYPES.get(data.number(TYPES.size() - 1)))
        .body(data.rest())
        .build();
    assertThat(RequestScreener.DEFAULT.screen(built)).isNotNull();
  }
}
