package io.qilin.ops.alert;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.qilin.api.alert.Alert;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.ErrorCode.Severity;
import io.qilin.ops.Corpora;
import io.qilin.testkit.SharedFiles;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogAlertSinkTest {
  private final Logger log = (Logger) LoggerFactory.getLogger("io.qilin.alert");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final LogAlertSink sink = new LogAlertSink();

  @BeforeEach
  void listen() {
    log.setLevel(Level.TRACE);
    lines.start();
    log.addAppender(lines);
  }

  @AfterEach
  void stop() {
    log.detachAppender(lines);
    log.setLevel(null);
  }

  private String logged(Alert alert) {
    sink.alert(alert);
    return lines.list.get(lines.list.size() - 1).getFormattedMessage();
  }

  private static Alert alert(String text, Severity severity) {
    return new Alert(
        Instant.EPOCH,
        ErrorCode.DATA_QUALITY,
        text,
        text,
        severity,
        Map.of(text.isEmpty() ? "x" : text, new BigDecimal("0.4")));
  }

  @Test
  void whenAnAlertComes_thenItIsOneLineOfItsLevel() {
    assertThat(logged(alert("quality", Severity.WARNING)))
        .isEqualTo("ALERT WARNING QILIN-2001 quality: quality {quality=0.4}");
    logged(alert("quality", Severity.CRITICAL));
    assertThat(lines.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.WARN, Level.ERROR);
  }

  @Test
  void whenTextsAreHostile_thenTheLineStaysOneAndShort() {
    List<String> texts = new ArrayList<>(List.of(
        "a\nALERT CRITICAL forged",
        "\r\u2028\u2029\u0085\u001b[31m\u0000",
        "\u202eabc\u200b",
        "${jndi:ldap://x} {}",
        "\uD800",
        "x".repeat(1_000_000)));
    SharedFiles.root()
        .map(root -> root.resolve("corpora/log-injection/cases.jsonl"))
        .filter(java.nio.file.Files::exists)
        .ifPresent(file -> texts.addAll(Corpora.texts(file)));
    for (String text : texts) {
      String line = logged(alert(text, Severity.ERROR));
      assertThat(line.lines()).hasSize(1);
      assertThat(line.codePoints())
          .noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x202e || c == 0x200b);
      assertThat(line).hasSizeLessThan(60_000);
    }
  }

  @Test
  void whenTwoTextsDiffer_thenTheirLinesDoToo() {
    assertThat(OneLine.of("a\\u000Ab", 100)).isEqualTo("a\\\\u000Ab");
    assertThat(OneLine.of("a\nb", 100)).isEqualTo("a\\nb");
    assertThat(OneLine.of("\uD83D\uDE80x", 1)).isEqualTo("\uD83D\uDE80… (3 characters)");
  }

  @Test
  void whenAFigureHasMillionsOfDigits_thenItIsNotPrinted() {
    BigDecimal huge = new BigDecimal(BigInteger.ONE.shiftLeft(10_000_000));
    assertThat(logged(new Alert(
            Instant.EPOCH,
            ErrorCode.DATA_QUALITY,
            "s",
            "m",
            Severity.ERROR,
            Map.of("f", huge, "g", new BigDecimal("1e1000000")))))
        .endsWith("{f=too-long, g=1E+1000000}");
  }
}
