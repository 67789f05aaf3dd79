package io.qilin.agents.consult;

import io.qilin.testkit.SharedFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Cases of a corpus: one JSON object a line, of texts, numbers and objects of them. */
public final class Corpus {
  private static final JsonFactory JSON = new JsonFactory();

  private Corpus() {}

  /** The cases in a shared corpus; skips the test if it is not there. */
  public static List<Map<String, Object>> shared(String name) {
    return cases(SharedFiles.lines(SharedFiles.corpus(name + "/cases.jsonl")));
  }

  /** The cases in a file beside the tests. */
  public static List<Map<String, Object>> own(String name) {
    try (BufferedReader in = new BufferedReader(new InputStreamReader(
        Objects.requireNonNull(Corpus.class.getResourceAsStream(name), name),
        StandardCharsets.UTF_8))) {
      return cases(in.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Map<String, Object>> cases(List<String> lines) {
    List<Map<String, Object>> out = new ArrayList<>();
    for (String line : lines) {
      try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
        parser.nextToken();
        out.add(object(parser));
      }
    }
    return out;
  }

  private static Map<String, Object> object(JsonParser parser) {
    Map<String, Object> out = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT) {
        out.put(name, object(parser));
      } else if (token != JsonToken.VALUE_NULL) {
        out.put(name, parser.getString());
      }
    }
    return out;
  }
}
