package io.qilin.mlflow;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A run as the server describes it.
 *
 * @param latest for each metric, Qilin's own too, the point that MLflow holds for the last
 */
record RunDocument(
    JsonNode info,
    Map<String, String> params,
    Map<String, String> tags,
    Map<String, LatePoints.Stored> latest) {
  static RunDocument read(JsonNode run) {
    JsonNode data = run.path("data");
    Map<String, LatePoints.Stored> latest = new LinkedHashMap<>();
    for (JsonNode metric : Json.items(data, "metrics")) {
      latest.put(Json.filled(metric, "key"), LatePoints.Stored.read(metric));
    }
    return new RunDocument(
        Json.member(run, "info"), pairs(data, "params"), pairs(data, "tags"), latest);
  }

  private static Map<String, String> pairs(JsonNode data, String member) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (JsonNode pair : Json.items(data, member)) {
      pairs.put(Json.filled(pair, "key"), Json.text(pair, "value"));
    }
    return pairs;
  }

  String id() {
    return Json.filled(info, "run_id");
  }

  /** The path of its files below the server's root of artifacts. */
  String root() {
    return Artifacts.root(Json.text(info, "artifact_uri"));
  }

  boolean deleted() {
    return Json.text(info, "lifecycle_stage").equals("deleted");
  }

  String tag(String key) {
    return tags.getOrDefault(key, "");
  }
}
