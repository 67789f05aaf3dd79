package io.qilin.mlops.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.testkit.SharedFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The corpus of hostile models: none may crash, hang, or pass for a model. */
class OnnxHostileTest {
  @TempDir
  private Path folder;

  @Test
  void whenModelsAreHostile_thenEachEndsAsTheCorpusExpects() throws Exception {
    Path corpus = SharedFiles.corpus("onnx-hostile").resolve("cases.jsonl");
    Map<String, byte[]> models = new LinkedHashMap<>();
    Map<String, String> expected = new LinkedHashMap<>();
    JsonMapper json = JsonMapper.shared();
    for (String line : Files.readAllLines(corpus)) {
      JsonNode one = json.readTree(line);
      models.put(
          one.get("id").asString(), Base64.getDecoder().decode(one.get("b64").asString()));
      expected.put(one.get("id").asString(), one.get("expect").asString());
    }
    ChildJvm.outcomes(models, folder)
        .forEach((id, outcome) -> assertThat(outcome)
            .as(id + " is to " + expected.get(id))
            .matches(accepted(expected.get(id))));
  }

  /** What may become of a model, as a pattern over the child's words. */
  private static String accepted(String expectation) {
    String typed = "(?s)(REFUSED|STOPPED) (MODEL_INVALID|MODEL_OUTPUT|MODEL_MISMATCH|TIMEOUT) .*";
    return switch (expectation) {
      case "run" -> "RAN MODEL_MISMATCH .*";
      case "reject" -> "REFUSED MODEL_INVALID .*";
      case "run-flagged" -> typed;
      case "typed-on-mismatch" -> "RAN MODEL_MISMATCH .*|" + typed;
      case "reject-or-bounded", "run-or-typed", "reject-or-run" -> "RAN .*|" + typed;
      default -> throw new AssertionError("unknown expectation " + expectation);
    };
  }
}
