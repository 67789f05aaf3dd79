package io.qilin.security.pii;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.qilin.api.error.QilinException;
import io.qilin.security.FuzzBytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is found lies in the text, in order and apart; what is masked shows no more than before. */
class PiiFuzzTest {
  private static final PiiDetector DETECTOR = PiiDetector.standard();
  private static final PiiRedactor REDACTOR = PiiRedactor.masking();

  @Test
  void whenFuzzedShortly_thenAllHolds() {
    byte[] text =
        "{\"a\":\"13800138000 x@y.cn 6222021001122334455\"}".getBytes(StandardCharsets.UTF_8);
    FuzzBytes.shortRun(150, text, this::whenATextIsAnything_thenFindingsLieInItApart);
    FuzzBytes.shortRun(150, text, this::whenJsonIsAnything_thenItIsMaskedOrRefused);
  }

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

  @FuzzTest
  void whenJsonIsAnything_thenItIsMaskedOrRefused(byte[] json) {
    try {
      assertThat(REDACTOR.json(json)).isNotNull();
    } catch (QilinException refused) {
      assertThat(refused).hasMessageStartingWith("QILIN-");
    }
  }
}
