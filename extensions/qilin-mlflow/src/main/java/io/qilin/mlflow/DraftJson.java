package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelDraft;
import io.qilin.api.model.ModelLineage;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.TrainingWindow;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A draft as a JSON document, exactly: what was registered is read back equal. */
final class DraftJson {
  private DraftJson() {}

  static byte[] write(ModelDraft draft) {
    ObjectNode json = Json.object()
        .put("name", draft.name())
        .put("kind", draft.kind())
        .put("description", draft.description())
        .put("missing", draft.signature().missing().name());
    draft.signature().features().forEach(json.putArray("features")::add);
    ObjectNode files = json.putObject("files");
    draft.files().forEach(files::put);
    ObjectNode tags = json.putObject("tags");
    draft.tags().forEach(tags::put);
    ObjectNode metrics = json.putObject("metrics");
    // As texts: NaN is no number of JSON.
    draft.metrics().forEach((key, value) -> metrics.put(key, Double.toString(value)));
    ModelLineage from = draft.lineage();
    ObjectNode lineage = json.putObject("lineage")
        .put("dataHash", from.dataHash())
        .put("featureHash", from.featureHash())
        .put("codeVersion", from.codeVersion())
        .put("runId", from.runId());
    from.window()
        .ifPresent(window -> lineage
            .putObject("window")
            .put("first", window.first().toString())
            .put("last", window.last().toString())
            .put("labelsUntil", window.labelsUntil().toString()));
    return Json.bytes(json);
  }

  /**
   * Reads a document that {@link #write} has written.
   *
   * @param what which, for the message
   * @throws QilinException STORE_DAMAGED if it is anything else
   */
  static ModelDraft read(byte[] document, String what) {
    try {
      JsonNode json = Json.read(document).orElseThrow(() -> Json.strange("it is no JSON"));
      List<String> features = new ArrayList<>();
      Json.items(json, "features").forEach(feature -> features.add(feature.asString()));
      ModelDraft.Builder draft = ModelDraft.builder(
              Json.text(json, "name"),
              Json.text(json, "kind"),
              new ModelSignature(
                  features, ModelSignature.Missing.valueOf(Json.text(json, "missing"))))
          .description(Json.text(json, "description"))
          .lineage(lineage(json.path("lineage")));
      for (Map.Entry<String, JsonNode> file : json.path("files").properties()) {
        draft.file(file.getKey(), file.getValue().asString());
      }
      for (Map.Entry<String, JsonNode> tag : json.path("tags").properties()) {
        draft.tag(tag.getKey(), tag.getValue().asString());
      }
      for (Map.Entry<String, JsonNode> metric : json.path("metrics").properties()) {
        draft.metric(metric.getKey(), Double.parseDouble(metric.getValue().asString()));
      }
      return draft.build();
    } catch (IllegalArgumentException | DateTimeException | QilinException e) {
      throw new QilinException(
          ErrorCode.STORE_DAMAGED,
          "the description of " + what + " is not what Qilin writes; restore the server's artifacts"
              + " from a backup",
          e);
    }
  }

  private static ModelLineage lineage(JsonNode json) {
    JsonNode window = json.path("window");
    return new ModelLineage(
        Json.text(json, "dataHash"),
        Json.text(json, "featureHash"),
        Json.text(json, "codeVersion"),
        Json.text(json, "runId"),
        window.isObject()
            ? Optional.of(new TrainingWindow(
                LocalDate.parse(Json.text(window, "first")),
                LocalDate.parse(Json.text(window, "last")),
                LocalDate.parse(Json.text(window, "labelsUntil"))))
            : Optional.empty());
  }
}
