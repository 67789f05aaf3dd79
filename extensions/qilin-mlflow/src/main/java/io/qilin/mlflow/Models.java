package io.qilin.mlflow;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls of the registry's part of MLflow. */
final class Models {
  private static final int PAGE = 200;
  private static final int MOST_PAGES = 10_000;
  private static final int MOST_SHOWN = 5_000;
  private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{N}_./: -]{1,250}");

  private final MlflowApi api;

  Models(MlflowServer server) {
    api = server.api();
  }

  Optional<ModelDocument> model(String name) {
    return api.find("registered-models/get", Map.of("name", name))
        .map(found -> ModelDocument.read(Json.member(found, "registered_model")));
  }

  /** Makes a model, or marks one that another program has made. */
  void require(String name) {
    Optional<ModelDocument> there = model(name);
    if (there.isEmpty()) {
      ObjectNode body = Json.object().put("name", name);
      body.putArray("tags").addObject().put("key", ModelDocument.MARK).put("value", "1");
      try {
        api.post("registered-models/create", body);
        return;
      } catch (QilinException e) {
        // Another, or an attempt before, has made it.
        there = model(name);
        if (there.isEmpty()) {
          throw e;
        }
      }
    }
    if (!there.get().isQilins()) {
      tag(name, ModelDocument.MARK, "1");
    }
  }

  void tag(String name, String key, String value) {
    api.post(
        "registered-models/set-tag",
        Json.object().put("name", name).put("key", key).put("value", value));
  }

  void tag(ModelId id, String key, String value) {
    api.post("model-versions/set-tag", named(id).put("key", key).put("value", value));
  }

  void setAlias(ModelId id, String alias) {
    api.post("registered-models/alias", named(id).put("alias", alias));
  }

  void removeAlias(String name, String alias) {
    api.send(
        "DELETE", "registered-models/alias", Json.object().put("name", name).put("alias", alias));
  }

  void delete(ModelId id) {
    try {
      api.send("DELETE", "model-versions/delete", named(id));
    } catch (QilinException e) {
      // An attempt before may have done it.
      if (e.code() != ErrorCode.DATA_NOT_FOUND) {
        throw e;
      }
    }
  }

  private static ObjectNode named(ModelId id) {
    return Json.object().put("name", id.name()).put("version", String.valueOf(id.version()));
  }

  Optional<JsonNode> version(ModelId id) {
    return api.find(
            "model-versions/get",
            Map.of("name", id.name(), "version", String.valueOf(id.version())))
        .map(found -> Json.member(found, "model_version"));
  }

  /** All versions of a name, in no particular order. */
  List<JsonNode> versions(String name) {
    List<JsonNode> versions = new ArrayList<>();
    pages(
        "model-versions/search",
        Map.of("filter", "name='" + name + "'"),
        page -> versions.addAll(Json.items(page, "model_versions")));
    return versions;
  }

  List<ModelDocument> models() {
    List<ModelDocument> models = new ArrayList<>();
    pages(
        "registered-models/search",
        Map.of(),
        page -> Json.items(page, "registered_models")
            .forEach(model -> models.add(ModelDocument.read(model))));
    return models;
  }

  private void pages(String path, Map<String, String> asked, Consumer<JsonNode> take) {
    Map<String, String> query = new LinkedHashMap<>(asked);
    query.put("max_results", String.valueOf(PAGE));
    Set<String> tokens = new HashSet<>();
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      JsonNode page = api.get(path, query);
      take.accept(page);
      String next = Json.text(page, "next_page_token");
      if (next.isEmpty()) {
        return;
      }
      if (!tokens.add(next)) {
        throw Json.strange("the pages of " + path + " do not end");
      }
      query.put("page_token", next);
    }
    throw new QilinException(
        ErrorCode.LIMIT_EXCEEDED, path + " has more than " + MOST_PAGES + " pages");
  }

  /**
   * Makes a version of files that are there.
   *
   * @param run has the files, and none but this version
   * @param shown tags for people; what MLflow does not take of them is left out
   */
  JsonNode create(
      String name,
      String source,
      String run,
      String description,
      Map<String, String> shown,
      Map<String, String> own) {
    ObjectNode body = Json.object()
        .put("name", name)
        .put("source", source)
        .put("run_id", run)
        .put("description", Words.head(description, MOST_SHOWN));
    var tags = body.putArray("tags");
    own.forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
    shown.forEach((key, value) -> {
      boolean taken = TAG.matcher(key).matches() && isPath(key) && !Words.isReserved(key);
      if (taken && value.length() <= MOST_SHOWN) {
        tags.addObject().put("key", key).put("value", value);
      }
    });
    JsonNode made = api.create(
        "model-versions/create",
        body,
        () -> versions(name).stream()
            .filter(version -> Json.text(version, "run_id").equals(run))
            .findFirst()
            .map(version -> {
              ObjectNode found = Json.object();
              found.set("model_version", version);
              return found;
            }));
    return Json.member(made, "model_version");
  }

  private static boolean isPath(String key) {
    for (String part : key.split("/", -1)) {
      if (part.isBlank() || part.equals(".") || part.equals("..")) {
        return false;
      }
    }
    return true;
  }
}
