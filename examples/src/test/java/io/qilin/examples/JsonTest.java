package io.qilin.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void whenNested_thenIndented() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("a", List.of(1, 2.5, true));
    root.put("b", Map.of());
    root.put("c", List.of());
    assertThat(Json.write(root)).isEqualTo("""
        {
          "a": [
            1,
            2.5,
            true
          ],
          "b": {},
          "c": []
        }
        """);
  }

  @Test
  void whenNothingIsKnown_thenNull() {
    assertThat(Json.write(List.of(Double.NaN, Double.NEGATIVE_INFINITY, Optional.empty(), Optional.of("x"))))
        .isEqualTo("[\n  null,\n  \"-inf\",\n  null,\n  \"x\"\n]\n");
  }

  @Test
  void whenTextIsHostile_thenEscaped() {
    assertThat(Json.write("\"\\\n\u0001\uD800\u2028贵📈")).isEqualTo("\"\\\"\\\\\\n\\u0001\\ud800\\u2028贵📈\"\n");
  }
}
