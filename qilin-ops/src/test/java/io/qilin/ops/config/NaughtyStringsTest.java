package io.qilin.ops.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.config.HostileCases.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Strings that break programs come back equal in every format, or are refused. */
class NaughtyStringsTest {
  record Text(String value) {}

  private static final List<String> OWN = List.of(
      "",
      "NULL",
      "~",
      "true",
      "000001",
      "1e999",
      "\\",
      "\"'`",
      "${jndi:ldap://x}",
      "{{7*7}}",
      "%s%n",
      "\u0000\u0007\u001b[31m",
      "\u202e\u200b\uFEFF",
      "\uD83D\uDE80",
      "e\u0301",
      "ENC(x",
      "&a",
      "*a",
      "!!str",
      "- a",
      "a: b",
      "# c",
      "\t",
      " a ",
      "\r\n",
      "\u0085\u2028\u2029",
      "[]",
      "{}",
      "\uFFFE");

  @Test
  void whenOwnStringsAreWritten_thenTheyComeBack() {
    assertThat(returned(OWN)).isEqualTo(3L * (OWN.size() - 1));
  }

  @Test
  void whenTheCorpusIsWritten_thenItComesBack() {
    List<String> strings = HostileCases.sharedStrings().stream().map(Case::text).toList();
    assertThat(returned(strings)).isEqualTo(3L * strings.size());
  }

  /** How often a string came back; the others were refused with a typed error. */
  private long returned(List<String> strings) {
    long returned = 0;
    for (String text : strings) {
      Map<String, String> written = Map.of(
          "a.yaml", "value: " + Writers.yaml(text) + "\n",
          "b.json", "{\"value\": " + Writers.json(text) + "}",
          "c.properties", "value=" + Writers.properties(text) + "\n");
      for (String name : written.keySet()) {
        try {
          Loaded<Text> loaded = Reading.load(Text.class, Map.of(name, written.get(name)));
          assertThat(loaded.value().value()).as(name).isEqualTo(text);
          assertThat(loaded.tree().print().lines()).hasSize(1);
          returned++;
        } catch (QilinException e) {
          assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION);
          assertThat(e.getMessage().lines()).hasSize(2);
        }
      }
    }
    return returned;
  }

  @Test
  void whenStringsAreKeys_thenTheyComeBackAndPrintOnOneLine() {
    List<String> keys = new ArrayList<>(OWN);
    keys.remove("");
    for (String key : keys) {
      Loaded<Keys> loaded =
          Reading.load(Keys.class, Map.of("a.yaml", "keys: {" + Writers.yaml(key) + ": x}\n"));
      assertThat(loaded.value().keys()).containsExactlyEntriesOf(Map.of(key, "x"));
      assertThat(loaded.tree().print().lines()).hasSize(1);
      String path = loaded.tree().entries().get(0).path();
      assertThat(ConfigLoader.builder(Keys.class)
              .overrides(Map.of(path, "x"))
              .build()
              .load()
              .tree())
          .isEqualTo(loaded.tree());
    }
  }

  record Keys(Map<String, String> keys) {}
}
