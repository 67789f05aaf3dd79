package io.qilin.security.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.QilinException;
import io.qilin.testkit.SharedFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  private static final StrictJson JSON = StrictJson.limited(1 << 23, 64);

  @Test
  void whenADocumentIsStrict_thenItsValuesAreRead() {
    Map<String, Object> read =
        JSON.object(bytes("{\"a\": [1, 2.50, true, null], \"b\": {\"c\": \"\\u00e9\"}}"), "it");

    assertThat(read.keySet()).containsExactly("a", "b");
    assertThat((List<?>) read.get("a")).hasSize(4);
    assertThat(((List<?>) read.get("a")).get(1)).isEqualTo(new BigDecimal("2.50"));
    assertThat(read.get("b")).isEqualTo(Map.of("c", "é"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{\"a\":1,\"a\":2}",
        "{} {}",
        "[1,]",
        "NaN",
        "{\"a\":Infinity}",
        "\uFEFF{}",
        "{'a':1}",
        "// c\n{}",
        "\"\u0000\"",
        "01"
      })
  void whenADocumentIsLax_thenItIsRefusedWithoutItsText(String document) {
    assertThatThrownBy(() -> JSON.parse(bytes(document), "the policy"))
        .isInstanceOf(QilinException.class)
        .hasMessageContaining("QILIN-6003")
        .hasMessageContaining("the policy");
  }

  @Test
  void whenADocumentIsNested_thenTheLimitHolds() {
    StrictJson shallow = StrictJson.limited(1000, 4);

    assertThat(shallow.parse(bytes("[[[[1]]]]"), "it")).isNotNull();
    assertThatThrownBy(() -> shallow.parse(bytes("[[[[[1]]]]]"), "it"))
        .hasMessageContaining("QILIN-6003");
  }

  @Test
  void whenADocumentIsTooLong_thenItIsNotRead() {
    assertThatThrownBy(() -> StrictJson.limited(10, 4).parse(bytes("\"123456789\""), "it"))
        .hasMessageContaining("it has 11 bytes, at most 10 are read");
  }

  @Test
  void whenASecretStandsInBrokenJson_thenTheErrorDoesNotRepeatIt() {
    assertThatThrownBy(() -> JSON.parse(bytes("{\"password\": hunter2hunter2}"), "it"))
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }

  @Test
  void whenTheTortureCorpusIsRead_thenEveryVerdictIsAsAsked() throws IOException {
    List<String> wrong = new ArrayList<>();
    int judged = 0;
    for (String line :
        Files.readAllLines(SharedFiles.corpus("json-torture").resolve("cases.jsonl"))) {
      Map<String, Object> one = JSON.object(bytes(line), "the case");
      String verdict = verdict(document(one));
      String expected = String.valueOf(one.get("expect"));
      judged++;
      if (!verdict.equals(expected) && !expected.equals("either")) {
        wrong.add(one.get("id") + ": " + verdict);
      }
    }
    assertThat(judged).isGreaterThan(150);
    assertThat(wrong).isEmpty();
  }

  private static String verdict(byte[] document) {
    try {
      JSON.parse(document, "it");
      return "accept";
    } catch (QilinException e) {
      return "reject";
    }
  }

  private static byte[] document(Map<String, Object> one) throws IOException {
    if (one.get("b64") instanceof String whole) {
      return Base64.getDecoder().decode(whole);
    }
    var out = new ByteArrayOutputStream();
    Map<?, ?> repeat = (Map<?, ?>) one.get("repeat");
    byte[] unit = Base64.getDecoder().decode((String) repeat.get("unit_b64"));
    for (int i = ((BigDecimal) repeat.get("times")).intValueExact(); i > 0; i--) {
      out.write(unit);
    }
    out.write(Base64.getDecoder().decode((String) repeat.get("suffix_b64")));
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
