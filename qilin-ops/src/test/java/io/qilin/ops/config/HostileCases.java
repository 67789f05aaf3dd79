package io.qilin.ops.config;

import io.qilin.testkit.SharedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Texts that nobody means well with, one JSON object a line. */
final class HostileCases {
  private static final JsonMapper JSON = new JsonMapper();

  private HostileCases() {}

  /** A case of a corpus: what it is called, what is expected, the text. */
  record Case(String id, String expect, String text) {
    boolean refused() {
      return expect.equals("typed-error");
    }

    @Override
    public String toString() {
      return id;
    }
  }

  /** The YAML cases that lie with this class. */
  static List<Case> ownYaml() {
    try (InputStream in = Objects.requireNonNull(
        HostileCases.class.getResourceAsStream("yaml-hostile.jsonl"), "yaml-hostile.jsonl")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return parse(text.lines().toList(), "yaml");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The YAML cases of the shared corpus; aborts the test where it is absent. */
  static List<Case> sharedYaml() {
    return parse(SharedFiles.lines(SharedFiles.corpus("yaml-hostile/cases.jsonl")), "yaml");
  }

  /** The strings of the shared corpus; aborts the test where it is absent. */
  static List<Case> sharedStrings() {
    return parse(SharedFiles.lines(SharedFiles.corpus("naughty-strings/cases.jsonl")), "s");
  }

  private static List<Case> parse(List<String> lines, String member) {
    List<Case> cases = new ArrayList<>();
    for (String line : lines) {
      JsonNode node = JSON.readTree(line);
      cases.add(new Case(
          node.get("id").asString(),
          node.path("expect").asString(""),
          node.get(member).asString()));
    }
    return cases;
  }
}
