package io.qilin.security.pii;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.qilin.api.error.QilinException;
import io.qilin.security.FuzzBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** What is found lies in the text, in order and apart; what is masked shows no more than before. */
class PiiFuzzTest {
  private static final PiiDetector DETECTOR = PiiDetector.standard();
  private static final PiiRedactor REDACTOR = PiiRedactor.masking();

  static List<byte[]> texts() {
    return List.of(
        bytes("{\"a\":\"13800138000 x@y.cn 6222021001122334455\"}"),
        bytes("电话 010-62345678转12, +86 138-0013-8000, +44 20 7946 0958, (415) 555-2671"),
        bytes("身份证 11010519491231002X 护照 E12345678 车牌 京A12345 微信 wxid_abc123"),
        bytes("192.168.1.1 2001:db8::1 DE89370400440532013000 4111-1111-1111-1111"),
        bytes("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2 eyJhbGciOiJub25lIn0.e30. sk-abc"));
  }

  static List<byte[]> jsons() {
    return List.of(
        bytes("{\"a\":\"13800138000 x@y.cn 6222021001122334455\"}"),
        bytes("{\"phone\":13800138000,\"b\":[true,null,-1.5e3,{\"c\":\"\\u0031\\ud83d\\ude00\"}]}"),
        // Written out, each was more than the heap holds.
        bytes("[65200864e+455202079,3.1e100000097,1e-0081080000]"),
        bytes("[\"+44 20 7946 0958\",{\"id\":\"11010519491231002X\"}]"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whenFuzzedShortly_thenAllHolds() {
    FuzzBytes.shortRun(150, texts(), this::whenATextIsAnything_thenFindingsLieInItApart);
    FuzzBytes.shortRun(150, jsons(), this::whenJsonIsAnything_thenItIsMaskedOrRefused);
  }

  @MethodSource("texts")
  @FuzzTest
  void whenATextIsAnything_thenFindingsLieInItApart(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int last = 0;
    for (PiiFinding found : DETECTOR.find(text)) {
      assertThat(found.start()).isGreaterThanOrEqualTo(last);
      assertThat(found.end()).isBetween(found.start() + 1, text.length());
      last = found.end();
    }
    assertThat(digits(REDACTOR.text(text))).isLessThanOrEqualTo(digits(text));
  }

  private static long digits(String text) {
    return text.chars().filter(Character::isDigit).count();
  }

  @MethodSource("jsons")
  @FuzzTest
  void whenJsonIsAnything_thenItIsMaskedOrRefused(byte[] json) {
    try {
      assertThat(REDACTOR.json(json)).isNotNull();
    } catch (QilinException refused) {
      assertThat(refused).hasMessageStartingWith("QILIN-");
    }
  }
}
