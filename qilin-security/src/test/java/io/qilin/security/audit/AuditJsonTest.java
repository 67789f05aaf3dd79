package io.qilin.security.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.security.internal.StrictJson;
import io.qilin.testkit.SharedFiles;
import io.qilin.testkit.fault.FaultDisk;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One record, one physical line, whatever the values hold. */
class AuditJsonTest {
  private static final StrictJson JSON = StrictJson.limited(8 << 20, 8);

  /** What must never stand raw in a line: controls, line ends, formats and changes of direction. */
  private static final String RAW = "(?s).*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}].*";

  private static final List<String> HOSTILE = List.of(
      "user\r\n{\"sequence\":9,\"outcome\":\"SUCCEEDED\"}",
      "a\u0085b\u2028c\u2029d\u000be\ff\u0000g",
      "\u001b[31mred\u001b[0m\u009b31m\b\b\b\u007f",
      "\u202eflip\u2066x\u2069\u200bzero\ufeff",
      "${jndi:ldap://127.0.0.1:1/a} %s %n {} \\u000a \\\" \" \\",
      "\"},{\"",
      "涨停 😀 é",
      "\ud800 alone \udfff",
      new String(Character.toChars(0xE0041)) + " tag",
      "");

  private final FaultDisk disk = FaultDisk.empty();
  private final AuditFixture fixture = new AuditFixture();

  @Test
  void whenValuesAreHostile_thenEachRecordIsOneLineThatReadsBack() throws IOException {
    roundTrips(HOSTILE);
  }

  @Test
  void whenTheValuesAreThoseOfTheCorpus_thenEachRecordIsOneLineThatReadsBack() throws IOException {
    List<String> values = new ArrayList<>();
    for (String line : SharedFiles.lines(SharedFiles.corpus("log-injection/cases.jsonl"))) {
      values.add((String)
          JSON.object(line.getBytes(StandardCharsets.UTF_8), "the case").get("s"));
    }
    roundTrips(values);
    System.out.println("log-injection: " + values.size() + " of " + values.size()
        + " values in every field: one line, read back, chain intact");
  }

  private void roundTrips(List<String> values) throws IOException {
    StringBuilder out = new StringBuilder();
    try (AuditLog log = fixture.builder(disk.path("/audit")).open()) {
      for (String value : values) {
        log.append(AuditEntry.builder(value, "a" + value, value, AuditOutcome.FAILED)
            .correlationId(value)
            .attribute("message", value)
            .attribute("k" + value, value)
            .build());
      }
      log.record(AuditFixture.entry(1));
      assertThat(AuditJson.export(log.reader(), AuditQuery.all().withLimit(3), out))
          .isEqualTo(values.size() + 1);
    }
    assertThat(fixture.verify(disk.path("/audit")).clean()).isTrue();
    String[] lines = out.toString().split("\n", -1);
    assertThat(lines).hasSize(values.size() + 2);
    for (int i = 0; i < values.size(); i++) {
      same(lines[i], i + 1, AuditField.of(values.get(i)).text());
    }
  }

  private static void same(String line, int sequence, String value) {
    assertThat(line).doesNotMatch(RAW);
    Map<String, Object> read = JSON.object(line.getBytes(StandardCharsets.UTF_8), "the line");
    assertThat(read.keySet())
        .containsExactly(
            "sequence",
            "at",
            "identity",
            "action",
            "resource",
            "outcome",
            "correlation",
            "attributes",
            "previous",
            "hash");
    assertThat(read)
        .containsEntry("sequence", BigDecimal.valueOf(sequence))
        .containsEntry("at", "2026-01-05T01:30:00Z")
        .containsEntry("identity", value)
        .containsEntry("action", "a" + value)
        .containsEntry("resource", value)
        .containsEntry("outcome", "FAILED")
        .containsEntry("correlation", value);
    assertThat((Map<?, ?>) read.get("attributes"))
        .hasSize(2)
        .satisfies(attributes ->
            assertThat(attributes.values()).allSatisfy(one -> assertThat(one).isEqualTo(value)));
  }

  @Test
  void whenAValueHas70000Characters_thenItsTrueLengthIsRecorded() {
    String large = "x\n".repeat(35_000);
    try (AuditLog log = fixture.builder(disk.path("/audit")).open()) {
      log.record(AuditEntry.builder(large, large, large, AuditOutcome.NOTICE)
          .correlationId(large)
          .attribute("message", large)
          .build());
      String line = AuditJson.line(log.reader().record(1));
      assertThat(line).doesNotMatch(RAW);
      Map<String, Object> read = JSON.object(line.getBytes(StandardCharsets.UTF_8), "the line");
      assertThat(read).hasSize(10);
      for (String field : List.of("identity", "action", "resource", "correlation")) {
        cut(read.get(field), large);
      }
      cut(((Map<?, ?>) read.get("attributes")).get("message"), large);
    }
  }

  private static void cut(Object value, String whole) {
    Map<?, ?> cut = (Map<?, ?>) value;
    assertThat(cut.keySet().toString()).isEqualTo("[cut, length]");
    assertThat(cut.get("length")).isEqualTo(BigDecimal.valueOf(70_000));
    String text = (String) cut.get("cut");
    assertThat(text).hasSizeGreaterThan(12_000);
    assertThat(whole).startsWith(text);
  }
}
