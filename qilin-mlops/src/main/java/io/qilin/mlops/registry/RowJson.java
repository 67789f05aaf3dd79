package io.qilin.mlops.registry;

import io.qilin.core.report.JsonText;
import io.qilin.mlops.internal.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Lists and maps in a column of text. */
final class RowJson {
  /** More than any draft can need. */
  private static final int MAX_BYTES = 64 << 20;

  private RowJson() {}

  static String texts(Map<String, String> texts) {
    JsonText json = new JsonText().object();
    texts.forEach((name, value) -> json.name(name).value(value));
    return json.end().toString();
  }

  static String numbers(Map<String, Double> numbers) {
    JsonText json = new JsonText().object();
    numbers.forEach((name, value) -> json.name(name).value(value.doubleValue()));
    return json.end().toString();
  }

  static String list(List<String> texts) {
    JsonText json = new JsonText().object().name("list").array();
    texts.forEach(json::value);
    return json.end().end().toString();
  }

  static Map<String, String> readTexts(String json) {
    Map<String, String> texts = new LinkedHashMap<>();
    read(json)
        .properties()
        .forEach(member -> texts.put(member.getKey(), member.getValue().asString()));
    return texts;
  }

  static Map<String, Double> readNumbers(String json) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    read(json)
        .properties()
        .forEach(member -> numbers.put(
            member.getKey(),
            member.getValue().isNull() ? Double.NaN : member.getValue().doubleValue()));
    return numbers;
  }

  static List<String> readList(String json) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : read(json).path("list")) {
      texts.add(text.asString());
    }
    return texts;
  }

  private static JsonNode read(String json) {
    return StrictJson.object(
        json.getBytes(StandardCharsets.UTF_8), "a column of the registry", MAX_BYTES);
  }
}
