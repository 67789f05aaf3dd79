package io.qilin.agents.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.agents.analyst.Preset;
import io.qilin.api.analysis.Candidate;
import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.analysis.Deliberation;
import io.qilin.api.analysis.ModelUse;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.analysis.Statement;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.llm.LlmUsage;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.Bars;
import io.qilin.testkit.SharedFiles;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DecisionRecordJsonTest {
  private static final DecisionRecord RECORD = decided();

  private static DecisionRecord decided() {
    Bars bars = DeskMarkets.random(12, 90, 3);
    List<LocalDate> days = bars.panel().days();
    return ResearchDesk.standard(Preset.STANDARD)
        .minSafety(0)
        .build()
        .run(Snapshots.of(bars, DeskMarkets.statuses(bars.panel()), days.get(80)), days.get(81))
        .record();
  }

  private static DecisionRecord with(double score, double raw, String text) {
    Symbol symbol = Symbol.parse("600519.SH");
    ScoreComponent part = new ScoreComponent("part", raw, "1", Double.NaN, 0.3, "bars");
    Opinion opinion =
        new Opinion.Abstained("a", symbol, text, 0.3, List.of(part), List.of(text), List.of());
    LocalDate day = LocalDate.of(2024, 1, 2);
    return new DecisionRecord(
        1,
        "test",
        day,
        day.plusDays(1),
        Map.of("bars", "00"),
        Map.of("key", text),
        List.of(new Candidate(symbol, score, 0.5, "score", text, List.of(opinion))),
        List.of());
  }

  private static String text(DecisionRecord record) {
    return new String(DecisionRecordJson.write(record), StandardCharsets.UTF_8);
  }

  private static void refused(String json, ErrorCode code, String... words) {
    assertThatThrownBy(() -> DecisionRecordJson.read(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(QilinException.class, e -> {
          assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
          assertThat(words).allSatisfy(word -> assertThat(e.getMessage()).contains(word));
          assertThat(e.getMessage()).doesNotContain("\n");
        });
  }

  @Test
  void whenWrittenAndRead_thenRecordAndBytesAreTheSame() {
    byte[] bytes = DecisionRecordJson.write(RECORD);
    assertThat(RECORD.recommendations()).isNotEmpty();
    assertThat(DecisionRecordJson.read(bytes)).isEqualTo(RECORD);
    assertThat(DecisionRecordJson.write(DecisionRecordJson.read(bytes))).isEqualTo(bytes);
  }

  @Property
  void whenAnyNumberIsWritten_thenItsBitsComeBack(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    DecisionRecord record = with(0.5, value, "x");
    Candidate candidate =
        DecisionRecordJson.read(DecisionRecordJson.write(record)).candidates().get(0);
    assertThat(Double.doubleToRawLongBits(
            candidate.opinions().get(0).components().get(0).raw()))
        .isEqualTo(bits);
  }

  @Test
  void whenNumbersAreSpecial_thenTheirBitsComeBack() {
    double[] values = {
      0.0,
      -0.0,
      Double.NaN,
      Double.longBitsToDouble(0x7ff8000000000001L),
      Double.longBitsToDouble(-1L),
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.MIN_VALUE,
      Double.MAX_VALUE,
      2e-3,
      Double.parseDouble("1E23"),
      9007199254740992.0
    };
    for (double value : values) {
      Candidate candidate = DecisionRecordJson.read(
              DecisionRecordJson.write(with(value, value, "x")))
          .candidates()
          .get(0);
      assertThat(Double.doubleToRawLongBits(candidate.score()))
          .isEqualTo(Double.doubleToRawLongBits(value));
    }
    // The shortest text, which Double.toString does not always print before Java 19.
    assertThat(text(with(Double.parseDouble("2E23"), 2.0e-3, "x")))
        .contains("\"score\":2.0E23", "\"raw\":0.002");
  }

  @Property
  void whenAnyTextIsWritten_thenItComesBackOrIsRefused(@ForAll String text) {
    boolean wellFormed = StandardCharsets.UTF_8.newEncoder().canEncode(text);
    DecisionRecord record = with(0.5, 0, text);
    if (wellFormed) {
      assertThat(DecisionRecordJson.read(DecisionRecordJson.write(record))).isEqualTo(record);
    } else {
      assertThatThrownBy(() -> DecisionRecordJson.write(record))
          .isInstanceOfSatisfying(
              QilinException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
  }

  @Test
  void whenTheFormIsWrong_thenThePlaceIsTold() {
    String json = text(with(0.5, 1, "x"));
    refused("", ErrorCode.DATA_FORMAT, "empty");
    refused("{", ErrorCode.DATA_FORMAT, "line 1");
    refused("[]", ErrorCode.DATA_FORMAT, "$", "object");
    refused(json + "{}", ErrorCode.DATA_FORMAT, "follows");
    refused("\uFEFF" + json, ErrorCode.DATA_FORMAT);
    refused(json.replace("\"qilin\":\"test\",", ""), ErrorCode.DATA_FORMAT, "'qilin'", "missing");
    refused(
        json.replace("\"qilin\"", "\"qilin2\":1,\"qilin\""),
        ErrorCode.DATA_FORMAT,
        "'qilin2'",
        "unknown");
    refused(json.replace("\"qilin\"", "\"qilin\":\"a\",\"qilin\""), ErrorCode.DATA_FORMAT, "qilin");
    refused(json.replace("\"score\":0.5", "\"score\":null"), ErrorCode.DATA_FORMAT, "NULL");
    refused(json.replace("\"score\":0.5", "\"score\":true"), ErrorCode.DATA_FORMAT, "TRUE");
    refused(json.replace("\"score\":0.5", "\"score\":NaN"), ErrorCode.DATA_FORMAT);
    refused(
        json.replace("\"score\":0.5", "\"score\":\"0.5\""),
        ErrorCode.DATA_FORMAT,
        "$.candidates[0].score");
    refused(json.replace("\"score\":0.5", "\"score\":1e999"), ErrorCode.DATA_FORMAT, "too large");
    refused(
        json.replace("\"score\":0.5", "\"score\":\"NaN:7ff8000000000000\""), ErrorCode.DATA_FORMAT);
    refused(
        json.replace("\"score\":0.5", "\"score\":\"NaN:3ff8000000000000\""), ErrorCode.DATA_FORMAT);
    refused(json.replace("2024-01-02", "2024-02-30"), ErrorCode.DATA_FORMAT, "$.day", "2024-02-30");
    refused(json.replace("600519.SH", "600519.XX"), ErrorCode.DATA_FORMAT, "600519.XX");
    refused(json.replace("\"schema\":1", "\"schema\":1.0"), ErrorCode.DATA_FORMAT, "whole");
    refused(
        json.replace("\"detail\":\"x\"", "\"detail\":" + "[".repeat(50)), ErrorCode.DATA_FORMAT);
    refused(
        json.replace("\"detail\":\"x\"", "\"detail\":\"" + "y".repeat(100_001) + "\""),
        ErrorCode.DATA_FORMAT);
  }

  @Test
  void whenAValueCannotBe_thenTheRecordIsDamaged() {
    String json = text(with(0.5, 1, "x"));
    refused(json.replace("\"schema\":1", "\"schema\":3"), ErrorCode.RECORD_MISMATCH, "schema");
    refused(json.replace("\"schema\":1", "\"schema\":0"), ErrorCode.RECORD_MISMATCH, "schema");
    refused(
        json.replace("\"schema\":1", "\"schema\":2"), ErrorCode.DATA_FORMAT, "'asOf'", "missing");
    refused(
        json.replace("\"weight\":0.3", "\"weight\":1.5"),
        ErrorCode.RECORD_MISMATCH,
        "weight",
        "1.5");
    refused(
        text(RECORD).replaceFirst("\"shares\":[0-9]+", "\"shares\":0"),
        ErrorCode.RECORD_MISMATCH,
        "order");
  }

  @Test
  void whenTheRecordIsOfTheFirstSchema_thenItIsReadAndWrittenAsItWas() {
    String json = text(with(0.5, 1, "x"));
    assertThat(json).doesNotContain("asOf", "deliberations");
    DecisionRecord read = DecisionRecordJson.read(json.getBytes(StandardCharsets.UTF_8));
    assertThat(read.schema()).isEqualTo(1);
    assertThat(read.asOf()).isEqualTo(Instant.parse("2024-01-02T16:00:00Z"));
    assertThat(text(read)).isEqualTo(json);
    assertThatThrownBy(() -> Replay.run(read, DeskMarkets.random(2, 3, 1), Map.of()))
        .isInstanceOf(QilinException.class);
  }

  @Test
  void whenARecordHoldsDeliberations_thenTheyComeBack() {
    Symbol symbol = Symbol.parse("600519.SH");
    Deliberation said = new Deliberation(
        symbol,
        List.of(new Statement(
            "bull",
            "bear",
            symbol,
            "claim 涨",
            List.of("market/trend-50d=0.1 fraction"),
            Instant.parse("2024-01-02T16:00:00.5Z"),
            Statement.Origin.RULES_INSTEAD,
            List.of("UNVERIFIED"))),
        List.of(
            new ModelUse(
                "debate/bull",
                "p/m",
                "ab",
                Optional.of("cd"),
                Optional.of(new LlmUsage(10, 3, 4)),
                Optional.of(new BigDecimal("0.0012")),
                ModelUse.USED),
            new ModelUse(
                "debate/bear",
                "p/m",
                "ef",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "QILIN-3103")),
        -0.05,
        List.of("LLM_DEGRADED"));
    DecisionRecord record = new DecisionRecord(
        2,
        RECORD.qilin(),
        RECORD.day(),
        RECORD.session(),
        RECORD.asOf(),
        Optional.empty(),
        RECORD.inputs(),
        RECORD.settings(),
        RECORD.candidates(),
        RECORD.recommendations(),
        List.of(said));
    byte[] bytes = DecisionRecordJson.write(record);
    assertThat(DecisionRecordJson.read(bytes)).isEqualTo(record);
    String json = new String(bytes, StandardCharsets.UTF_8);
    refused(
        json.replace("\"adjustment\":-0.05", "\"adjustment\":-2.5"),
        ErrorCode.RECORD_MISMATCH,
        "$.deliberations[0]",
        "-2.5");
    refused(json.replace("\"cached\":3", "\"cached\":30"), ErrorCode.RECORD_MISMATCH, "cached");
    refused(json.replace("0.0012", "1e9999999"), ErrorCode.DATA_FORMAT, "cost");
    refused(json.replace("RULES_INSTEAD", "GUESS"), ErrorCode.DATA_FORMAT, "origin");
  }

  @Test
  void whenARankIsNoInt_thenItIsRefused() {
    String json = text(RECORD).replaceFirst("\"rank\":1", "\"rank\":4294967297");
    refused(json, ErrorCode.DATA_FORMAT, "rank", "too large");
  }

  @Test
  void whenTheBytesAreNoUtf8_thenTheyAreRefused() {
    byte[] bytes = DecisionRecordJson.write(with(0.5, 1, "涨停"));
    byte[] cut = Arrays.copyOf(bytes, bytes.length);
    for (int k = 0; k < cut.length; k++) {
      if (cut[k] < 0) {
        cut[k] = (byte) 0xff;
        break;
      }
    }
    assertThatThrownBy(() -> DecisionRecordJson.read(cut))
        .hasMessageContaining("UTF-8")
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT));
  }

  @Test
  void whenTheDocumentIsTooLong_thenItIsRefused() {
    assertThatThrownBy(() -> DecisionRecordJson.read(new byte[DecisionRecordJson.MAX_BYTES + 1]))
        .isInstanceOfSatisfying(
            QilinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
  }

  @Test
  void whenCutOrFlippedAnywhere_thenItIsATypedErrorOrARecord() {
    byte[] bytes = DecisionRecordJson.write(with(0.5, 1, "x"));
    for (int k = 0; k < bytes.length; k++) {
      readSafely(Arrays.copyOf(bytes, k));
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = bytes.clone();
        flipped[k] ^= (byte) (1 << bit);
        readSafely(flipped);
      }
    }
  }

  @Test
  void whenTheDocumentIsHostile_thenItIsATypedError() {
    List<String> lines =
        SharedFiles.lines(SharedFiles.corpus("json-torture").resolve("cases.jsonl"));
    assertThat(lines).isNotEmpty();
    Pattern bytes = Pattern.compile("\"(?:unit_)?b64\": \"([^\"]*)\"");
    Pattern times = Pattern.compile("\"times\": ([0-9]+)");
    for (String line : lines) {
      Matcher found = bytes.matcher(line);
      Matcher repeated = times.matcher(line);
      assertThat(found.find()).as(line).isTrue();
      String unit =
          new String(Base64.getDecoder().decode(found.group(1)), StandardCharsets.ISO_8859_1);
      int count = repeated.find() ? Integer.parseInt(repeated.group(1)) : 1;
      refusedTyped(unit.repeat(count).getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private static void refusedTyped(byte[] json) {
    assertThatThrownBy(() -> DecisionRecordJson.read(json)).isInstanceOf(QilinException.class);
  }

  private static void readSafely(byte[] json) {
    try {
      DecisionRecordJson.read(json);
    } catch (QilinException e) {
      assertThat(e.code()).isIn(ErrorCode.DATA_FORMAT, ErrorCode.RECORD_MISMATCH);
    }
  }
}
