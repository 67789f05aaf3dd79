package io.qilin.security.screening;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.qilin.security.FuzzBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

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

  static List<byte[]> texts() {
    return List.of(
        bytes("1' or '1'='1; <script>x</script> ../../etc/passwd"),
        bytes("%2527%2520union/**/select%20@@version--"),
        bytes("&lt;svg/onload&#x3d;alert(1)&gt; \\u003cimg src=x onerror=y&rpar;"),
        bytes("$(c''at${IFS}/e?c/pass*) | powershell -enc YQBiAA=="),
        bytes("${jndi:ldap://x/a} #{T(java.lang.Runtime)} {{7*7}} PHNjcmlwdD4="),
        bytes("O'Brien asked for 5 > 3 and Müller & Söhne 100% 沪深300"));
  }

  static List<byte[]> requests() {
    return List.of(
        request(0, "{\"a\":[1,\"' or 1=1--\",{\"b\":null}]}"),
        request(1, "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///x'>]><a>&b;</a>"),
        request(2, "a=1&a=2&b=%3Cscript%3E&c"),
        request(
            3,
            "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.jsp\"\r\n\r\nx\r\n--b--\r\n"),
        request(4, "plain"));
  }

  private static byte[] request(int type, String body) {
    return FuzzBytes.of("POST", "/a/..;/b?c=d%00", 1, "Cookie", "a=1; b=2", type, bytes(body));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whenFuzzedShortly_thenAllHolds() {
    FuzzBytes.shortRun(100, texts(), this::whenATextIsAnything_thenThereIsOneVerdict);
    FuzzBytes.shortRun(100, requests(), this::whenARequestIsAnything_thenThereIsAVerdict);
  }

  @MethodSource("texts")
  @FuzzTest
  void whenATextIsAnything_thenThereIsOneVerdict(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    Verdict verdict = RequestScreener.DEFAULT.screenText("q", text);
    assertThat(RequestScreener.DEFAULT.screenText("q", text)).isEqualTo(verdict);
    // What the first level refuses, a higher one does.
    assertThat(verdict.refused() && !STRICT.screenText("q", text).refused()).isFalse();
  }

  @MethodSource("requests")
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
