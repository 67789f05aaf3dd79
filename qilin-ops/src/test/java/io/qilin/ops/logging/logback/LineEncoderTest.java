package io.qilin.ops.logging.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.qilin.ops.logging.HostileLines;
import io.qilin.testkit.SharedFiles;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.BasicMarkerFactory;

/** One event, one line of JSON with the same members, whatever it holds; also as the appender holds it. */
class LineEncoderTest {
  private static final List<String> MEMBERS = List.of(
      "time",
      "level",
      "logger",
      "thread",
      "stock",
      "strategy",
      "signal",
      "message",
      "markers",
      "mdc",
      "pairs",
      "error",
      "cut");
  private static final Instant AT = Instant.parse("2026-01-05T01:30:00.000123456Z");

  private final LogHost host = new LogHost();
  private final LineEncoder encoder = new LineEncoder();
  private final PlainLine plain = new PlainLine();

  private LoggingEvent event(
      String logger, String message, Map<String, String> mdc, Throwable thrown) {
    LoggingEvent event =
        new LoggingEvent("fqcn", host.context.getLogger("x"), Level.INFO, message, thrown, null);
    event.setLoggerName(logger);
    event.setInstant(AT);
    event.setThreadName("t-1");
    event.setMDCPropertyMap(mdc);
    return event;
  }

  private static HeldEvent held(ILoggingEvent event) {
    return EventMasker.mask(EventReader.read(event, false), text -> text);
  }

  private Map<String, Object> line(ILoggingEvent event) {
    byte[] line = encoder.encode(event);
    assertThat(line.length).isLessThanOrEqualTo(64 << 10);
    String text = LogHost.text(line);
    assertThat(text).endsWith("}\n");
    assertThat(text.substring(0, text.length() - 1)).doesNotContainPattern(HostileLines.RAW);
    Map<String, Object> read = LogHost.json(line);
    assertThat(read.keySet()).containsExactlyElementsOf(MEMBERS);
    return read;
  }

  @Test
  void whenAnEventSaysNothingElse_thenTheFieldsHaveTheirDefaults() {
    Map<String, Object> read = line(event("io.host.Desk", "hello", Map.of(), null));
    assertThat(read)
        .containsEntry("time", "2026-01-05T01:30:00.000123Z")
        .containsEntry("level", "INFO")
        .containsEntry("logger", "io.host.Desk")
        .containsEntry("thread", "t-1")
        .containsEntry("stock", "N/A")
        .containsEntry("strategy", "GLOBAL")
        .containsEntry("signal", "NONE")
        .containsEntry("message", "hello")
        .containsEntry("markers", List.of())
        .containsEntry("mdc", Map.of())
        .containsEntry("pairs", Map.of())
        .containsEntry("error", List.of())
        .containsEntry("cut", Map.of());
  }

  @Test
  void whenAnEventSaysAll_thenAllIsInTheLine() {
    Throwable thrown =
        new java.io.IOException("outer", new java.util.NoSuchElementException("inner"));
    thrown.addSuppressed(new java.io.IOException("beside"));
    LoggingEvent event = event(
        "l",
        "m",
        Map.of("stock", "600519.SH", "strategy", "S1", "signal", "BUY", "correlation", "c-1"),
        thrown);
    event.addMarker(new BasicMarkerFactory().getDetachedMarker("AUDIT"));
    event.setKeyValuePairs(List.of(new KeyValuePair("n", 7), new KeyValuePair("n", 8)));
    Map<String, Object> read = line(event);
    assertThat(read)
        .containsEntry("stock", "600519.SH")
        .containsEntry("strategy", "S1")
        .containsEntry("signal", "BUY")
        .containsEntry("markers", List.of("AUDIT"))
        .containsEntry("mdc", Map.of("correlation", "c-1"))
        .containsEntry("pairs", Map.of("n", "7", "n#2", "8"));
    List<?> errors = (List<?>) read.get("error");
    assertThat(errors).hasSize(3);
    assertThat(errors.get(0).toString())
        .contains("relation=thrown", "type=java.io.IOException", "message=outer", "at io.qilin");
    assertThat(errors.get(1).toString()).contains("relation=cause", "message=inner");
    assertThat(errors.get(2).toString()).contains("relation=suppressed", "message=beside");
    assertThat(line(held(event))).isEqualTo(read);
  }

  @Test
  void whenTextsAreHostile_thenEachFieldReadsBack() {
    HostileLines.FEW.forEach(this::everywhere);
  }

  @ParameterizedTest
  @ValueSource(strings = {"log-injection/cases.jsonl", "naughty-strings/cases.jsonl"})
  void whenTheTextsAreThoseOfACorpus_thenEachFieldReadsBack(String corpus) {
    List<String> texts = HostileLines.corpus(SharedFiles.corpus(corpus), 8);
    texts.forEach(this::everywhere);
    System.out.println(corpus + ": " + texts.size() + " of " + texts.size()
        + " in every field of an event: one line, same members, read back");
  }

  private void everywhere(String text) {
    Map<String, String> mdc = new HashMap<>();
    for (String key : List.of("stock", "strategy", "signal", "value", "k" + text)) {
      mdc.put(key, text);
    }
    LoggingEvent event = event("x", text, mdc, new java.io.IOException(text));
    event.setLoggerName(text);
    for (ILoggingEvent one : List.of(event, held(event))) {
      Map<String, Object> read = line(one);
      assertThat(read)
          .containsEntry("logger", text)
          .containsEntry("stock", text)
          .containsEntry("strategy", text)
          .containsEntry("signal", text)
          .containsEntry("message", text)
          .containsEntry("mdc", new TreeMap<>(Map.of("value", text, "k" + paired(text), text)))
          .containsEntry("cut", Map.of());
      assertThat(((Map<?, ?>) ((List<?>) read.get("error")).get(0)).get("message"))
          .isEqualTo(text);
      String human = LogHost.text(plain.encode(one));
      assertThat(human.substring(0, human.length() - 1)).doesNotContainPattern(HostileLines.RAW);
    }
    inThreadName(text);
  }

  /** In names a lone surrogate becomes U+FFFD, as readers of JSON refuse it there. */
  private static String paired(String text) {
    return text.replaceAll("\\p{Cs}", "\ufffd");
  }

  private void inThreadName(String text) {
    LoggingEvent event =
        new LoggingEvent("fqcn", host.context.getLogger("x"), Level.INFO, "m", null, null);
    event.setInstant(AT);
    event.setMDCPropertyMap(Map.of());
    event.setThreadName(text);
    assertThat(line(event)).containsEntry("thread", text);
  }

  @Test
  void whenATextIsTooLong_thenItIsCutAndItsTrueLengthThere() {
    String large = "x\n".repeat(35_000);
    Map<String, String> mdc = Map.of(
        "stock", large, "strategy", large, "signal", "BUY", "value", large, "k" + large, "v");
    LoggingEvent event = event(large, large, mdc, new java.io.IOException(large));
    for (ILoggingEvent one : List.of(event, held(event))) {
      Map<String, Object> read = line(one);
      Map<?, ?> cut = (Map<?, ?>) read.get("cut");
      assertThat(cut.get("message")).isEqualTo(BigDecimal.valueOf(70_000));
      assertThat(cut.get("stock")).isEqualTo(BigDecimal.valueOf(70_000));
      assertThat(cut.get("strategy")).isEqualTo(BigDecimal.valueOf(70_000));
      assertThat(cut.get("mdc")).isEqualTo(BigDecimal.valueOf(140_007));
      assertThat(cut.get("error")).isEqualTo(BigDecimal.valueOf(70_000));
      assertThat(cut.get("signal")).isNull();
      assertThat(large).startsWith((String) read.get("stock"));
      assertThat(read).containsEntry("signal", "BUY");
    }
    assertThat(((String) line(event("l", large, Map.of(), null)).get("message")))
        .hasSizeBetween(10_000, 16_384);
  }

  @Test
  void whenThereIsMoreOfAnythingThanAllowed_thenTheLineStaysALine() {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 500; i++) {
      many.put("k" + i, "v".repeat(300));
    }
    Throwable deep = new java.io.IOException("0");
    for (int i = 1; i < 50; i++) {
      deep = new java.io.IOException("cause " + i + " " + "\u001b".repeat(3_000), deep);
    }
    Map<String, Object> read = line(event("l", "m", many, deep));
    assertThat((Map<?, ?>) read.get("mdc")).hasSize(64);
    assertThat((List<?>) read.get("error")).hasSizeBetween(1, 8);
    assertThat(((Map<?, ?>) read.get("cut")).keySet().toString()).contains("mdc", "error");
    assertThat(LogHost.text(plain.encode(event("l", "m", many, deep)))).endsWith("\n");
  }

  @Test
  void whenWrittenForPeople_thenTheFormIsThatOfTheSeed() {
    LoggingEvent event = event("io.host.Desk", "a \"b\"\nc", Map.of(), null);
    assertThat(LogHost.text(plain.encode(event)))
        .isEqualTo("2026-01-05 01:30:00,000 - io.host.Desk - INFO - [?:?] - a \"b\"\\nc\n");
    plain.setZone("Asia/Shanghai");
    event.setCallerData(new StackTraceElement[] {new StackTraceElement("C", "m", "C.java", 42)});
    assertThat(LogHost.text(plain.encode(EventReader.read(event, false))))
        .isEqualTo("2026-01-05 09:30:00,000 - io.host.Desk - INFO - [C.java:42] - a \"b\"\\nc\n");
    plain.setContext(host.context);
    plain.setZone("Mars/Olympus");
    assertThat(host.context.getStatusManager().getCopyOfStatusList().toString())
        .contains("Mars/Olympus");
    String thrown = LogHost.text(plain.encode(
        event("l", "m", Map.of(), new java.io.IOException("x", new java.io.IOException("y\n")))));
    assertThat(thrown)
        .contains(
            "m | java.io.IOException: x at io.qilin", " | caused by java.io.IOException: y\\n");
  }

  @Test
  void whenTheSecondChanges_thenSoDoesTheTime() {
    LineTime time = new LineTime();
    for (String moment : List.of(
        "1969-12-31T23:59:59.999999Z",
        "2026-01-05T01:30:00.000000Z",
        "2026-01-05T01:30:01.100000Z",
        "2026-01-05T01:30:00.000001Z",
        "+12026-01-05T01:30:00.000001Z")) {
      assertThat(new String(
              time.of(Instant.parse(moment)), java.nio.charset.StandardCharsets.US_ASCII))
          .isEqualTo(moment);
    }
  }
}
