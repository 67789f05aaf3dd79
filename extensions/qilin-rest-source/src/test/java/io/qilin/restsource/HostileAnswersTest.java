package io.qilin.restsource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.DataCapability;
import io.qilin.testkit.SharedFiles;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers of the corpora: JSON that is none, and files of bars that are wrong in ways that files are. */
class HostileAnswersTest {
  private static final String COLUMNS = "code,date,open,high,low,close,volume,amount";

  private final RestDouble service = new RestDouble(asked -> RestDouble.Answer.of(""));

  @AfterEach
  void stop() {
    service.close();
  }

  private static byte[] bytes(JsonNode one) {
    if (one.has("b64")) {
      return Base64.getDecoder().decode(one.get("b64").asString());
    }
    JsonNode repeat = one.get("repeat");
    String unit = new String(
        Base64.getDecoder().decode(repeat.get("unit_b64").asString()), StandardCharsets.UTF_8);
    String suffix = repeat.has("suffix_b64")
        ? new String(
            Base64.getDecoder().decode(repeat.get("suffix_b64").asString()), StandardCharsets.UTF_8)
        : "";
    return (unit.repeat(repeat.get("times").asInt()) + suffix).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whenAnAnswerIsAnyJson_thenItIsRefusedWithATypedError() {
    try (RestSource source = Services.plain(service, UnaryOperator.identity())) {
      for (String line :
          SharedFiles.lines(SharedFiles.corpus("json-torture").resolve("cases.jsonl"))) {
        JsonNode one = JsonMapper.shared().readTree(line);
        byte[] answer = bytes(one);
        service.answers(asked -> RestDouble.Answer.bytes(answer));
        // No case holds a bar, so that none of them can be an answer.
        assertThat(Services.thrown(source))
            .as(one.get("id").asString())
            .isInstanceOf(QilinException.class);
      }
    }
  }

  @Test
  void whenAnAnswerIsAHostileFileOfBars_thenItIsRefusedOrNothingInItIsInvented() {
    try (RestSource source = Services.open(csv(service), new FakeTime())) {
      assertThat(readOfHostileFiles(source)).isPositive();
    }
  }

  /** How many of them are read at all. */
  private int readOfHostileFiles(RestSource source) {
    int read = 0;
    for (String line :
        SharedFiles.lines(SharedFiles.corpus("csv-hostile").resolve("cases.jsonl"))) {
      JsonNode one = JsonMapper.shared().readTree(line);
      if (!one.get("kind").asString().equals("market-file")) {
        continue;
      }
      byte[] answer = bytes(one);
      Optional<Bars> bars = Optional.empty();
      service.answers(asked -> RestDouble.Answer.bytes(answer));
      try {
        bars = Optional.of(source.bars(BarQuery.ALL));
      } catch (QilinException e) {
        assertThat(e).hasMessageContaining("plain");
      }
      String expected = one.get("expect").asString();
      if (expected.equals("typed-error")) {
        assertThat(bars).as(one.get("id").asString()).isEmpty();
      }
      if (expected.equals("missing-value-or-typed-error")) {
        bars.ifPresent(
            got -> assertThat(anyUnknown(got)).as(one.get("id").asString()).isTrue());
      }
      read += bars.isPresent() ? 1 : 0;
    }
    return read;
  }

  private static boolean anyUnknown(Bars bars) {
    for (Field field : bars.panel().fields()) {
      for (int i = 0; i < bars.panel().symbols().size(); i++) {
        for (int d = 0; d < bars.panel().days().size(); d++) {
          if (Double.isNaN(bars.panel().value(field, i, d))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static RestSpec csv(RestDouble service) {
    RestFetch fetch = RestFetch.builder("bars")
        .path("/bars")
        .format(new AnswerFormat(true, StandardCharsets.UTF_8, "", Optional.empty(), ','))
        .build();
    RestEndpoint.Builder endpoint = RestEndpoint.builder(DataCapability.DAILY_BARS, fetch)
        .column("symbol", RestColumn.of(RestColumn.Kind.SYMBOL, "code"))
        .column("date", RestColumn.of(RestColumn.Kind.DATE, "date"));
    for (String name : COLUMNS.split(",")) {
      if (!name.equals("code") && !name.equals("date")) {
        endpoint.column(name, RestColumn.number(RestUnit.ONE, name));
      }
    }
    return RestSpec.builder("plain", service.address())
        .endpoint(endpoint.build())
        .nulls(java.util.Set.of("", "-", "--", "N/A", "NA", "null", "NULL", "NaN", "nan", "None"))
        .build();
  }

  @Test
  void whenACsvIsTorn_thenItIsRefused() {
    for (String text : new String[] {
      "",
      "code,date,close\n600519.SH,20240104",
      "code,code\na,b",
      "a\n\"x",
      "code,date\n1,2,3",
      COLUMNS + "\n\"600519.SH\"x,1,1,1,1,1,1,1"
    }) {
      service.answers(asked -> RestDouble.Answer.of(text));
      try (RestSource source = Services.open(csv(service), new FakeTime())) {
        assertThatThrownBy(() -> source.bars(BarQuery.ALL))
            .as(text)
            .isInstanceOf(QilinException.class);
      }
    }
  }
}
